import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFinzlySimulator, type FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { goTo, liveDesk, type Desk } from "../support/desk.ts";
import { goToSettings } from "../support/signed-in.ts";

const longName = `A${"n extremely long customer name ".repeat(6)}`.trim();
const turningName = `Payroll \u202Egnp.exe ${"q".repeat(90)}`;

let simulator: FinzlySimulator;
let desk: Desk;
beforeAll(async () => {
  simulator = await startFinzlySimulator({ readable: false });
  desk = await liveDesk(simulator, { canRead: false });
  const [connection] = await desk.ask("connections.list", {});
  if (connection === undefined) throw new Error("There is no connection.");
  await desk.ask("accounts.addByHand", {
    connectionId: connection.id, customerUid: "X1", customerName: longName, accountUid: "99",
    known: { accountName: turningName, accountNumber: "000123455678" },
  });
});
afterAll(async () => {
  await desk.leave();
  await simulator.close();
});

/** The parts that run out of their box, and the pairs whose boxes lie over each other. */
async function crowded(parts: Locator): Promise<readonly string[]> {
  return await parts.evaluateAll((elements) => {
    const shown = elements.map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }));
    const running = elements
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "visible")
      .map((element) => element.textContent.slice(0, 20));
    const over = shown.flatMap((a, at) =>
      shown
        .slice(at + 1)
        .filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1)
        .filter((b) => a.box.top < b.box.bottom - 1 && b.box.top < a.box.bottom - 1)
        .map((b) => `${a.text.slice(0, 20)} | ${b.text.slice(0, 20)}`),
    );
    return [...running, ...over];
  });
}

describe("what is hard to show", () => {
  it("keeps the editor's header readable with names of any length, and in a window at 200 %", async () => {
    const { page } = desk;
    await goTo(page, "Accounts");
    await page.getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
    await page.getByRole("complementary", { name: "Account" }).getByRole("button", { name: /^Edit/u }).click();
    await page.getByRole("heading", { name: "Change sheet" }).waitFor();
    const parts = page.locator(".page-head li, .page-head > :not(nav, .grow)");
    for (const [width, height] of [[1440, 900], [1280, 720], [720, 450]] as const) {
      await page.setViewportSize({ width, height });
      expect(await crowded(parts)).toEqual([]);
      const close = await page.getByRole("button", { name: "Close the editor" }).boundingBox();
      expect(close === null ? 0 : close.x + close.width).toBeLessThanOrEqual(width);
    }
  });

  it("puts the change sheet under the form in a window at 200 %", async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 720, height: 450 });
    const form = await page.getByRole("form", { name: /^Edit/u }).boundingBox();
    expect(form?.width).toBeGreaterThan(600);
    const send = page.getByRole("button", { name: /^Send/u });
    await send.scrollIntoViewIfNeeded();
    const box = await send.boundingBox();
    expect(box === null ? 721 : box.x + box.width).toBeLessThanOrEqual(720);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("keeps the words of a button readable while its work goes on, under the pointer too", async () => {
    const { page } = desk;
    const send = page.getByRole("button", { name: /^Send/u });
    await send.hover();
    const contrasts = await send.evaluate((button) => {
      const light = (colour: string): number => {
        const parts = (colour.match(/[\d.]+/gu) ?? []).slice(0, 3).map(Number);
        const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 10.3 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const found = ["light", "dark"].map((theme) => {
        document.documentElement.dataset["theme"] = theme;
        button.classList.add("pending");
        const { color, backgroundColor } = getComputedStyle(button);
        const [low = 0, high = 0] = [light(color), light(backgroundColor)].toSorted((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
      });
      button.classList.remove("pending");
      delete document.documentElement.dataset["theme"];
      return found;
    });
    for (const contrast of contrasts) expect(contrast).toBeGreaterThan(4.5);
  });

  it("lets no name turn the words around it", async () => {
    const { page } = desk;
    await page.getByRole("textbox", { name: "Callback limit" }).fill("4,321.00");
    await page.getByText(/^Draft saved/u).waitFor();
    await page.getByRole("button", { name: "Discard draft" }).click();
    const title = await page.getByRole("alertdialog").getByRole("heading").textContent();
    expect(title).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(title).toContain("Discard the draft for Payroll \uFFFDgnp.exe");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("textbox", { name: "Account name" }).inputValue()).toBe(turningName);
  });

  it("draws no ring around a whole page while its filter is typed in", async () => {
    const { page } = desk;
    await goTo(page, "Accounts");
    await page.keyboard.press("/");
    await page.keyboard.type("zzzz");
    await page.getByText("No account matches “zzzz”.").waitFor();
    const ringed = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".main *")]
        .filter((element) => getComputedStyle(element).outlineStyle !== "none" && element.offsetWidth > 600)
        .map((element) => element.className),
    );
    expect(ringed).toEqual([]);
  });

  it("shows hostile text for what it is: of connections, people and accounts entered by hand", async () => {
    const { page } = desk;
    const hostile = `<img src=x onerror=alert(1)> "'&{{7*7}}=cmd|' /C calc'!A0`;
    const [connection] = await desk.ask("connections.list", {});
    if (connection?.provider !== "finzly") throw new Error("There is no Finzly connection.");
    await goToSettings(page, "People");
    await page.getByRole("button", { name: "Add a person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill(hostile);
    for (const box of await dialog.getByLabel(/passphrase/iu).all()) await box.fill("quiet lemon harbour station");
    await dialog.getByRole("button", { name: "Add the person" }).click();
    await page.getByRole("rowheader", { name: hostile, exact: true }).waitFor();
    await goToSettings(page, "Connections");
    await page.getByRole("button", { name: /^Edit/u }).first().click();
    await page.getByRole("textbox", { name: "Name" }).fill(hostile);
    await page.getByRole("button", { name: "Save the connection" }).click();
    await page.getByRole("region", { name: hostile, exact: true }).waitFor();
    await desk.ask("accounts.addByHand", {
      connectionId: connection.id, customerUid: "X2", customerName: hostile, accountUid: "100",
      known: { accountName: hostile, accountNumber: "000123455679" },
    });
    await goTo(page, "Accounts");
    await page.getByRole("grid", { name: "Accounts" }).getByText(hostile, { exact: true }).first().waitFor();
    expect((await desk.ask("workspace.state", {})).people.map(({ name }) => name)).toContain(hostile);
    expect(await page.locator("img[src='x']").count()).toBe(0);
  });

  it("never cuts the new amount of a change, nor by how much it changes", async () => {
    const { page } = desk;
    const [connection] = await desk.ask("connections.list", {});
    if (connection === undefined) throw new Error("There is no connection.");
    const { id: accountId } = await desk.ask("accounts.addByHand", {
      connectionId: connection.id, customerUid: "X3", customerName: "Large", accountUid: "101",
      known: {
        accountName: "Large", currency: "USD",
        debitExposureLimit: "123456789123.45", creditExposureLimit: "950000000.00",
      },
    });
    const proposed = { debitExposureLimit: "923456789123.45", creditExposureLimit: "960000000.00" };
    const { id } = await desk.ask("batches.fromAccounts", { accountIds: [accountId], proposed });
    await page.setViewportSize({ width: 1280, height: 720 });
    await goTo(page, "Import");
    await page.getByRole("grid", { name: "Batches" }).getByRole("row").nth(1).click();
    const amount = page.getByRole("grid", { name: "Rows: Will change" }).locator(".diff");
    await amount.first().waitFor();
    const cut = await amount.locator("ins, .pct").evaluateAll((parts) =>
      parts.flatMap((part) => {
        const [own, cell] = [part.getBoundingClientRect(), part.closest(".grid-cell")?.getBoundingClientRect()];
        const fits = cell !== undefined && own.left >= cell.left && own.right <= cell.right + 1;
        return fits && part.scrollWidth <= part.clientWidth + 1 ? [] : [part.textContent];
      }),
    );
    expect(await amount.locator("ins").allTextContents()).toEqual(["923,456,789,123.45", "960,000,000.00"]);
    expect(cut).toEqual([]);
    await desk.ask("batches.withdraw", { id: id ?? 0, reason: "" });
  });

  it("shows PRODUCTION as soon as a connection goes there", async () => {
    const { page } = desk;
    const header = page.getByRole("banner");
    await header.getByText("SANDBOX", { exact: true }).waitFor();
    await desk.ask("connections.save", {
      provider: "finzly", name: "Finzly", environment: "production", apiBaseUrl: simulator.apiBaseUrl,
      tokenUrl: simulator.tokenUrl, clientAuth: "basic", canRead: false, concurrency: 4, requestsPerSecond: 200, connectTimeoutMs: 2_000,
      headersTimeoutMs: 2_000, bodyTimeoutMs: 2_000, settleWindowMs: 600_000, busyRetries: 2,
      clientId: "training-client", clientSecret: "training-secret",
    });
    await header.getByText("PRODUCTION", { exact: true }).waitFor();
    await page.getByRole("contentinfo").getByText("PRODUCTION", { exact: true }).waitFor();
  });
});
