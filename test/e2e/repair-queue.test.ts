import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startFinicitySimulator, type FinicitySimulator } from "../../src/main/training/finicity/index.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { goTo, liveDesk, soon, type Desk } from "../support/desk.ts";

let finzly: FinzlySimulator;
let finicity: FinicitySimulator;
let desk: Desk;

async function readFinicity(): Promise<void> {
  const { id } = await desk.ask("connections.save", {
    provider: "finicity",
    name: "Finicity sandbox",
    environment: "sandbox",
    apiBaseUrl: finicity.origin,
    canRead: true,
    wire: "json",
    forms: "classic",
    concurrency: 8,
    requestsPerSecond: 1000,
    connectTimeoutMs: 2_000,
    headersTimeoutMs: 5_000,
    bodyTimeoutMs: 5_000,
    settleWindowMs: 1_000,
    busyRetries: 2,
    refreshTimeoutMs: 2_000,
    refreshCoolDownMs: 0,
    refreshGiveUpMs: 60_000,
    partnerId: "training-partner",
    partnerSecret: "training-secret",
    appKey: "training-app-key",
  });
  await desk.ask("accounts.load", { connectionId: id });
  await vi.waitFor(
    async () => {
      const jobs = await desk.ask("accounts.loadJobs", {});
      if (jobs.some((job) => job.connectionId === id && job.state !== "finished"))
        throw new Error(`Still reading: ${JSON.stringify(jobs)}`);
    },
    { timeout: 30_000, interval: 100 },
  );
}

beforeAll(async () => {
  finzly = await startFinzlySimulator();
  finicity = await startFinicitySimulator({ timeScale: 0 });
  desk = await liveDesk(finzly);
  await readFinicity();
}, 90_000);
afterAll(async () => {
  await desk.leave();
  await finicity.close();
  await finzly.close();
});

const page = () => desk.page;
const inspector = () => page().getByRole("complementary", { name: "Account" });

async function openAccount(search: string, name: RegExp): Promise<void> {
  await goTo(page(), "Today");
  await goTo(page(), "Accounts");
  await page().getByRole("searchbox", { name: /Last four/u }).fill(search);
  await page().getByRole("row", { name }).first().click();
  await inspector().getByText("Aggregation status").waitFor();
}

describe("an account behind an aggregator", () => {
  it("shows its three dates, its sentence, its details by group and its holdings", async () => {
    await openAccount("brokerage", /Brokerage/iu);
    for (const words of ["Balance date", "Last success", "Last attempt", "Read by Vostro"]) {
      await inspector().getByText(words, { exact: true }).waitFor();
    }
    await inspector().getByText(/^Balance is from .*\.$/u).waitFor();
    await inspector().getByRole("heading", { name: "Contributions" }).waitFor();
    const table = inspector().getByRole("table");
    await table.getByRole("columnheader", { name: "Market value" }).waitFor();
    expect(await table.getByRole("row").count()).toBeGreaterThan(1);
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
  });

  it("leads from a student loan group to its accounts and back", async () => {
    await openAccount("student loan group", /Student/iu);
    await inspector().getByText("Its accounts", { exact: true }).waitFor();
    await inspector().locator(".relatives a").first().click();
    await inspector().getByText("Part of", { exact: true }).waitFor();
    await inspector().locator(".relatives a").first().click();
    await inspector().getByText("Its accounts", { exact: true }).waitFor();
  });
});

describe("the repair queue", () => {
  it("counts who must act on Today and leads there", async () => {
    await goTo(page(), "Today");
    const counts = await desk.ask("accounts.repairCounts", {});
    const queue = page().getByRole("navigation", { name: "Repair queue" });
    for (const [words, count] of [
      ["Customer must act", counts.customer],
      ["Operations must act", counts.operations],
      ["Provider must act", counts.provider],
      ["Wait", counts.wait],
    ] as const) {
      expect(count).toBeGreaterThan(0);
      expect(await queue.getByRole("link", { name: words }).locator("b").textContent()).toBe(String(count));
    }
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await queue.getByRole("link", { name: "Operations must act" }).click();
    await page().getByText(`${String(counts.operations)} accounts`, { exact: true }).waitFor();
  });

  it("is worked by keyboard only: open, read the step, copy it, open the account", async () => {
    await goTo(page(), "Today");
    await page().keyboard.press("g");
    await page().keyboard.press("q");
    const grid = page().getByRole("grid", { name: "Repair queue" });
    await grid.getByRole("row").nth(1).waitFor();
    await grid.focus();
    await page().keyboard.press("ArrowDown");
    await page().keyboard.press("Enter");
    const pane = page().getByRole("complementary", { name: "Next step" });
    const step = (await pane.locator("blockquote").textContent()) ?? "";
    expect(step).toContain("Your");
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().keyboard.press("c");
    await page().getByText("Copied (masked)").first().waitFor();
    if (desk.app.host !== undefined) expect(await desk.app.host.clipboardText()).toBe(step);
    const trail = await desk.ask("audit.page", { limit: 5 });
    expect(JSON.stringify(trail)).toContain("Copied the next step (Tell the customer)");
    await grid.focus();
    await page().keyboard.press("Enter");
    await inspector().getByText("Aggregation status").waitFor();
  });

  it("shows a code that no document explains by its number", async () => {
    await goTo(page(), "Today");
    await page().getByRole("link", { name: "Operations must act" }).click();
    await page().getByRole("grid", { name: "Repair queue" }).focus();
    const row = page().getByRole("row", { name: /not explained/u });
    for (let pages = 0; pages < 10 && (await row.count()) === 0; pages += 1) await page().keyboard.press("PageDown");
    await soon(async () => expect(await row.first().textContent()).toMatch(/Code \d+, not explained/u));
  });
});

describe("the customers of accounts that wait for somebody", () => {
  it("are found in the accounts list, and refreshed together once their number is confirmed", async () => {
    const { operations } = await desk.ask("accounts.repairCounts", {});
    await page().getByRole("button", { name: "Show in the accounts list" }).click();
    await page().getByText(new RegExp(`^${String(operations)} of \\d+ accounts`, "u")).waitFor();
    await page().locator(".grid-head .check").first().click();
    await page().getByRole("button", { name: "Refresh customers…" }).click();
    const dialog = page().getByRole("dialog", { name: `Refresh the customers of ${String(operations)} accounts` });
    const customers = dialog.getByRole("table", { name: "Customers to refresh" }).getByText("Will be refreshed");
    await customers.first().waitFor();
    const count = await customers.count();
    expect(count).toBeGreaterThan(1);
    await dialog.getByRole("textbox", { name: /Reason/u }).fill("Month end");
    const submit = dialog.getByRole("button", { name: `Refresh ${String(count)} customers`, exact: true });
    await submit.click();
    await dialog.getByText("Confirm the number of customers.").waitFor();
    expect((await desk.ask("refreshes.page", { view: "all", limit: 1 })).counts.all).toBe(0);
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await dialog.getByText(`Refresh ${String(count)} customers, one after another`).click();
    await submit.click();
    await page().getByRole("grid", { name: "Refreshes" }).waitFor();
    const { rows } = await desk.ask("refreshes.page", { view: "all", limit: 200 });
    expect(new Set(rows.map(({ customerId }) => customerId)).size).toBe(count);
    expect(rows.every(({ reason }) => reason === "Month end")).toBe(true);
    await page().getByRole("button", { name: "Status codes" }).click();
    await page().getByRole("searchbox", { name: /^Code/u }).fill("security question");
    await page().getByRole("row", { name: /^187/u }).click();
    await page().getByRole("complementary", { name: "Status code" }).getByText("Connect Fix", { exact: true }).waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
  });
});

describe("the login form of an account", () => {
  it("is shown on demand by keyboard, masks what is masked, and hides itself after 20 s", async () => {
    await openAccount("brokerage", /Brokerage/iu);
    await inspector().getByRole("button", { name: "Login form…" }).focus();
    await page().keyboard.press("Enter");
    const dialog = page().getByRole("dialog", { name: /^Login form of/u });
    await dialog.getByRole("button", { name: "Show for 20 s" }).waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().clock.install();
    await page().keyboard.press("Enter");
    await dialog.getByText("masked").waitFor();
    const shown = (await dialog.locator("dl").textContent()) ?? "";
    expect(shown).toContain("••••");
    const [name] = await dialog.locator("dd").allTextContents();
    expect(name).toMatch(/^\S{3,}/u);
    expect(name).not.toBe("empty");
    await page().clock.runFor(1_000);
    expect(await dialog.locator("dl").count()).toBe(1);
    await page().clock.runFor(20_000);
    await dialog.getByText("The form is hidden again.", { exact: false }).waitFor();
    expect(await page().locator("body").textContent()).not.toContain(name);
    await page().keyboard.press("Enter");
    await dialog.getByText("masked").waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(JSON.stringify(await desk.ask("audit.page", { limit: 5 }))).toContain("Asked to see the login form");
  });
});
