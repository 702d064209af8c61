import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountRow, BatchDetail, BatchId, BatchState } from "@contract";
import { goTo, soon, type Desk } from "./desk.ts";

/** Every account of the desk, in the order of the list. */
export async function accountsOf(desk: Desk): Promise<readonly AccountRow[]> {
  const rows: AccountRow[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const page = await desk.ask("accounts.page", {
      limit: 200,
      sort: { column: "customerName", direction: "ascending" },
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  }
  return rows;
}

/** Accounts in dollars whose credit limit is known and not zero: what a change of it is compared with is known. */
export async function limitedAccounts(desk: Desk, count: number): Promise<readonly AccountRow[]> {
  const known = (await accountsOf(desk)).filter(
    ({ creditLimitMinor, currency }) => currency === "USD" && (creditLimitMinor ?? 0) > 0,
  );
  if (known.length < count) throw new Error(`Only ${String(known.length)} accounts have a known limit.`);
  return known.slice(0, count);
}

export interface BulkFile {
  readonly path: string;
  readonly remove: () => void;
}

/** A file on the disk, in a folder of its own. */
export function bulkFile(name: string, text: string): BulkFile {
  const folder = mkdtempSync(join(tmpdir(), "vostro-csv-"));
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const limitHeader = "Customer UID,Account UID,Credit limit ($),Branch";

/** One line: the account and what its credit limit shall be, in dollars. */
export function limitLine(account: AccountRow, limit: string): string {
  return [account.customerUid, account.accountUid, limit, "Omaha"].join(",");
}

const dollars = (minor: number): string =>
  `${String(Math.floor(minor / 100))}.${String(minor % 100).padStart(2, "0")}`;

/** The credit limit as it is known. */
export const asKnown = ({ creditLimitMinor }: AccountRow): string => dollars(creditLimitMinor ?? 0);

/** One dollar less than is known. */
export const oneLess = ({ creditLimitMinor }: AccountRow): string => dollars((creditLimitMinor ?? 0) - 100);

/** A file that lowers the credit limit of each account by one dollar. */
export function limitsCsv(accounts: readonly AccountRow[]): string {
  return [limitHeader, ...accounts.map((account) => limitLine(account, oneLess(account)))].join("\r\n");
}

/** The account at this place. */
export function nth(accounts: readonly AccountRow[], index: number): AccountRow {
  const account = accounts[index];
  if (account === undefined) throw new Error(`There is no account ${String(index)}.`);
  return account;
}

/** A file with one row of each kind of trouble among good ones. */
export function damagedCsv(accounts: readonly AccountRow[]): string {
  const at = (index: number): AccountRow => nth(accounts, index);
  const lines = accounts.slice(0, 30).map((account) => limitLine(account, oneLess(account)));
  lines[3] = limitLine({ ...at(3), accountUid: "1.23457E+15" }, "100");
  lines[5] = limitLine({ ...at(5), accountUid: `\u00a0${at(5).accountUid}` }, oneLess(at(5)));
  lines[7] = limitLine({ ...at(7), accountUid: "999999999" }, "100");
  lines[9] = limitLine(at(9), "lots");
  lines[11] = limitLine(at(11), "");
  lines[30] = lines[1] ?? "";
  return `\ufeff${[limitHeader, ...lines].join("\r\n")}\r\n`;
}

/** Chooses the file in the system's dialog, as a person at the Import screen. */
export async function chooseFile(desk: Desk, path: string): Promise<void> {
  await desk.app.host?.answerNextDialog({ filePaths: [path] });
  await goTo(desk.page, "Import");
  await desk.page.getByRole("button", { name: "Choose a CSV file" }).first().click();
}

/** From the file as it was read to its problems. */
export async function toCheck(desk: Desk): Promise<void> {
  await desk.page.getByRole("button", { name: "Continue to Columns" }).click();
  await desk.page.getByRole("button", { name: "Check the rows" }).click();
  await desk.page.getByRole("button", { name: "Continue to Compare" }).waitFor();
}

/** The newest batch. */
export async function newestBatch(desk: Desk): Promise<BatchDetail> {
  const { rows } = await desk.ask("batches.page", { limit: 1 });
  const [row] = rows;
  if (row === undefined) throw new Error("There is no batch.");
  return await desk.ask("batches.detail", { id: row.id });
}

/** Waits until the batch is in the state. */
export async function inState(desk: Desk, id: BatchId, state: BatchState): Promise<BatchDetail> {
  await soon(async () => {
    const batch = await desk.ask("batches.detail", { id });
    if (batch.state !== state) throw new Error(`The batch is ${batch.state}, not ${state}.`);
  });
  return await desk.ask("batches.detail", { id });
}
