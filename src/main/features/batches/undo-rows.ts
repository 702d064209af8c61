import {
  finzlyFieldNames,
  type FieldValue,
  type FinzlyFieldName,
  type KnownFields,
  type ProposedFields,
} from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { moneyLiteral } from "@contract/rules/money.ts";
import type { AcceptedChange } from "../changes/change-access.ts";
import type { GivenRow } from "./staging.ts";

/** A value as a person would type it; undefined where it cannot be typed, because blank leaves a field alone. */
function typed(field: FinzlyFieldName, value: FieldValue, currency: string): string | boolean | FieldValue | undefined {
  if (value === "" || (Array.isArray(value) && value.length === 0)) return undefined;
  if (finzlyFields[field].kind === "money") {
    return typeof value === "number" ? moneyLiteral(value, currency) : undefined;
  }
  return value;
}

/**
 * What puts one accepted change back: the earlier values proposed again, what the change wrote expected. Fields whose
 * earlier value is unknown, masked or blank cannot be put back. The reason is nobody's to put back.
 */
export function undoRow(change: AcceptedChange): GivenRow {
  const written = finzlyFieldNames.filter((field) => field !== "reason" && change.written[field] !== undefined);
  const earlier = change.base.currency?.value;
  const currency = typeof earlier === "string" ? earlier : change.currency;
  const cannot: FinzlyFieldName[] = [];
  const proposed: [FinzlyFieldName, unknown][] = [];
  const expected: { [F in FinzlyFieldName]?: KnownFields[F] } = {};
  for (const field of written) {
    const value = change.written[field];
    if (value !== undefined) expected[field] = { value, source: "vostro-wrote", atMs: change.atMs };
    const before = change.base[field];
    const text = before === undefined || before.masked === true ? undefined : typed(field, before.value, currency);
    if (text === undefined) cannot.push(field);
    else proposed.push([field, text]);
  }
  return {
    accountId: change.accountId,
    proposed: Object.fromEntries(proposed) as ProposedFields,
    expected,
    ...(cannot.length === 0 ? {} : { cannot }),
  };
}
