import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { goTo, setFault, trainingDesk, soon, type Desk } from "../support/desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await trainingDesk();
});
afterAll(async () => {
  await desk.leave();
});
beforeEach(async () => {
  await desk.ask("training.clearFault", {});
  await goTo(desk.page, "Today");
  await goTo(desk.page, "Accounts");
  await desk.page.getByRole("grid", { name: "Accounts" }).waitFor();
});

const rows = () => desk.page.getByRole("grid", { name: "Accounts" }).getByRole("row");
const footer = (text: string) => desk.page.getByText(text, { exact: true }).waitFor();
const search = () => desk.page.getByRole("searchbox", { name: /Last four/u });

async function choosePayroll(): Promise<void> {
  await search().fill("4444");
  await footer("1 of 400 accounts");
  await desk.page.getByRole("row", { name: /Payroll Clearing/u }).click();
  await desk.page.getByRole("heading", { name: "Payroll Clearing" }).waitFor();
}

describe("the accounts list", () => {
  it("finds an account as the last four are typed, and says so when nothing matches", async () => {
    await footer("400 of 400 accounts");
    await desk.page.keyboard.press("/");
    await desk.page.keyboard.type("4444");
    await footer("1 of 400 accounts");
    expect(await rows().nth(1).textContent()).toContain("Bluefin Payroll");
    await search().fill("9999");
    await desk.page.getByText("No account ends in 9999.").waitFor();
    await desk.page.getByRole("button", { name: "Clear filter" }).click();
    await footer("400 of 400 accounts");
  });

  it("finds an account by customer UID, by account UID and by name", async () => {
    for (const words of ["100482", "2156", "payroll clear"]) {
      await search().fill(words);
      await soon(async () => expect(await rows().nth(1).textContent()).toContain("Bluefin Payroll"));
    }
  });

  it("sorts by a header and turns round on the second click", async () => {
    const header = desk.page.getByRole("columnheader", { name: "Balance" });
    await header.click();
    await soon(async () => expect(await header.getAttribute("aria-sort")).toBe("ascending"));
    await soon(async () => expect(await rows().nth(1).textContent()).toContain("−"));
    await header.click();
    await soon(async () => expect(await rows().nth(1).textContent()).not.toContain("−"));
    expect(await header.getAttribute("aria-sort")).toBe("descending");
  });

  it("reads on as the person goes down, to the last of all accounts", async () => {
    await desk.page.getByRole("grid", { name: "Accounts" }).focus();
    await desk.page.keyboard.press("Control+End");
    const last = desk.page.locator('.grid-row[aria-rowindex="401"]');
    await soon(async () => expect(await last.getAttribute("aria-busy")).toBe("false"));
    expect((await last.textContent())?.length).toBeGreaterThan(20);
  });

  it("filters by status and counts what is left", async () => {
    await desk.page.getByRole("button", { name: "Status" }).click();
    await desk.page.getByRole("menuitemradio", { name: "Suspended" }).click();
    await soon(async () => expect(await rows().nth(1).textContent()).toContain("Suspended"));
    expect(await rows().filter({ hasText: "Active" }).count()).toBe(0);
    await desk.page.getByRole("button", { name: "Clear Status" }).click();
    await footer("400 of 400 accounts");
  });

  it("shows hostile names as the text they are", async () => {
    await search().fill("<script>");
    const row = desk.page.getByRole("row", { name: /<script>/u });
    await row.first().click();
    await desk.page.getByRole("button", { name: /^Edit/u }).waitFor();
    expect(await desk.page.locator("main script, main img").count()).toBe(0);
    expect(await desk.page.locator("main").textContent()).toContain("<script>");
  });
});

describe("one account beside the list", () => {
  it("shows what is known with its source, and what the provider never returns as unknown", async () => {
    await choosePayroll();
    const pane = desk.page.getByRole("complementary", { name: "Account" });
    const text = (await pane.textContent()) ?? "";
    expect(text).toContain("101206101");
    expect(text).toContain("250,000.00");
    expect(text).toContain("Finzly read");
    expect(await pane.locator(".block", { hasText: "SEC codes" }).first().textContent()).toContain("unknown");
  });

  it("shows the full number only for a reason, writes that down, and masks it again by itself", async () => {
    await choosePayroll();
    const pane = desk.page.getByRole("complementary", { name: "Account" });
    await pane.getByRole("button", { name: "Show full number" }).first().click();
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Show for 20 s" }).click();
    await dialog.getByText("Give a reason").waitFor();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("Customer on the line, ticket 118");
    await dialog.getByRole("button", { name: "Show for 20 s" }).click();
    const full = pane.locator(".full");
    await full.waitFor();
    const number = (await full.textContent()) ?? "";
    expect(number).toMatch(/^\w{5,}4444$/u);
    await pane.getByRole("button", { name: "Copy" }).click();
    await pane.getByRole("button", { name: "Copied for 30 s" }).waitFor();
    expect(await desk.app.host?.clipboardText()).toBe(number);
    const page = await desk.ask("audit.page", { search: "ticket 118", limit: 10 });
    expect(page.rows).toHaveLength(1);
    const row = await desk.ask("audit.detail", { seq: page.rows[0]?.seq ?? 0 });
    expect(JSON.stringify(row)).not.toContain(number);
    expect(row.person).toBe("Maya Lindqvist");
    await full.waitFor({ state: "detached", timeout: 25_000 });
    expect(await desk.page.locator("body").textContent()).not.toContain(number);
  });

  it("keeps the list's filter when it opens and gives focus back to the grid when it closes", async () => {
    await choosePayroll();
    await desk.page.getByRole("complementary", { name: "Account" }).getByRole("button", { name: "Close" }).click();
    expect(await search().inputValue()).toBe("4444");
    await soon(async () => {
      expect(await desk.page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("grid");
    });
  });
});

describe("reading accounts", () => {
  const read = async () => {
    await desk.page.getByRole("button", { name: "Read accounts" }).first().click();
    await desk.page.getByRole("dialog").getByRole("button", { name: "Read all customers" }).click();
  };

  it("says in words that the provider failed, and keeps what it had", async () => {
    await setFault(desk, { route: "customers.search", kind: "server-error-html", times: 0 });
    await read();
    const job = desk.page.getByRole("region", { name: "Accounts read" }).filter({ hasText: "failed" });
    await job.first().waitFor();
    expect(await job.first().textContent()).toContain("What was already here is kept.");
    await footer("400 of 400 accounts");
  });

  it("can be cancelled on the way and says what was kept", async () => {
    await setFault(desk, { route: "accounts.search", kind: "latency", times: 0, delayMs: 400 });
    await read();
    const running = desk.page.getByRole("region", { name: "Reading accounts" });
    await running.getByRole("button", { name: "Cancel" }).click();
    await desk.page.getByText(/^Stopped\. /u).first().waitFor();
    await footer("400 of 400 accounts");
  });

  it("reads one customer by UID and refuses what is none", async () => {
    await desk.page.getByRole("button", { name: "Read accounts" }).first().click();
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByText("One customer").click();
    await dialog.getByRole("textbox", { name: "Customer UID" }).fill("not a uid!");
    await dialog.getByRole("button", { name: "Read this customer" }).click();
    await dialog.getByText("Letters, digits, hyphen and underscore only.").waitFor();
    await dialog.getByRole("textbox", { name: "Customer UID" }).fill("100482");
    await dialog.getByRole("button", { name: "Read this customer" }).click();
    await desk.page.getByText(/^Read \d+ accounts of 1 customer /u).first().waitFor();
  });
});
