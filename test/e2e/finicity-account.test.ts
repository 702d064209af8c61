import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { soon, trainingDesk, type Desk } from "../support/desk.ts";
import { tabTo } from "../support/tab-keys.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await trainingDesk({ load: false });
}, 60_000);
afterAll(async () => {
  await desk.leave();
});

const customer = "6018678884";
const inspector = () => desk.page.getByRole("complementary", { name: "Account" });
const grid = () => desk.page.getByRole("grid", { name: "Accounts" });

/** Opens the one account that a search finds, beside the list. */
async function open(search: string): Promise<void> {
  const { page } = desk;
  await page.keyboard.press("/");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(search);
  await page.getByText("1 of 8 accounts").waitFor();
  await grid().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

describe("an account at Finicity with the keyboard only", () => {
  it("reads a customer's accounts and opens one with its three dates", async () => {
    const { page } = desk;
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.getByText("No accounts yet.").first().waitFor();
    await tabTo(page, /Read accounts/u);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Read accounts from a provider" });
    await dialog.waitFor();
    await tabTo(page, /Connection/u);
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /Training Finicity/u }).waitFor();
    await page.keyboard.type("Training Fini");
    await page.keyboard.press("Enter");
    await dialog.getByText("Training Finicity").first().waitFor();
    await tabTo(page, /All customers/u);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await dialog.getByLabel(/Customer UID/u).waitFor();
    await dialog.getByLabel(/Institution id/u).waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await tabTo(page, /Customer UID/u);
    await page.keyboard.type(customer);
    await page.keyboard.press("Enter");
    await page.getByText("8 of 8 accounts").waitFor();

    await open("super");
    for (const words of ["Balance date", "Last success", "Last attempt", "Read by Vostro"]) {
      await inspector().getByText(words, { exact: true }).waitFor();
    }
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
  });

  it("renames it: sheet, request and button name Finicity; accepted; the list shows the new name", async () => {
    const { page } = desk;
    await page.keyboard.press("e");
    await page.getByRole("heading", { name: "Change sheet" }).waitFor();
    await tabTo(page, /Account name/u);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Household checking");
    await tabTo(page, /Reason/u);
    await page.keyboard.type("The customer asked for a clearer name.");
    await page.getByRole("button", { name: "Send 1 field to Finicity TRAINING" }).waitFor();
    const sheet = page.getByRole("complementary", { name: "Change sheet" });
    await sheet.getByText(/^Draft saved/u).waitFor();
    await tabTo(page, /Show the request/u);
    await page.keyboard.press("Enter");
    await sheet.getByText(`PUT /aggregation/v1/customers/${customer}/accounts/5011648377`).waitFor();
    expect(JSON.parse((await sheet.locator("pre").textContent()) ?? "")).toEqual({ name: "Household checking" });
    expect(await axeFindingsInBothThemes(page)).toEqual([]);

    await page.keyboard.press("Control+Enter");
    await page.locator('.outcome[data-state="accepted"]').waitFor();
    const held = page.getByRole("table", { name: "What was proposed and what Finicity holds" });
    await held.getByText("as sent").waitFor();
    expect(await page.locator(".editor").innerText()).not.toContain("Finzly");
    expect(await axeFindingsInBothThemes(page)).toEqual([]);

    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await soon(async () => expect(await grid().innerText()).toContain("Household checking"));
    const panel = await desk.ask("training.panel", { provider: "finicity" });
    expect(panel.requests.filter((each) => JSON.stringify(each).includes("PUT"))).toHaveLength(1);
  });

  it("deletes one: the dialog says what that does and names the account by typing; the list shows who and when", async () => {
    const { page } = desk;
    await open("household");
    await inspector().getByRole("button", { name: /^\W*Edit/u }).waitFor();
    await page.keyboard.press("e");
    await page.getByRole("heading", { name: "Change sheet" }).waitFor();
    await tabTo(page, /Delete at Finicity/u);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("alertdialog", { name: /^Delete Household checking at Finicity TRAINING/u });
    await dialog.getByText("The account at the bank is not touched", { exact: false }).waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await tabTo(page, /Authorisation ref/u);
    await page.keyboard.type("CR-7");
    await tabTo(page, /Reason/u);
    await page.keyboard.type("The customer closed it.");
    await tabTo(page, /^\W*Delete 1 account/u);
    await page.keyboard.press("Enter");
    await dialog.getByText(/to say which one is meant/u).waitFor();
    await tabTo(page, /Type \w{4} or the account/u, "Shift+Tab");
    await page.keyboard.type("Household checking");
    await tabTo(page, /^\W*Delete 1 account/u);
    await page.keyboard.press("Enter");
    await page.locator('.outcome[data-state="accepted"]').waitFor();
    await page.getByText("Finicity deleted the account.").first().waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);

    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await soon(async () => expect(await grid().innerText()).toContain("Deleted"));
    await open("household");
    await inspector().getByText(/^On .* by Maya Lindqvist\.$/u).waitFor();
    expect(await inspector().getByRole("button", { name: /^\W*Edit/u }).count()).toBe(0);
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
  });
});
