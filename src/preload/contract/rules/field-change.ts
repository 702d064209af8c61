import type { FieldChange, FieldValue, FinzlyFieldName, KnownValue } from "./field-types.ts";
import { finzlyFields, lastFour } from "./finzly-fields.ts";
import { riskOfField, secCodeDifference } from "./risk.ts";

export interface FieldChangeInput {
  readonly field: FinzlyFieldName;
  readonly from?: KnownValue | undefined;
  readonly to: FieldValue;
  readonly sameCurrency: boolean;
  readonly forcedBy?: string | undefined;
  readonly highRiskSecCodes?: readonly string[] | undefined;
}

/** Tenths of a percent from `before` to `after`, rounded half away from zero; undefined from 0 or beyond safe size. */
export function percentTenths(before: number, after: number): number | undefined {
  if (before <= 0) return undefined;
  const base = BigInt(before);
  const scaled = (BigInt(after) - base) * 2000n;
  const rounded = (scaled + (scaled < 0n ? -base : base)) / (base * 2n);
  const tenths = Number(rounded);
  return Number.isSafeInteger(tenths) ? tenths : undefined;
}

function moneyDifference(before: number, after: number): Partial<FieldChange> & { readonly largeIncrease: boolean } {
  const deltaMinor = after - before;
  const tenths = percentTenths(before, after);
  return {
    ...(Number.isSafeInteger(deltaMinor) ? { deltaMinor } : {}),
    ...(tenths === undefined ? {} : { percentTenths: tenths }),
    largeIncrease: BigInt(after) > 2n * BigInt(before),
  };
}

function maskedText(value: FieldValue): FieldValue {
  return typeof value === "string" ? lastFour(value) : "";
}

function maskedKnown(known: KnownValue): KnownValue {
  return known.masked === true ? known : { ...known, value: maskedText(known.value), masked: true };
}

/**
 * One line of the change sheet, fit to leave main: of a masked field `from` and `to` hold at most the last four
 * characters. Amounts compare only within one currency.
 */
export function describeChange(input: FieldChangeInput): FieldChange {
  const { field, from, to, sameCurrency, forcedBy } = input;
  const { label, kind, masked } = finzlyFields[field];
  const codes = kind === "codes" ? secCodeDifference(from, to) : undefined;
  const before = from?.value;
  const comparable = kind === "money" && sameCurrency && Number.isSafeInteger(before) && Number.isSafeInteger(to);
  const difference =
    comparable && typeof before === "number" && typeof to === "number"
      ? moneyDifference(before, to)
      : { largeIncrease: false };
  const shownFrom = from !== undefined && masked ? maskedKnown(from) : from;
  return {
    field,
    label,
    ...(shownFrom === undefined ? {} : { from: shownFrom }),
    to: masked ? maskedText(to) : to,
    masked,
    ...difference,
    ...(codes === undefined ? {} : { codesAdded: [...codes.added], codesRemoved: [...codes.removed] }),
    ...(forcedBy === undefined ? {} : { forcedBy }),
    risk: riskOfField(input),
  };
}
