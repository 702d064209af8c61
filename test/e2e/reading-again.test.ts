import { afterAll, beforeAll, expect, it } from "vitest";
import type { BatchId } from "@contract";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { bulkFile, chooseFile, limitedAccounts, limitsCsv, newestBatch, type BulkFile } from "../support/bulk-desk.ts";
import { soon, trainingDesk, type Desk } from "../support/desk.ts";

let desk: Desk;
const files: BulkFile[] = [];
beforeAll(async () => {
  desk = await trainingDesk();
});
afterAll(async () => {
  await desk.leave();
  for (const file of files) file.remove();
});

const page = () => desk.page;
const button = (name: string | RegExp) => page().getByRole("button", { name });
const choose = async (name: string, text: string) => {
  const made = bulkFile(name, text);
  files.push(made);
  await chooseFile(desk, made.path);
};
const isClean = async () => expect(await axeFindingsInBothThemes(page())).toEqual([]);

/** Corrects a cell of row 2 and leaves row 3 out, at Compare. */
async function work(id: BatchId): Promise<void> {
  await desk.ask("batches.fixCell", { id, row: 2, column: 3, text: "Lincoln" });
  await desk.ask("batches.include", { id, rows: [3], included: false });
}

it("asks before it reads a file again that was worked on, and leaves it as it was when that fails", async () => {
  await choose("worked.csv", limitsCsv(await limitedAccounts(desk, 4)));
  await button("Continue to Columns").click();
  await button("Check the rows").click();
  await button("Continue to Compare").click();
  await button("Continue to confirm 4 changes").waitFor();
  await work((await newestBatch(desk)).id);
  await button("Continue to confirm 3 changes").waitFor();
  await button(/File/u).click();
  const readAsUtf16 = async (answer: string) => {
    await button(/^UTF-8/u).click();
    await page().getByRole("option", { name: "UTF-16 LE" }).click();
    const dialog = page().getByRole("alertdialog", { name: "Read the file again?" });
    await dialog.getByText("1 corrected row and 1 unticked row go: every row is as in the file again").waitFor();
    if (answer === "Cancel") await isClean();
    await dialog.getByRole("button", { name: answer }).click();
    await dialog.waitFor({ state: "detached" });
  };
  await readAsUtf16("Cancel");
  await readAsUtf16("Read it again");
  await page().getByText("The file was not read in another way.").waitFor();
  await isClean();
  await button(/Compare/u).click();
  await button("Continue to confirm 3 changes").waitFor();
});

it("lets a person say how a file is written that could not be read", async () => {
  await choose("statement.csv", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\n");
  await page().getByText("This file could not be read").waitFor();
  await button(/^UTF-8/u).click();
  await page().getByRole("option", { name: "Windows-1252" }).click();
  await isClean();
  await button("Read it this way").click();
  await soon(async () => {
    const { reading } = await desk.ask("batches.detail", { id: (await newestBatch(desk)).id });
    expect(reading?.encoding).toBe("windows-1252");
  });
  await button(/^Windows-1252/u).waitFor();
  await page().getByText("This file could not be read").waitFor();
});
