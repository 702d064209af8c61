import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startFinzlySimulator, type FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { goTo, liveDesk, openEditor, send, soon, type Desk } from "../support/desk.ts";

const customer = "100482";
const account = "2156";

function parts(desk: () => Desk) {
  const page = () => desk().page;
  return {
    page,
    field: (name: string | RegExp) => page().getByRole("textbox", { name }),
    outcome: (state: string) => page().locator(`.outcome[data-state="${state}"]`),
    choose: async (label: string, side: string) => {
      await page().getByRole("radiogroup", { name: label }).getByText(side, { exact: true }).click();
    },
    because: async (reason: string, button: string) => {
      const dialog = page().getByRole("alertdialog");
      await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
      await dialog.getByRole("button", { name: button }).click();
    },
    evidence: async () => {
      await page()
        .getByRole("textbox", { name: /^Authorisation/u })
        .fill("CRM-1");
      await page()
        .getByRole("textbox", { name: /^Reason/u })
        .fill("Annual review");
    },
  };
}

describe("a connection that can read", () => {
  let simulator: FinzlySimulator;
  let desk: Desk;
  beforeAll(async () => {
    simulator = await startFinzlySimulator();
    desk = await liveDesk(simulator);
  });
  afterAll(async () => {
    await desk.leave();
    await simulator.close();
  });
  afterEach(async () => {
    simulator.faults.clear();
    await desk.app.host?.setOnline(true);
  });
  const { page, field, outcome, choose, because, evidence } = parts(() => desk);
  const puts = () => simulator.ledger.entries().filter((entry) => entry.route === "accounts.update");

  it("keeps an unclear answer as Outcome unknown, sends nothing more, and settles it by reading", async () => {
    simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
    await openEditor(page(), account);
    await field("Callback limit").fill("12,500.00");
    await send(page());
    await outcome("outcome-unknown").waitFor();
    const sent = puts().length;
    expect(await outcome("outcome-unknown").textContent()).toContain("may or may not have been applied");
    await goTo(page(), "Outbox");
    await page()
      .getByRole("tab", { name: /^Needs attention/u, selected: true })
      .waitFor();
    await page()
      .getByRole("row", { name: /Outcome unknown/u })
      .click();
    await page().getByRole("button", { name: "Read the account again" }).click();
    await outcome("accepted").waitFor();
    expect(await outcome("accepted").textContent()).toContain("the account holds what was sent");
    expect(puts()).toHaveLength(sent);
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(1_250_000);
  });

  it("sends again only for a reason, and names it in the trail", async () => {
    simulator.faults.set({ route: "accounts.update", kind: "reset-before" });
    await openEditor(page(), account);
    await field("Callback limit").fill("13,500.00");
    await send(page());
    await outcome("outcome-unknown").waitFor();
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(1_250_000);
    await page().getByRole("button", { name: "Send again" }).click();
    await page().getByRole("alertdialog").getByRole("button", { name: "Send again" }).click();
    await page().getByText("Give a reason of at most 255 characters.").waitFor();
    await because("Finzly support saw no update", "Send again");
    await outcome("accepted").waitFor();
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(1_350_000);
    const trail = await desk.ask("audit.page", { search: "Finzly support saw no update", limit: 10 });
    expect(trail.rows.length).toBeGreaterThan(0);
  });

  it("stops at a conflict, shows base, theirs and mine, and sends what the person chose", async () => {
    await openEditor(page(), account);
    await field("Callback limit").fill("20,000.00");
    await field("Account name").fill("Payroll Main");
    await page()
      .getByText(/^Draft saved/u)
      .waitFor();
    const before = puts().length;
    simulator.changeAccount(customer, account, { callbackLimitMinor: 1_800_000 });
    await send(page());
    await outcome("conflict").waitFor();
    expect(puts()).toHaveLength(before);
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    const row = page().locator(".choice-row");
    expect(await row.textContent()).toMatch(/13,500\.00.*18,000\.00.*20,000\.00/su);
    await page().getByRole("button", { name: "Apply the choices" }).click();
    await page().getByText("Choose one.").waitFor();
    await choose("Callback limit", "Keep mine");
    await page().getByRole("button", { name: "Apply and keep 1 field of mine" }).click();
    await page().getByRole("heading", { name: "Change sheet" }).waitFor();
    await soon(async () =>
      expect(await page().locator('[data-line="callbackLimit"]').textContent()).toMatch(/18,000\.00.*20,000\.00/su),
    );
    expect(puts()).toHaveLength(before);
    await send(page());
    await outcome("accepted").waitFor();
    expect(simulator.account(customer, account)).toMatchObject({
      callbackLimitMinor: 2_000_000,
      accountName: "Payroll Main",
    });
  });

  it("says that it waits for a connection while offline, and sends when it is back", async () => {
    const { host } = desk.app;
    if (host === undefined) return;
    await host.setOnline(false);
    await goTo(page(), "Accounts");
    await page()
      .getByText("You can review and draft; sending waits for a connection.", { exact: false })
      .first()
      .waitFor();
    await openEditor(page(), account);
    await field("Callback limit").fill("21,000.00");
    await send(page());
    await outcome("approved").waitFor();
    await soon(async () => expect(await outcome("approved").textContent()).toMatch(/offline|connection/iu));
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(2_000_000);
    await host.setOnline(true);
    await outcome("accepted").waitFor();
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(2_100_000);
  });

  it("says that the sign-in was refused and sends nothing until it is good again", async () => {
    const fault = simulator.faults.set({ route: "accounts.update", kind: "unauthorized", times: "always" });
    await openEditor(page(), account);
    await field("Callback limit").fill("22,000.00");
    await send(page());
    await outcome("approved").waitFor();
    await soon(async () =>
      expect(await outcome("approved").textContent()).toContain("Finzly did not accept our sign-in"),
    );
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(2_100_000);
    simulator.faults.clear(fault.id);
    const [connection] = await desk.ask("connections.list", {});
    if (connection === undefined) throw new Error("The connection is gone.");
    await desk.ask("connections.test", { id: connection.id });
    await soon(async () => {
      if ((await outcome("accepted").count()) === 0)
        await page()
          .getByRole("button", { name: "Try now" })
          .click({ timeout: 500 })
          .catch(() => undefined);
      expect(await outcome("accepted").count()).toBe(1);
    });
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(2_200_000);
  });

  it("lists drafts, moves between changes with [ and ], and withdraws one", async () => {
    await openEditor(page(), account);
    await field("Callback limit").fill("30,000.00");
    await page()
      .getByText(/^Draft saved/u)
      .waitFor();
    await goTo(page(), "Outbox");
    await page().getByRole("tab", { name: /^All/u }).click();
    const rows = page().getByRole("grid", { name: "Changes" }).getByRole("row");
    await rows.nth(1).click();
    await page().locator(".outcome").waitFor();
    expect(await rows.nth(1).getAttribute("aria-selected")).toBe("true");
    await page().keyboard.press("]");
    await soon(async () => expect(await rows.nth(2).getAttribute("aria-selected")).toBe("true"));
    await page().keyboard.press("[");
    await soon(async () => expect(await rows.nth(1).getAttribute("aria-selected")).toBe("true"));
    await outcome("draft").waitFor();
    await page().getByRole("button", { name: "Withdraw" }).click();
    await page().getByRole("alertdialog").getByRole("button", { name: "Withdraw the change" }).click();
    await outcome("withdrawn").waitFor();
    await page()
      .getByRole("tab", { name: /^Drafts 0/u })
      .waitFor();
    expect(simulator.account(customer, account)?.callbackLimitMinor).toBe(2_200_000);
  });

  it("lets a high-risk change only as far as a second person, where the workspace's rule wants one", async () => {
    await openEditor(page(), account);
    await field("Debit limit").fill("30,000.00");
    await evidence();
    await page().getByText("other than you must approve it.").waitFor();
    await page().getByRole("button", { name: "Submit 1 field for approval" }).click();
    const dialog = page().getByRole("alertdialog");
    expect(await dialog.textContent()).toContain("Debit limit is raised.");
    await dialog.getByRole("button", { name: "Submit 1 field for approval" }).click();
    await outcome("waiting-for-approval").waitFor();
    expect(await outcome("waiting-for-approval").textContent()).toContain("Another person must approve this change.");
    expect(simulator.account(customer, account)?.debitExposureLimitMinor).toBe(2_500_000);
    await page().getByRole("button", { name: "Withdraw" }).click();
    await page().getByRole("alertdialog").getByRole("button", { name: "Withdraw the change" }).click();
    await outcome("withdrawn").waitFor();
  });
});

describe("a person who may only look", () => {
  let simulator: FinzlySimulator;
  let desk: Desk;
  beforeAll(async () => {
    simulator = await startFinzlySimulator();
    desk = await liveDesk(simulator);
  });
  afterAll(async () => {
    await desk.leave();
    await simulator.close();
  });

  it("sees accounts, is told who may edit them, and is not let into the editor by a key", async () => {
    const passphrase = "copper meadow lantern ferry";
    const viewer = await desk.ask("people.add", { name: "Vera Visser", role: "viewer", passphrase });
    await desk.ask("workspace.signOut", {});
    await desk.ask("workspace.signIn", { personId: viewer.id, passphrase });
    await goTo(desk.page, "Accounts");
    await desk.page.getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
    const pane = desk.page.getByRole("complementary", { name: "Account" });
    await pane.getByText("Only a maker or an administrator can edit accounts.").waitFor();
    expect(await pane.getByRole("button", { name: /^Edit/u }).count()).toBe(0);
    await desk.page.keyboard.press("e");
    await desk.page.getByText("Ask one of them, or sign in as one.").waitFor();
    expect(await desk.page.getByRole("heading", { name: "Change sheet" }).count()).toBe(0);
  });
});

describe("a connection that can only write", () => {
  let simulator: FinzlySimulator;
  let desk: Desk;
  beforeAll(async () => {
    simulator = await startFinzlySimulator({ readable: false });
    desk = await liveDesk(simulator, { canRead: false });
  });
  afterAll(async () => {
    await desk.leave();
    await simulator.close();
  });
  const { page, field, outcome, because } = parts(() => desk);

  it("takes an account by hand, labels what is known so, and changes it at the provider", async () => {
    await goTo(page(), "Accounts");
    await page().getByText("No accounts yet.").waitFor();
    await page().getByRole("button", { name: "Add by hand" }).click();
    const dialog = page().getByRole("dialog");
    await dialog.getByRole("button", { name: "Add the account" }).click();
    await dialog.getByRole("button", { name: "Account UID is digits only." }).waitFor();
    await dialog.getByRole("textbox", { name: "Customer UID" }).fill(customer);
    await dialog.getByRole("textbox", { name: "Customer name" }).fill("Bluefin Payroll");
    await dialog.getByRole("textbox", { name: "Account UID" }).fill(account);
    await dialog.getByRole("textbox", { name: "Account name" }).fill("Payroll Clearing");
    await dialog.getByRole("textbox", { name: "Credit limit" }).fill("250,000.00");
    await dialog.getByRole("textbox", { name: "SEC codes" }).fill("ccd ppd");
    await dialog.getByRole("button", { name: "Add the account" }).click();
    const pane = page().getByRole("complementary", { name: "Account" });
    await pane.getByText("Entered by hand", { exact: false }).first().waitFor();
    expect(await pane.textContent()).toContain("cannot read accounts");
    await page().keyboard.press("e");
    await page().getByRole("heading", { name: "Change sheet" }).waitFor();
    expect(await field("Credit limit").inputValue()).toBe("250,000.00");
    await field("Credit limit").fill("200,000.00");
    await send(page());
    await outcome("accepted").waitFor();
    expect(simulator.account(customer, account)?.creditExposureLimitMinor).toBe(20_000_000);
    await goTo(page(), "Accounts");
    await page().getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
    await pane
      .getByText(/^Vostro wrote/u)
      .first()
      .waitFor();
    expect(await pane.textContent()).toContain("200,000.00");
  });

  it("asks a person what became of an unclear sending, and keeps their word and reason", async () => {
    simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
    await goTo(page(), "Accounts");
    await page().getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
    await page().getByRole("button", { name: /^Edit/u }).click();
    await field("Credit limit").fill("150,000.00");
    await send(page());
    await outcome("outcome-unknown").waitFor();
    expect(await page().getByRole("button", { name: "Read the account again" }).count()).toBe(0);
    await page().getByRole("button", { name: "Mark as Accepted by provider" }).click();
    await because("Seen in the Finzly console", "Mark as Accepted by provider");
    await outcome("accepted").waitFor();
    expect(await outcome("accepted").textContent()).toContain("Marked as accepted by a person.");
    await goTo(page(), "Accounts");
    await page().getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
    await page().getByRole("complementary", { name: "Account" }).getByText("150,000.00").first().waitFor();
  });
});
