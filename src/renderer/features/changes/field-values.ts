import type { FieldChange, FinzlyFieldName, KnownFields, KnownValue, ProposedFields, RuleIssue } from "@contract";
import { currencyMinorDigits } from "@contract/rules/currencies.ts";
import { currencyOf } from "@contract/rules/field-sameness.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { formatMoney, parseMoney } from "@contract/rules/money.ts";

/** A known value as the text a person would type for it; empty when unknown or not set. */
export function knownText(field: FinzlyFieldName, known: KnownValue | undefined, currency: string): string {
  if (known === undefined) return "";
  const { value } = known;
  if (typeof value === "string") return value;
  if (typeof value === "number") {
    return finzlyFields[field].kind === "money" && currencyMinorDigits.has(currency)
      ? formatMoney(value, currency)
      : String(value);
  }
  return "";
}

/** An amount as typed, written the house way where it can be read; otherwise as it was typed. */
export function tidyMoney(text: string, currency: string): string {
  const parsed = parseMoney(text, currency);
  return parsed.ok ? formatMoney(parsed.amountMinor, currency) : text;
}

type TextField = {
  [F in FinzlyFieldName]: ProposedFields[F] extends string | undefined ? F : never;
}[FinzlyFieldName];
export type { TextField };

type FlagField = {
  [F in FinzlyFieldName]: ProposedFields[F] extends boolean | undefined ? F : never;
}[FinzlyFieldName];
export type { FlagField };

/** What a text field shows: the proposal as typed, else the last known value. */
export function shownText(field: TextField, known: KnownFields, proposed: ProposedFields): string {
  return proposed[field] ?? knownText(field, known[field], currencyOf(known, proposed));
}

export type YesNoChoice = "yes" | "no" | "unset";

/** A Yes/No string field or a flag as the one three-way control shows both. */
export function shownYesNo(field: FinzlyFieldName, known: KnownFields, proposed: ProposedFields): YesNoChoice {
  const value = proposed[field] ?? known[field]?.value;
  if (value === true || value === "Yes") return "yes";
  if (value === false || value === "No") return "no";
  return "unset";
}

/** Not set can be chosen only while nothing else is known: no documented way clears a value. */
export function mayBeUnset(field: FinzlyFieldName, known: KnownFields): boolean {
  const value = known[field]?.value;
  return value === undefined || value === "";
}

/** Whether the field differs from what is last known, or holds something the rules found fault with. */
export function isDirty(
  field: FinzlyFieldName,
  proposed: ProposedFields,
  changes: readonly FieldChange[],
  issues: readonly RuleIssue[],
): boolean {
  if (changes.some((change) => change.field === field)) return true;
  const value = proposed[field];
  if (value === undefined || value === "") return false;
  return issues.some((issue) => issue.path === field && issue.severity === "error");
}

export function issuesOf(path: RuleIssue["path"], issues: readonly RuleIssue[]): readonly RuleIssue[] {
  return issues.filter((issue) => issue.path === path);
}
