import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callFrom, goTo, openEditor, setFault, soon, trainingDesk, type Desk } from "../support/desk.ts";
import { launchVostro } from "../support/launch.ts";
import { signIn } from "../support/signed-in.ts";

const passphrase = "harbour lantern quiet meadow";

let desk: Desk;
beforeAll(async () => {
  desk = await trainingDesk();
});
afterAll(async () => {
  await desk.leave();
});

const field = (name: string | RegExp) => desk.page.getByRole("textbox", { name });

async function draftOf(account: string): Promise<string | undefined> {
  const { rows } = await desk.ask("changes.page", { view: "drafts", limit: 100 });
  return rows.find((row) => row.accountName === account)?.summary;
}

describe("leaving an editor", () => {
  it("saves what was typed a moment before the workspace is locked", async () => {
    const { page } = desk;
    await openEditor(page, "4444");
    await field("Callback limit").fill("11,111.00");
    await page.keyboard.press("Control+Shift+L");
    await page.getByRole("heading", { name: "Training is locked" }).waitFor();
    await page.getByRole("button", { name: "Unlock", exact: true }).click();
    await page.getByText("Type the passphrase first.").waitFor();
    await page.getByLabel("Passphrase of Maya Lindqvist").fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    expect(await draftOf("Payroll Clearing")).toContain("11,111.00");
  });

  it("says in words what is too long for a draft, and asks before it lets that go", async () => {
    const { page } = desk;
    await openEditor(page, "4444");
    await field("Account name").fill("x".repeat(5000));
    const sentence = "Account name has 5,000 characters; a draft holds at most 200.";
    await page.getByRole("alert").filter({ hasText: "The draft is not saved." }).getByText(sentence).waitFor();
    await goTo(page, "Outbox");
    const dialog = page.getByRole("alertdialog", { name: "Leave without saving?" });
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain("The draft of Payroll Clearing could not be saved.");
    await dialog.getByRole("button", { name: "Stay here" }).click();
    expect(await field("Account name").inputValue()).toHaveLength(5000);
    await field("Account name").fill("Payroll Clearing Two");
    await goTo(page, "Outbox");
    await page.getByRole("grid", { name: "Changes" }).waitFor();
    expect(await draftOf("Payroll Clearing")).toContain("Payroll Clearing Two");
  });

  it("discards the draft that was saved before, also when what was typed last cannot be saved", async () => {
    const { page } = desk;
    await openEditor(page, "4444");
    await field("Account name").fill("x".repeat(5000));
    await page.getByText(/^The draft is not saved\./u).first().waitFor();
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("grid", { name: "Accounts" }).waitFor();
    expect(await draftOf("Payroll Clearing")).toBeUndefined();
  });

  it("keeps what was typed a moment before a person quits with a key", async () => {
    const { page } = desk;
    await openEditor(page, "7541");
    await field("Callback limit").fill("4,321.00");
    await page.keyboard.down("Control");
    await desk.app.close();
    const again = await launchVostro({ userData: desk.userData, args: ["--training"] });
    try {
      await signIn(again.page);
      const drafts = await callFrom(again.page, "changes.page", { view: "drafts", limit: 10 });
      expect(JSON.stringify(drafts)).toContain("4,321.00");
    } finally {
      await again.close();
      desk = await trainingDesk({ userData: desk.userData, load: false });
    }
  });
});

describe("the way to work", () => {
  it("leads from Today's counts to the tab of the Outbox that holds it", async () => {
    const { page } = desk;
    await setFault(desk, { route: "accounts.update", kind: "failure-200" });
    await openEditor(page, "0956");
    await field("Callback limit").fill("1,234.00");
    await page.getByRole("button", { name: /^Send/u }).click();
    await page.locator('.outcome[data-state="refused"]').waitFor();
    for (const [count, tab] of [
      ["Drafts", /^Drafts/u],
      ["Needs attention", /^Needs attention/u],
      ["Waiting for approval", /^Waiting/u],
    ] as const) {
      await goTo(page, "Today");
      await page.getByRole("navigation", { name: "Work" }).getByRole("link", { name: count }).click();
      await page.getByRole("tab", { name: tab, selected: true }).waitFor();
    }
  });

  it("shows another account in the palette as more of its name is typed", async () => {
    const { page } = desk;
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    const input = palette.getByRole("combobox");
    const first = palette.getByRole("option").first();
    await input.fill("a");
    await soon(async () => expect(await palette.getByRole("option").count()).toBeGreaterThan(6));
    const before = await first.innerText();
    await input.fill("payroll clearing");
    await soon(async () => expect(await first.innerText()).toContain("Payroll Clearing"));
    expect(await first.innerText()).not.toBe(before);
    await page.keyboard.press("Escape");
    await palette.waitFor({ state: "hidden" });
  });

  it("closes the palette at the first Esc, with words in it too", async () => {
    const { page } = desk;
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await palette.waitFor();
    await page.keyboard.type("payroll");
    await palette.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await palette.waitFor({ state: "hidden" });
  });
});
