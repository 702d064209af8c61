import { changeStateWords, type ChangeState, type RuleIssue } from "@contract";
import type { BulkCode, CellProblem, ColumnTarget, DamageKind } from "@contract/rules/bulk/index.ts";
import type { TwinCode } from "./twins.ts";
import type { RowFault } from "./staging-store.ts";

/** Findings about whole rows that no cell rule can make. */
export type RowCode =
  | RowFault["code"]
  | "CSV-SHORT-ROW"
  | "CSV-LONG-ROW"
  | "CSV-LIST-UNKNOWN"
  | "CSV-NOT-FOUND"
  | "CSV-SEVERAL-ACCOUNTS"
  | "CSV-OPEN-CHANGE"
  | "CSV-CHANGED-SINCE"
  | "CSV-CANNOT-RESTORE"
  | "CSV-NOT-MADE";

/** One thing that is wrong with a row; `column` is its 0-based place, −1 when the row as a whole is meant. */
export interface RowProblem {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly column: number;
  readonly message: string;
  /** What to put in the cell's place; may be a whole account number. */
  readonly fix?: string | undefined;
  /** The fix leaves something out, which `fix` names: a person applies it to one row at a time. */
  readonly oneByOne?: true;
}

/** Whether the problem can be put right together with all others of its group. */
export function isFixable({ fix, oneByOne }: Pick<RowProblem, "fix" | "oneByOne">): boolean {
  return fix !== undefined && oneByOne !== true;
}

export const wholeRow = -1;

export function rowProblem(
  code: RowCode | TwinCode,
  message: string,
  severity: RowProblem["severity"] = "error",
): RowProblem {
  return { code, severity, column: wholeRow, message };
}

export function fromCell({ code, severity, column, message, fix }: CellProblem): RowProblem {
  return { code, severity, column, message, fix };
}

/** A finding of the update rules, at the column it comes from. */
export function fromIssue(issue: RuleIssue, columnOf: (path: RuleIssue["path"]) => number): RowProblem {
  const { code, severity, message, replacement } = issue;
  const column = columnOf(issue.path);
  return { code, severity, column, message, fix: column === wholeRow ? undefined : replacement };
}

export const noSuchAccount =
  "No account with this key is known here. Read the customer's accounts from the provider, or correct the key.";

export const noSuchNumber =
  "No account with this number is known here. Where only the last four of a number are known, use another key.";

export function severalAccounts(): RowProblem {
  return rowProblem("CSV-SEVERAL-ACCOUNTS", "More than one account has this key, so nobody can tell which is meant.");
}

export function openChangeProblem(state: ChangeState): RowProblem {
  const words = changeStateWords[state];
  return rowProblem(
    "CSV-OPEN-CHANGE",
    `The account already has a change that is open: ${words}. Finish that one first.`,
  );
}

const damageKindsByCode: ReadonlyMap<string, DamageKind> = new Map<BulkCode, DamageKind>([
  ["CSV-DAMAGE-SCIENTIFIC", "scientific-notation"],
  ["CSV-DAMAGE-ZEROS", "lost-leading-zeros"],
  ["CSV-DAMAGE-ROUNDED", "rounded-15-digits"],
  ["CSV-DAMAGE-DATE", "dated-code"],
  ["CSV-DAMAGE-POINT-ZERO", "trailing-point-zero"],
  ["CSV-DAMAGE-SPACES", "spaces"],
  ["CSV-DAMAGE-QUOTES", "smart-quotes"],
  ["CSV-DAMAGE-APOSTROPHE", "apostrophe-prefix"],
  ["CSV-DAMAGE-WRAPPER", "equals-quote-wrapper"],
  ["CSV-DAMAGE-THOUSANDS", "thousands"],
  ["CSV-DAMAGE-ERROR-VALUE", "error-value"],
  ["CSV-TEXT-SPACES", "spaces"],
  ["CSV-TEXT-QUOTES", "smart-quotes"],
]);

/** Which damage a code tells of; undefined for findings that are no damage. */
export function damageKindOf(code: string): DamageKind | undefined {
  return damageKindsByCode.get(code);
}

const fixWords: ReadonlyMap<string, string> = new Map<BulkCode | RowCode, string>([
  ["CSV-SHORT-ROW", "Take the missing last cells as blank"],
  ["CSV-DAMAGE-ZEROS", "Put the leading zeros back"],
  ["CSV-DAMAGE-POINT-ZERO", "Take the .0 off"],
  ["CSV-DAMAGE-SPACES", "Put plain spaces in their place"],
  ["CSV-DAMAGE-QUOTES", "Put plain quotation marks in their place"],
  ["CSV-DAMAGE-APOSTROPHE", "Take the apostrophe off"],
  ["CSV-DAMAGE-WRAPPER", 'Take the ="…" off'],
  ["CSV-DAMAGE-THOUSANDS", "Take the thousands separators out"],
  ["CSV-TEXT-SPACES", "Put plain spaces in their place"],
  ["CSV-TEXT-QUOTES", "Put plain quotation marks in their place"],
  ["CSV-OUTER-SPACES", "Take the outer spaces off"],
]);

/** What a group's fix does, in words. */
export function wordsOfFix(code: string, fix: string): string {
  return fixWords.get(code) ?? `Put “${fix}” in its place`;
}

/** The targets whose column a finding about a field comes from. */
export function targetsOfPath(path: RuleIssue["path"]): readonly ColumnTarget[] {
  if (path === "change") return [];
  if (path === "isAchPrefund" || path === "isUnderWritten" || path === "enableOffset") return [path, "fundingBasis"];
  return [path];
}
