import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AccountRow } from "@contract";
import { startFinzlySimulator, type FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { axeFindings, axeFindingsInBothThemes } from "../support/axe.ts";
import { accountsOf, bulkFile, inState, newestBatch, type BulkFile } from "../support/bulk-desk.ts";
import { liveDesk, soon, type Desk } from "../support/desk.ts";
import { findElectron } from "../support/launch.ts";
import { changingRows, everyHundredth, mixedCsv, placeOf } from "../support/mixed-file.ts";
import { focused, tabTo } from "../support/tab-keys.ts";

/** Rows in hundreds: each hundred holds one of every kind of trouble. */
const n = 50;
const rows = n * 100;
const figure = (count: number) => count.toLocaleString("en-US");
const chosen = changingRows * n;
const accepted = (changingRows - 3) * n - 1;
const unchanged = (91 - changingRows) * n;
const sendingMs = 240_000;
const [refusedPlace, movedPlace, unclearPlace] = [30, 34, 38];

let simulator: FinzlySimulator;
let desk: Desk;
let accounts: readonly AccountRow[];
const files: BulkFile[] = [];

beforeEach(async () => {
  simulator = await startFinzlySimulator();
  for (const { customerUID, accountUID } of simulator.addAccounts(rows))
    simulator.changeAccount(customerUID, accountUID, { creditExposureLimitMinor: 500_000 });
  const fast = { concurrency: 32, requestsPerSecond: 2_000 };
  desk = await liveDesk(simulator, fast, { loadPatienceMs: sendingMs });
  const usable = ({ currency, creditLimitMinor }: AccountRow) => currency === "USD" && (creditLimitMinor ?? 0) > 100;
  accounts = (await accountsOf(desk)).filter(usable).slice(0, rows);
  expect(accounts).toHaveLength(rows);
});
afterEach(async () => {
  await desk.app.host?.answerNextDialog({ response: 1 });
  await desk.leave();
  await simulator.close();
  for (const file of files.splice(0)) file.remove();
});

const page = () => desk.page;
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page().keyboard.press(key);
};
const type = (text: string) => page().keyboard.type(text);
/** Moves by Tab (or by F6 where a key is named) to a control, and presses it. */
const go = async (name: RegExp, by = "Tab") => {
  await tabTo(page(), name, by);
  await press("Enter");
};
const isClean = async () => expect(await axeFindings(page())).toEqual([]);
const seen = (text: string | RegExp, timeout = 15_000) => page().getByText(text).first().waitFor({ timeout });
const tab = (name: RegExp, timeout = 15_000) => page().getByRole("tab", { name }).waitFor({ timeout });
const file = (name: string, text: string): string => {
  const made = bulkFile(name, text);
  files.push(made);
  return made.path;
};

/** Answers the system's dialog before it is asked for, and leaves the keyboard where it is. */
async function answering<T>(path: { filePath: string } | { filePaths: string[] }, act: () => Promise<T>): Promise<T> {
  await desk.app.host?.answerNextDialog(path);
  return await act();
}

async function chooseTheFile(): Promise<void> {
  await soon(async () => {
    if ((await page().getByRole("option").count()) === 0) await press("Control+k");
    await page().getByRole("option").first().waitFor({ timeout: 2_000 });
  });
  await type("> choose a csv");
  await page().locator("[role=option][data-focused]").filter({ hasText: "Choose a CSV file" }).waitFor();
  await answering({ filePaths: [file("limits-q4-2026.csv", mixedCsv(accounts))] }, () => press("Enter"));
  await seen(`${figure(rows)} rows read. Every cell is kept as text.`, 60_000);
  await seen(`Lines 14, 114, 214, 314 and ${figure(n - 4)} more:`);
  await isClean();
  await press("]");
  await seen("Ignored: “Branch” and “Memo”. They stay in the result file, untouched.");
  await isClean();
  await press("]");
}

async function putRight(): Promise<void> {
  const damage = `Column “Account UID” looks damaged by Excel: ${figure(n)} values such as 1.23457E+15.`;
  await page().getByRole("alert").getByText(damage).waitFor({ timeout: 60_000 });
  const stopped = `${figure(10 * n)} rows are blocked, ${figure(n)} not found and ${figure(2 * n)} of an account that stands twice`;
  await seen(`${stopped}; they will not be sent. The other ${figure(87 * n)} rows are not affected.`);
  await isClean();
  const fixes = [/no-break or invisible/u, /wrapped as =/u, /begins with an apostrophe/u, /ends in \.0/u];
  for (const [at, head] of fixes.entries()) {
    await tabTo(page(), /rows? \d/iu, "F6");
    await go(head);
    await go(/, [\d,]+ rows$/u);
    await seen(`${figure(n * (9 - at))} rows are blocked`);
  }
  await tabTo(page(), /rows? \d/iu, "F6");
  await go(/This is not an amount/u);
  await tabTo(page(), /^\W*Rows: Credit limit/u);
  await press("Home", "ArrowRight", "ArrowRight", "F2", "Control+a");
  await type("4,321.00");
  await press("Enter");
  await seen(`${figure(6 * n - 1)} rows are blocked`);
  expect((await focused(page())).role).toBe("grid");
  const path = file("problems.csv", "");
  await answering({ filePath: path }, () => go(/^\W*Download problem rows/u, "F6"));
  const problems = await soon(async () => {
    const found = parse(readFileSync(path, "utf8"), { bom: true, relax_column_count: true }) as string[][];
    expect(found).toHaveLength(9 * n);
    return found;
  });
  expect(problems[0]?.slice(-2)).toEqual(["row", "problem"]);
  await press("]");
}

async function compare(): Promise<void> {
  const counts = { "Will change": chosen + 1, "No change": unchanged, "Not found": n, "Duplicate key": 2 * n, Blocked: 6 * n - 1 };
  for (const [word, count] of Object.entries(counts)) await tab(new RegExp(`^${word} ${figure(count)}\\b`, "u"));
  await isClean();
  await press("/");
  await tabTo(page(), /^\W*Risk$/u);
  await press("Enter");
  await page().getByRole("menuitemradio", { name: "High" }).and(page().locator(":focus")).waitFor();
  await press("Enter");
  await seen(`${figure(n)} rows shown. Ctrl A ticks all of them.`);
  expect((await newestBatch(desk)).totals.chosen).toBe(chosen + 1);
  await go(/^\W*Clear$/u);
  const grid = page().getByRole("grid", { name: "Rows: Will change" });
  await soon(async () => expect(Number(await grid.getAttribute("aria-rowcount"))).toBeGreaterThan(chosen));
  await tabTo(page(), /^\W*Rows: Will change/u);
  await press("Control+Home", "Space");
  const one = new RegExp(`${figure(chosen)} chosen, 1 left out`, "u");
  await tab(one);
  await press("Control+Shift+End");
  await tab(new RegExp(`0 chosen, ${figure(chosen + 1)} left out`, "u"));
  await press("Control+Home", "ArrowDown", "Space", "Control+End", "Shift+Space");
  await tab(one);
  await press("]");
}

async function confirm(changes: number): Promise<void> {
  const count = figure(changes);
  await page().getByRole("heading", { name: new RegExp(`^${count} accounts change`, "u") }).waitFor();
  await press("Control+Enter");
  await seen(/things? to put right\. Nothing was sent\./u);
  await isClean();
  await tabTo(page(), /Authorisation/u);
  await type("CRM-2026-1187");
  await tabTo(page(), /^\W*Reason\b(?! category)/u);
  await type("Annual limit review");
  await tabTo(page(), /^\W*Type .* to confirm/u);
  await type(count);
  await press("Control+Enter");
  await seen("have an outcome", 60_000);
}

async function sendWithTrouble(): Promise<void> {
  for (const { accountUid } of everyHundredth(accounts, refusedPlace))
    simulator.faults.set({ route: "accounts.update", kind: "refused-400", match: { accountUID: accountUid } });
  for (const { customerUid, accountUid } of everyHundredth(accounts, movedPlace))
    simulator.changeAccount(customerUid, accountUid, { creditExposureLimitMinor: 777_700 });
  const [unclear] = everyHundredth(accounts, unclearPlace);
  const match = { accountUID: unclear?.accountUid ?? "" };
  simulator.faults.set({ route: "accounts.update", kind: "reset-after", match });
  expect(await newestBatch(desk)).toMatchObject({ approvals: n, totals: { chosen } });
  const sends = `Send ${figure(chosen - n)} changes to Finzly SANDBOX, submit ${figure(n)} for approval`;
  await page().getByRole("button", { name: sends }).waitFor();
  await confirm(chosen);
  await go(/^\W*Pause/u);
  await seen("This batch is paused.");
  await isClean();
  await go(/^\W*Resume, /u);
  await seen(`${figure(n)} rows wait for approval.`, sendingMs);
  const batch = await newestBatch(desk);
  expect(batch.outcomes).toEqual({
    accepted, reversed: 0, refused: n, unknown: 1, conflict: n, sending: 0, left: 0, waiting: n, withdrawn: 0,
  });
  expect(await axeFindingsInBothThemes(page())).toEqual([]);
}

/** The result file as a person keeps it: the very cells of the source, then what became of each row. */
async function resultFile(): Promise<void> {
  const path = file("results.csv", "");
  await answering({ filePath: path }, () => go(/^\W*Export results so far/u));
  await soon(async () => expect(readFileSync(path, "utf8").split("\r\n")).toHaveLength(rows + 2));
  const text = readFileSync(path, "utf8");
  const [header, ...lines] = parse(text, { bom: true, relax_column_count: true }) as string[][];
  const own = "Customer UID,Account UID,Credit limit ($),SEC codes,Cost center,Branch,Memo";
  expect(header?.join(",")).toBe(`${own},status,provider_code,message,change_id,sent_at`);
  const byStatus = Map.groupBy(lines, (cells) => cells[7] ?? "");
  const counts = Object.fromEntries([...byStatus].map(([word, of]) => [word, of.length]));
  expect(counts).toEqual({
    "Accepted by provider": accepted, "Refused by provider": n, "Outcome unknown": 1, Conflict: n,
    "Waiting for approval": n, "Not chosen": 1, "No change": unchanged, "Not found": n, "Duplicate key": 2 * n,
    Blocked: 6 * n - 1,
  });
  expect(lines[placeOf("scientific")]?.[1]).toBe("1.23457E+15");
  expect(lines[placeOf("formula")]?.[6]).toBe("'=1+1");
  expect(lines[placeOf("high risk")]?.[9]).toBe("High risk: another person must approve it. Nothing was sent.");
  expect(lines[refusedPlace]?.slice(7, 9)).toEqual(["Refused by provider", "ACC001"]);
}

async function withdrawWhatWaits(): Promise<void> {
  await go(/^\W*Withdraw the [\d,]+ rows waiting/u);
  await page().getByRole("alertdialog", { name: /^Withdraw what waits/u }).waitFor();
  await isClean();
  await go(/^\W*Withdraw [\d,]+ rows$/u);
  await seen("This batch was stopped.");
  await inState(desk, (await newestBatch(desk)).id, "stopped");
  await page().getByRole("button", { name: "Send again only what failed" }).waitFor();
  await go(/^\W*Send again only what failed/u);
  await tab(new RegExp(`^Will change ${figure(3 * n)}\\b`, "u"), 60_000);
  expect(await newestBatch(desk)).toMatchObject({ source: "retry", rows: 3 * n });
  await go(/^\W*Discard$/u);
  await page().getByRole("alertdialog", { name: /^Discard/u }).waitFor();
  await go(/^\W*Discard the batch/u);
  await page().getByRole("grid", { name: /^Batches/u }).waitFor();
}

async function undo(): Promise<void> {
  await isClean();
  await tabTo(page(), /^\W*Batches/u);
  await press("ArrowDown", "Enter");
  await go(/^\W*Undo the batch/u);
  await page().getByRole("alertdialog", { name: /^Undo/u }).waitFor();
  await isClean();
  await go(/^\W*Prepare to undo/u);
  await tab(new RegExp(`^Will change ${figure(accepted)}\\b`, "u"), 60_000);
  await isClean();
  for (const { customerUid, accountUid } of accounts.slice(20, 25))
    simulator.changeAccount(customerUid, accountUid, { creditExposureLimitMinor: 123_400 });
  await press("]");
  await confirm(accepted);
  await page().getByText("Finished", { exact: true }).first().waitFor({ timeout: sendingMs });
  expect((await newestBatch(desk)).undo).toMatchObject({ reversed: accepted - 5, kept: 5, couldNot: 0, refused: 0 });
  await isClean();
}

/** Lets High risk go without a second person, as an administrator does in Settings. */
async function changeTheRule(): Promise<void> {
  await press("g", "s");
  await tabTo(page(), /^\W*High risk/u);
  await press("Space");
  await soon(async () => expect((await desk.ask("workspace.settings", {})).secondPerson.high).toBe(false));
  await press("g", "i");
  await page().getByRole("grid", { name: /^Batches/u }).waitFor();
}

it.runIf(findElectron() === undefined)(
  "takes 5,000 rows with every kind of trouble from the file to the result file and back, by keyboard alone",
  { timeout: 600_000 },
  async () => {
    await chooseTheFile();
    await putRight();
    await compare();
    await sendWithTrouble();
    await resultFile();
    await withdrawWhatWaits();
    await changeTheRule();
    await undo();
    for (const [at, { customerUid, accountUid, creditLimitMinor }] of accounts.entries()) {
      const held = simulator.account(customerUid, accountUid)?.creditExposureLimitMinor;
      const place = at % 100;
      if (place === movedPlace) expect(held).toBe(777_700);
      else if (at >= 20 && at < 25) expect(held).toBe(123_400);
      else if (at !== unclearPlace) expect(held).toBe(creditLimitMinor);
    }
  },
);
