import type { ChangeDetail, FieldValue, FinzlyFieldName, VerifiedField } from "@contract";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import { currencyOf } from "@contract/rules/field-sameness.ts";

export interface ComparisonRow {
  readonly field: FinzlyFieldName;
  readonly label: string;
  readonly before: string;
  readonly proposed: string;
  /** Undefined until the account was read again, empty where the provider does not return the field. */
  readonly now: string | undefined;
  readonly verdict: VerifiedField["verdict"] | undefined;
  readonly isNumber: boolean;
}

/** The currency a change's amounts are in: proposed, else as its change sheet says, else USD. */
export function changeCurrency(change: ChangeDetail): string {
  const from = change.changes.find((each) => each.field === "currency")?.from;
  return currencyOf({ currency: from }, change.proposed);
}

/** Before, proposed and read again, for every field that was sent. */
export function comparisonRows(change: ChangeDetail, currency: string): readonly ComparisonRow[] {
  const shown = (field: FinzlyFieldName, value: FieldValue | undefined) => displayValue(field, value, currency);
  const rows = change.changes.map((each): ComparisonRow => {
    const read = change.verification.find((verified) => verified.field === each.field);
    return {
      field: each.field,
      label: each.label,
      before: shown(each.field, each.from?.value),
      proposed: shown(each.field, read?.sent ?? each.to),
      now: read === undefined ? undefined : read.verdict === "not-readable" ? "" : shown(each.field, read.now),
      verdict: read?.verdict,
      isNumber: finzlyFields[each.field].kind === "money",
    };
  });
  const others = change.verification
    .filter((read) => !change.changes.some((each) => each.field === read.field))
    .map((read): ComparisonRow => ({
      field: read.field,
      label: read.label,
      before: "",
      proposed: read.sent === undefined ? "not sent" : shown(read.field, read.sent),
      now: read.verdict === "not-readable" ? "" : shown(read.field, read.now),
      verdict: read.verdict,
      isNumber: finzlyFields[read.field].kind === "money",
    }));
  return [...rows, ...others];
}
