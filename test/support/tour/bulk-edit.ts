import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { AccountRow } from "@contract";
import { dropFile } from "../dropped-file.ts";
import type { Camera } from "./camera.ts";
import type { Hands } from "./hands.ts";

const columns = "Customer UID,Account UID,Debit limit,Credit limit,SEC codes,Branch";

async function firstAccounts(page: Page): Promise<readonly AccountRow[]> {
  const answer = await page.evaluate(() => {
    const sort = { column: "customerName", direction: "ascending" } as const;
    return window.vostro.calls["accounts.page"]({ limit: 200, sort });
  });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value.rows.filter(({ currency, creditLimitMinor }) => currency === "USD" && (creditLimitMinor ?? 0) > 0);
}

const dollars = (minor: number, times: number): string => String(Math.round((minor * times) / 10_000) * 100);

/** A quarter's limits as they come from a spreadsheet: most rows good, some damaged, some unknown, one twice. */
function quarterlyLimits(accounts: readonly AccountRow[]): string {
  const lines = accounts.map(({ customerUid, accountUid, debitLimitMinor, creditLimitMinor }, at) => {
    const strange = at % 23 === 7 ? "1.23457E+15" : at % 19 === 4 ? `${accountUid}.0` : undefined;
    const uid = strange ?? (at % 31 === 9 ? `9${accountUid}` : accountUid);
    const raised = dollars(creditLimitMinor ?? 0, [1.2, 0.9, 1.1, 2.5, 1][at % 5] ?? 1);
    const credit = at % 9 === 3 ? "" : at % 41 === 5 ? "ask Tom" : raised;
    const debit = at % 4 === 1 && (debitLimitMinor ?? 0) > 0 ? dollars(debitLimitMinor ?? 0, 1.2) : "";
    return [customerUid, uid, debit, credit, at % 11 === 2 ? "CCD|PPD" : "", "Omaha"].join(",");
  });
  return [columns, ...lines, lines[0] ?? ""].join("\r\n");
}

/** A bulk edit from the file to its result and the plan that undoes it. */
export async function bulkEdit(hands: Hands, { shoot }: Camera): Promise<void> {
  const { page, press, fill, goTo } = hands;
  const folder = mkdtempSync(join(tmpdir(), "vostro-limits-"));
  try {
    const path = join(folder, "limits-q4-2026.csv");
    writeFileSync(path, quarterlyLimits(await firstAccounts(page)));
    await goTo("Import");
    await page.getByText("No batches yet.").waitFor();
    await shoot("import-empty", { dark: true });
    await dropFile(page, path);
    await page.getByText(/rows read\. Every cell is kept as text\./u).waitFor();
    await shoot("import-file", { dark: true, guide: "import-file" });
    await press("Continue to Columns");
    await page.getByRole("button", { name: "“Branch” is Ignore this column" }).waitFor();
    await fill("Remember this map as", "Quarterly limits");
    for (const unit of await page.getByText("Dollars", { exact: true }).all()) await unit.click();
    await shoot("import-columns", { dark: true, guide: "import-columns" });
    await press("Check the rows");
    await page.getByRole("alert").getByText(/looks damaged by Excel/u).first().waitFor();
    await page.getByRole("button", { name: /ends in \.0/u }).click();
    await page.getByRole("button", { name: /^Take the \.0 off, [\d,]+ rows/u }).waitFor();
    await shoot("import-check", { dark: true, guide: "import-check" });
    await press(/^Take the \.0 off, [\d,]+ rows/u);
    await press("Continue to Compare");
    await page.getByRole("grid", { name: "Rows: Will change" }).getByRole("row").nth(6).waitFor();
    await shoot("import-compare", { dark: true, guide: "import-compare" });
    await page.getByRole("tab", { name: /^Blocked/u }).click();
    await shoot("import-blocked");
    await page.getByRole("tab", { name: /^Will change/u }).click();
    await confirmed(hands, "import-confirm", { shoot });
    await page.getByText("have an outcome").waitFor();
    await shoot("batch-sending");
    await page.getByRole("button", { name: "Undo the batch" }).waitFor({ timeout: 60_000 });
    await shoot("batch-finished", { dark: true, guide: "batch" });
    await page.getByRole("button", { name: "Undo the batch" }).click();
    await page.getByRole("alertdialog").waitFor();
    await shoot("undo-question");
    await press(/^Prepare to undo/u);
    await page.getByText(/^This puts back what/u).waitFor();
    await page.getByRole("grid", { name: "Rows: Will change" }).getByRole("row").nth(6).waitFor();
    await shoot("undo-compare", { dark: true });
    await confirmed(hands, "undo-confirm", { shoot });
    await page.getByText(/kept, because they changed since/u).waitFor({ timeout: 60_000 });
    await page.getByText("Finished").first().waitFor();
    await shoot("undo-finished");
    await goTo("Import");
    await page.getByRole("grid", { name: "Batches" }).getByRole("row").nth(2).waitFor();
    await shoot("import-list", { dark: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function confirmed({ page, press, fill }: Hands, name: string, { shoot }: Pick<Camera, "shoot">): Promise<void> {
  await press(/^Continue to confirm/u);
  const heading = page.getByRole("heading", { name: /^[\d,]+ accounts? changes?/u });
  await heading.waitFor();
  const count = /^[\d,]+/u.exec((await heading.textContent()) ?? "")?.[0] ?? "";
  await fill(/^Authorisation/u, "CRM-2026-1187");
  await fill(/^Reason/u, "Quarterly limit review");
  const typed = page.getByRole("textbox", { name: /^Type .* to confirm/u });
  if ((await typed.count()) > 0) await typed.fill(count);
  await shoot(name, { dark: true, ...(name === "import-confirm" ? { guide: name } : {}) });
  await page.keyboard.press("Control+Enter");
}
