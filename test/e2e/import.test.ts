import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccountRow } from "@contract";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import {
  accountsOf, bulkFile, chooseFile, damagedCsv, limitedAccounts, limitHeader, limitsCsv, newestBatch, nth, oneLess,
  toCheck, type BulkFile,
} from "../support/bulk-desk.ts";
import { dragFile, holdFile } from "../support/dropped-file.ts";
import { goTo, soon, trainingDesk, type Desk } from "../support/desk.ts";

const passphrase = "harbour lantern quiet meadow";

let desk: Desk;
let accounts: readonly AccountRow[];
const files: BulkFile[] = [];
beforeAll(async () => {
  desk = await trainingDesk();
  accounts = await limitedAccounts(desk, 40);
});
afterAll(async () => {
  await desk.leave();
  for (const file of files) file.remove();
});

const page = () => desk.page;
const button = (name: string | RegExp) => page().getByRole("button", { name });
const grid = (name: RegExp) => page().getByRole("grid", { name });
const file = (name: string, text: string) => {
  const made = bulkFile(name, text);
  files.push(made);
  return made.path;
};
const openBatch = async () => {
  await goTo(page(), "Import");
  await grid(/^Batches/u).getByText("limits.csv").first().click();
};
const isClean = async () => expect(await axeFindingsInBothThemes(page())).toEqual([]);
const at = (index: number): AccountRow => nth(accounts, index);

describe("a file on its way to sending", () => {
  it("begins at an empty screen that says how, with a template to fill in", async () => {
    await goTo(page(), "Import");
    await page().getByText("No batches yet.").waitFor();
    await isClean();
    const template = bulkFile("template.csv", "");
    files.push(template);
    await desk.app.host?.answerNextDialog({ filePath: template.path });
    await button("Download a template").click();
    await page().getByText(/^Template saved/u).waitFor();
    expect(readFileSync(template.path, "utf8")).toMatch(/customerUID.*accountUID.*creditExposureLimit/su);
  });

  it("says how the file was read, and reads it again when that is changed", async () => {
    await chooseFile(desk, file("limits.csv", damagedCsv(accounts)));
    await button("Continue to Columns").waitFor();
    const preview = grid(/^The first rows$/u);
    await preview.getByRole("columnheader", { name: "Credit limit ($)" }).waitFor();
    await preview.getByRole("gridcell", { name: "1.23457E+15" }).waitFor();
    await page().getByText("31 rows read. Every cell is kept as text.").waitFor();
    await isClean();
    await button(/^comma/u).click();
    await page().getByRole("option", { name: "semicolon" }).click();
    await preview.getByRole("columnheader", { name: limitHeader }).waitFor();
    await page().getByText("Detected: UTF-8, comma.").waitFor();
    await button(/^semicolon/u).click();
    await page().getByRole("option", { name: "comma" }).click();
    await preview.getByRole("columnheader", { name: "Credit limit ($)" }).waitFor();
  });

  it("proposes what each column is, and keeps what a person chose while they go back and forth", async () => {
    await button("Continue to Columns").click();
    await button("“Customer UID” is Customer UID").waitFor();
    await page().getByText("Ignored: “Branch”. It stays in the result file, untouched.").waitFor();
    await isClean();
    await button("“Branch” is Ignore this column").click();
    await page().keyboard.type("cost c");
    await page().getByRole("option", { name: "Cost center" }).waitFor();
    await page().keyboard.press("ArrowDown");
    await page().keyboard.press("Enter");
    await button("“Branch” is Cost center").waitFor();
    await button("Back to File").click();
    await button("Continue to Columns").click();
    await button("“Branch” is Cost center").waitFor();
    await button("“Account UID” is Account UID").click();
    await page().getByRole("option", { name: "Ignore this column" }).click();
    await page().getByText("3 matched, 1 ignored").waitFor();
    await goTo(page(), "Accounts");
    await openBatch();
    await button("“Account UID” is Ignore this column").waitFor();
    await button("“Branch” is Cost center").waitFor();
    await button("Check the rows").click();
    await page()
      .getByText("2 things to put right. Nothing was checked.")
      .or(page().getByText("1 thing to put right. Nothing was checked."))
      .waitFor();
    expect(await page().evaluate(() => document.activeElement?.className)).toBe("errors");
    await button("“Account UID” is Ignore this column").click();
    await page().getByRole("option", { name: "Account UID", exact: true }).click();
    await button("“Branch” is Cost center").click();
    await page().getByRole("option", { name: "Ignore this column" }).click();
    await page().getByRole("textbox", { name: "Remember this map as" }).fill("Quarterly limits");
    await button("Check the rows").click();
    await button("Continue to Compare").waitFor();
  });

  it("says first what a spreadsheet destroyed, then every other problem with its count", async () => {
    await page()
      .getByRole("alert")
      .getByText("Column “Account UID” looks damaged by Excel: 1 value such as 1.23457E+15.")
      .waitFor();
    await page()
      .getByText(/This row is Blocked and will not be sent; the other 30 rows are not affected by this\./u)
      .waitFor();
    const list = page().getByRole("list", { name: "Problems" });
    await soon(async () => expect(await list.getByRole("listitem").count()).toBe(5));
    await isClean();
    await button("Show the row").click();
    const rows = grid(/^Rows: Account UID/u);
    await rows.waitFor();
    await soon(async () => expect(await rows.getByRole("row").count()).toBe(2));
    expect(await rows.getByRole("row").nth(1).textContent()).toContain("1.23457E+15");
  });

  it("fixes a whole group at once, one cell in place, and downloads the rest", async () => {
    const list = page().getByRole("list", { name: "Problems" });
    await list.getByRole("button", { name: /no-break or invisible spaces/u }).click();
    await list.getByRole("button", { name: /^Put plain spaces/u }).click();
    await soon(async () => expect(await list.getByRole("listitem").count()).toBe(4));
    await list.getByRole("button", { name: /This is not an amount/u }).click();
    const rows = grid(/This is not an amount/u);
    await soon(async () => expect(await rows.getByRole("row").count()).toBe(2));
    await rows.focus();
    await page().keyboard.press("End");
    await page().keyboard.press("ArrowLeft");
    for (let step = 0; step < 4; step += 1) {
      await page().keyboard.press("F2");
      if ((await rows.getByRole("textbox").count()) > 0 && (await rows.getByRole("textbox").inputValue()) === "lots")
        break;
      await page().keyboard.press("Escape");
      await page().keyboard.press("ArrowLeft");
    }
    await page().keyboard.type(oneLess(at(9)));
    await page().keyboard.press("Enter");
    await soon(async () => expect(await list.getByRole("listitem").count()).toBe(3));
    expect(await page().evaluate(() => document.activeElement?.getAttribute("role"))).toBe("grid");
    const problems = bulkFile("problems.csv", "");
    files.push(problems);
    await desk.app.host?.answerNextDialog({ filePath: problems.path });
    await button("Download problem rows").click();
    await soon(async () => expect(readFileSync(problems.path, "utf8")).toContain("1.23457E+15"));
    expect(readFileSync(problems.path, "utf8")).toMatch(/^\uFEFF/u);
    expect(readFileSync(problems.path, "utf8").split("\r\n")[0]).toContain("Credit limit ($),Branch,row,problem");
  });

  it("compares old and new of every row, in the bucket of what it would do", async () => {
    await button("Continue to Compare").click();
    const tab = (name: RegExp) => page().getByRole("tab", { name });
    await tab(/^Will change 27/u).waitFor();
    await tab(/^Not found 1/u).waitFor();
    await tab(/^Duplicate key 1/u).waitFor();
    await tab(/^Blocked 1/u).waitFor();
    await tab(/^No change 1/u).waitFor();
    const rows = grid(/^Rows: Will change/u);
    const first = rows.getByRole("row", { name: new RegExp(at(0).accountName, "u") }).first();
    await first.getByText("to", { exact: true }).waitFor();
    expect(await first.locator("del").textContent()).not.toBe(await first.locator("ins").textContent());
    await isClean();
    await tab(/^Not found/u).click();
    await grid(/^Rows: Not found/u).getByText(/No account with this key/u).first().waitFor();
    await tab(/^Will change/u).click();
  });

  it("goes on past columns that were changed only when the rows are checked again", async () => {
    const bar = page().getByRole("list", { name: "Import steps" });
    await bar.getByRole("button", { name: /^Columns/u }).click();
    await button("“Branch” is Ignore this column").click();
    await page().getByRole("option", { name: "Cost center" }).click();
    await page().getByText("The columns changed: check again.").waitFor();
    await bar.getByText("columns changed: check again").waitFor();
    expect(await bar.getByRole("button").count()).toBe(1);
    expect(await page().getByRole("radio", { name: /^Leave the saved map as it is/u }).isChecked()).toBe(true);
    await isClean();
    await goTo(page(), "Accounts");
    await openBatch();
    await page().getByText("The columns changed: check again.").waitFor();
    await button("“Branch” is Cost center").waitFor();
    await button("Put back the checked columns").click();
    await button("“Branch” is Ignore this column").waitFor();
    await bar.getByRole("button", { name: /Compare/u }).click();
    await button("Continue to confirm 27 changes").waitFor();
  });

  it("sends what is ticked, whatever a filter shows", async () => {
    await page().getByRole("searchbox", { name: "Find in these rows" }).fill(at(0).accountUid);
    await page().getByText("1 row shown. Ctrl A ticks all of them.").waitFor();
    await button("Continue to confirm 27 changes").waitFor();
    await page().getByRole("searchbox", { name: "Find in these rows" }).fill("");
    const rows = grid(/^Rows: Will change/u);
    await soon(async () => expect(await rows.getByRole("row").count()).toBeGreaterThan(10));
    await rows.focus();
    await page().keyboard.press("Control+Home");
    await page().keyboard.press("Space");
    await button("Continue to confirm 26 changes").waitFor();
    await page().getByRole("tab", { name: /26 chosen, 1 left out/u }).waitFor();
    await page().keyboard.press("ArrowDown");
    await page().keyboard.press("Space");
    await page().keyboard.press("Shift+ArrowDown");
    await button("Continue to confirm 24 changes").waitFor();
    await page().keyboard.press("Control+a");
    await button("Continue to confirm 27 changes").waitFor();
    for (let at = 0; at < 5; at += 1) {
      await page().keyboard.press("Space");
      await page().keyboard.press("ArrowDown");
    }
    await button("Continue to confirm 22 changes").waitFor();
    await page().keyboard.press("Space");
    for (let at = 0; at < 5; at += 1) {
      await page().keyboard.press("ArrowUp");
      await page().keyboard.press("Space");
      await page().keyboard.press("Space");
    }
    await button("Continue to confirm 21 changes").waitFor();
    await page().keyboard.press("Control+a");
    await button("Continue to confirm 27 changes").waitFor();
  });

  it("comes back to the same step with the same words, also after a lock and a restart", async () => {
    await button(/^Continue to confirm/u).click();
    await page().getByRole("heading", { name: /^27 accounts change/u }).waitFor();
    const reason = () => page().getByRole("textbox", { name: /^Reason/u });
    const says = (words: string) => soon(async () => expect(await reason().inputValue()).toBe(words));
    await isClean();
    await reason().fill("Quarterly review");
    await page().keyboard.press("Control+Shift+L");
    await page().getByRole("heading", { name: "Training is locked" }).waitFor();
    await page().getByLabel("Passphrase of Maya Lindqvist").fill(passphrase);
    await page().keyboard.press("Enter");
    await openBatch();
    await says("Quarterly review");
    await reason().fill("Quarterly review, all branches");
    const kept = async () => (await newestBatch(desk)).reason;
    await soon(async () => expect(await kept()).toBe("Quarterly review, all branches"));
    await desk.app.close();
    desk = await trainingDesk({ userData: desk.userData, load: false });
    await openBatch();
    await says("Quarterly review, all branches");
  });

  it("warns of the same file, and skips the columns it knows by heart", async () => {
    const same = files.find((each) => each.path.endsWith("limits.csv"));
    await chooseFile(desk, same?.path ?? "");
    await button("Continue to Compare").waitFor();
    await page().getByText("skipped, map “Quarterly limits”").waitFor();
    await page().getByText("Imported before,").getByRole("link").waitFor();
    await isClean();
    await page().getByRole("grid").first().focus();
    await page().keyboard.press("[");
    await page().getByText("The saved map “Quarterly limits” fits this file.").waitFor();
    await soon(async () => expect(await page().evaluate(() => document.activeElement?.tagName)).not.toBe("BODY"));
    await button(/^File/u).click();
    await page().getByText("The same file was imported before.").waitFor();
    await page().getByRole("link", { name: "limits.csv" }).click();
    await page().getByRole("heading", { name: /^27 accounts change/u }).waitFor();
  });
});

describe("saved maps", () => {
  it("are listed, and forgotten after a question", async () => {
    await goTo(page(), "Import");
    await button("Saved maps").click();
    const list = page().getByRole("dialog", { name: "Saved maps" });
    await list.getByRole("row", { name: /Quarterly limits 3 columns/u }).waitFor();
    await isClean();
    await list.getByRole("button", { name: "Forget Quarterly limits" }).click();
    await page().getByRole("button", { name: "Forget the map" }).click();
    await list.getByText("No map is saved.").waitFor();
    await soon(async () => expect(await page().evaluate(() => document.activeElement?.tagName)).not.toBe("BODY"));
    await page().keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
  });
});

describe("other ways in", () => {
  it("takes rows copied from a spreadsheet, and puts right those with other cells than headings", async () => {
    const [head = "", good = "", short = "", long = ""] = limitsCsv(accounts.slice(30, 33)).split("\r\n");
    const lines = [head.replace("Branch", "Office"), good, short.replace(",Omaha", ""), `${long},extra`];
    const text = lines.join("\r\n").replaceAll(",", "\t");
    await desk.app.host?.copyText(text);
    await goTo(page(), "Import");
    await button("Paste rows").click();
    await page().getByText("3 rows read. Every cell is kept as text.").waitFor();
    expect((await newestBatch(desk)).source).toBe("paste");
    await page().getByText("2 rows have more or fewer cells than the headings.").waitFor();
    await toCheck(desk);
    await button(/the last ones are missing/u).click();
    await button("Take the missing last cells as blank, row 3 only").click();
    await button(/1 too many/u).click();
    await button("Leave out “extra” of row 4").waitFor();
    await isClean();
    await button("Leave out “extra” of row 4").click();
    await page().getByText("Nothing to put right.").waitFor();
    expect((await newestBatch(desk)).totals.chosen).toBe(3);
  });

  it("takes a file dropped anywhere, and says so while it hangs over the window", async () => {
    await goTo(page(), "Accounts");
    const path = file("dropped.csv", limitsCsv(accounts.slice(0, 4)).replace("Branch", "Teller"));
    await holdFile(page(), path);
    await dragFile(page(), "dragenter");
    await page().getByText("Drop the CSV file to import it").waitFor();
    await dragFile(page(), "dragleave");
    await page().getByText("Drop the CSV file to import it").waitFor({ state: "detached" });
    await dragFile(page(), "dragenter");
    await dragFile(page(), "drop");
    await page().getByText("4 rows read. Every cell is kept as text.").waitFor();
    expect((await newestBatch(desk)).fileName).toBe("dropped.csv");
  });

  it("says in words why a file is no CSV file", async () => {
    await chooseFile(desk, file("statement.csv", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\n"));
    await page().getByText("This file could not be read").waitFor();
    await page().getByText(/PDF/u).first().waitFor();
    await isClean();
  });

  it("sets one value on the accounts ticked in the list", async () => {
    await goTo(page(), "Accounts");
    const search = page().getByRole("searchbox", { name: /Last four/u });
    await search.fill(at(0).customerName);
    const total = (await accountsOf(desk)).filter((account) => account.customerUid === at(0).customerUid).length;
    await page().getByText(new RegExp(`^${String(total)} of 400 accounts$`, "u")).waitFor();
    await grid(/^Accounts/u).focus();
    await page().keyboard.press("Space");
    await page().getByText("1 account selected", { exact: true }).waitFor();
    await page().keyboard.press("Shift+ArrowDown");
    await page().getByText("2 accounts selected", { exact: true }).waitFor();
    await page().keyboard.press("Control+a");
    await page().getByText(`${String(total)} accounts selected`, { exact: true }).waitFor();
    await isClean();
    await button("Set value…").click();
    const dialog = page().getByRole("dialog", { name: `Set a value on ${String(total)} accounts` });
    await dialog.getByRole("button", { name: /^Field|Credit limit Field|Credit limit/u }).click();
    await page().getByRole("option", { name: "Cost center" }).click();
    await dialog.getByRole("textbox", { name: "Value" }).fill("CC-900");
    await dialog.getByRole("button", { name: `Compare ${String(total)} accounts` }).click();
    await page().getByRole("tab", { name: new RegExp(`^Will change ${String(total)}`, "u") }).waitFor();
    expect((await newestBatch(desk)).source).toBe("selection");
  });
});
