import { isCurrencyCode } from "../currencies.ts";
import { currencyOf, sameValue } from "../field-sameness.ts";
import {
  type FieldChange, type FinzlyFieldName, finzlyFieldNames, type KnownFields, type KnownValue, type ProposedFields,
  type RuleIssue,
} from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";
import { checkUpdate } from "../finzly-update.ts";
import type { Risk } from "../risk.ts";
import type { CellProblem } from "./names.ts";
import { minorOf } from "./plain-money.ts";

export const rowBuckets = ["will-change", "no-change", "blocked"] as const;
export type RowBucket = (typeof rowBuckets)[number];

export interface CompareInput {
  readonly known: KnownFields;
  readonly proposed: ProposedFields;
  /** What is wrong with the row's cells: any error blocks the row. */
  readonly problems?: readonly CellProblem[] | undefined;
  readonly authorisationRef?: string | undefined;
  readonly customerSecCodes?: readonly string[] | undefined;
  readonly highRiskSecCodes?: readonly string[] | undefined;
  /** High risk without reason or authorisation reference blocks: only once these can no longer be added. */
  readonly requireEvidence?: boolean | undefined;
}

export interface ComparedRow {
  readonly bucket: RowBucket;
  readonly changes: readonly FieldChange[];
  readonly issues: readonly RuleIssue[];
  readonly risk: Risk;
  /** The currency in which the changes' minor units count. */
  readonly currency: string;
}

type Proposed = ProposedFields[FinzlyFieldName];

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => typeof item === "string" && item === b[at]);
}

function isSame(field: FinzlyFieldName, known: KnownValue, value: NonNullable<Proposed>, currency: string): boolean {
  if (known.masked === true) return false;
  if (finzlyFields[field].kind === "money") {
    return typeof value === "string" && typeof known.value === "number" && known.value === minorOf(value, currency);
  }
  if (value === known.value) return true;
  if (Array.isArray(value) && Array.isArray(known.value) && sameList(value, known.value)) return true;
  return sameValue(field, known.value, value);
}

function fastCurrency(known: KnownFields, proposed: ProposedFields): string {
  const own = known.currency?.value;
  const stays = proposed.currency === undefined || proposed.currency === own;
  return stays && typeof own === "string" && isCurrencyCode(own) ? own : currencyOf(known, proposed);
}

/** Whether the proposal changes nothing, found out without the full check. False only means: check. */
function changesNothing(known: KnownFields, proposed: ProposedFields, currency: string): boolean {
  for (const field of finzlyFieldNames) {
    const value = proposed[field];
    if (value === undefined || field === "reason") continue;
    const last = known[field];
    if (last === undefined || !isSame(field, last, value, currency)) {
      const isBlank = typeof value === "string" && value.trim() === "";
      if (!isBlank) return false;
    }
  }
  return true;
}

const noRisk: Risk = { class: "low", reason: "Nothing changes." };

/**
 * Judges one row by the very rules of the editor. Blocked: a cell's problem is an error, or the update has an error.
 * No change: every value is blank or as last known. A row that changes nothing never reaches the full check.
 */
export function compareRow(input: CompareInput): ComparedRow {
  const { known, proposed, problems } = input;
  const isBlocked = problems !== undefined && problems.some((problem) => problem.severity === "error");
  const currency = fastCurrency(known, proposed);
  if (changesNothing(known, proposed, currency)) {
    return { bucket: isBlocked ? "blocked" : "no-change", changes: [], issues: [], risk: noRisk, currency };
  }
  const checked = checkUpdate({
    known,
    proposed,
    authorisationRef: input.authorisationRef,
    customerSecCodes: input.customerSecCodes,
    highRiskSecCodes: input.highRiskSecCodes,
    requireEvidence: input.requireEvidence,
  });
  const { changes, issues, risk } = checked;
  const hasError = isBlocked || (changes.length > 0 && issues.some((issue) => issue.severity === "error"));
  const bucket = hasError ? "blocked" : changes.length === 0 ? "no-change" : "will-change";
  return { bucket, changes, issues, risk, currency: checked.currency };
}
