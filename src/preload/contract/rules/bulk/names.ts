import { z } from "zod";
import { severity } from "../field-types.ts";
import { columnTarget, type ColumnTarget } from "./targets.ts";

interface CodeFacts<C extends string> {
  readonly code: C;
  readonly severity: "error" | "warning";
  readonly what: string;
}

function fact<const C extends string>(code: C, level: "error" | "warning", what: string): CodeFacts<C> {
  return { code, severity: level, what };
}

/**
 * Everything that can be wrong with a cell or row of a file besides the update rules. An error keeps the row from being
 * sent, a warning asks a person to look. Codes never change.
 */
export const bulkCodes = [
  fact("CSV-DAMAGE-SCIENTIFIC", "error", "A number in scientific notation; digits are missing."),
  fact("CSV-DAMAGE-ZEROS", "error", "An identifier that lost its leading zeros."),
  fact("CSV-DAMAGE-ROUNDED", "error", "A long number whose digits after the fifteenth became 0."),
  fact("CSV-DAMAGE-DATE", "error", "A code that was turned into a date."),
  fact("CSV-DAMAGE-POINT-ZERO", "error", "A whole number that got a .0 at its end."),
  fact("CSV-DAMAGE-SPACES", "error", "No-break or invisible spaces in an identifier, code, amount or word."),
  fact("CSV-DAMAGE-QUOTES", "error", "Curly quotation marks where no quotation mark belongs."),
  fact("CSV-DAMAGE-APOSTROPHE", "error", "An apostrophe before the value, as spreadsheets mark text."),
  fact("CSV-DAMAGE-WRAPPER", "error", 'A value wrapped as a formula: ="…".'),
  fact("CSV-DAMAGE-THOUSANDS", "error", "Thousands separators in an identifier."),
  fact("CSV-DAMAGE-ERROR-VALUE", "error", "A spreadsheet's error or overflow mark instead of a value."),
  fact("CSV-TEXT-SPACES", "warning", "No-break or invisible spaces in a text for people."),
  fact("CSV-TEXT-QUOTES", "warning", "Curly quotation marks in a text for people."),
  fact("CSV-OUTER-SPACES", "warning", "Spaces before or after the value; they are not sent."),
  fact("CSV-CLEAR", "error", "<CLEAR> for a field the provider documents no way to clear."),
  fact("CSV-AMOUNT", "error", "Not an amount that can be read exactly."),
  fact("CSV-AMOUNT-UNIT", "error", "An amount in a column that is not yet said to be dollars or cents."),
  fact("CSV-YES-NO", "error", "Not a word for Yes or No."),
  fact("CSV-BASIS", "error", "Not Prefunded, Underwritten or Neither."),
  fact("CSV-BASIS-CLASH", "error", "The funding basis contradicts another column of the same row."),
  fact("CSV-LIST-MIXED", "error", "A list that mixes whole codes with additions and removals."),
  fact("CSV-LIST-BOTH-WAYS", "error", "A code is added and removed in one cell."),
  fact("CSV-LIST-UNKNOWN", "error", "Additions or removals while the last known codes are unknown."),
  fact("CSV-LIST-LONG", "error", "More codes, or longer ones, than an update can hold."),
  fact("CSV-ATTRIBUTES", "error", "Not a JSON list of attribute objects."),
  fact("CSV-TOO-LONG", "error", "More characters than the field can hold."),
  fact("CSV-KEY-MISSING", "error", "A cell that says which account is meant is empty."),
  fact("CSV-KEY-SHAPE", "error", "A key that cannot be one of the provider's."),
  fact("CSV-DUPLICATE-ROW", "error", "The same account again with the same values."),
  fact("CSV-CONFLICTING-ROWS", "error", "The same account again with other values."),
] as const;

export type BulkCode = (typeof bulkCodes)[number]["code"];

const severities: ReadonlyMap<BulkCode, "error" | "warning"> = new Map(
  bulkCodes.map((entry) => [entry.code, entry.severity] as const),
);

/** Whether a code keeps the row from being sent. */
export function severityOf(code: BulkCode): "error" | "warning" {
  return severities.get(code) ?? "error";
}

/**
 * What is wrong with a cell, before it is known where it stands. `message` is a whole sentence that never holds the
 * cell, so that equal problems group. `fix` is the text to put in the cell's place: it may be a whole account number
 * and stays in main for masked targets.
 */
export interface CellFinding {
  readonly code: BulkCode;
  readonly message: string;
  readonly fix?: string;
}

export const cellProblem = z.object({
  code: z.enum(bulkCodes.map((entry) => entry.code)),
  severity,
  /** 0-based place of the column in the file. */
  column: z.number().int().nonnegative(),
  target: columnTarget,
  message: z.string().max(500),
  fix: z.string().optional(),
});
export type CellProblem = z.infer<typeof cellProblem>;

/** The finding with its place and severity. */
export function problemAt(found: CellFinding, column: number, target: ColumnTarget): CellProblem {
  return {
    code: found.code,
    severity: severityOf(found.code),
    column,
    target,
    message: found.message,
    ...(found.fix === undefined ? {} : { fix: found.fix }),
  };
}
