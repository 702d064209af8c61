import {
  finzlyFieldNames,
  type AccountDetail,
  type AccountRow,
  type FieldValue,
  type FinzlyFieldName,
  type KnownFields,
  type KnownValue,
} from "@contract";
import { finzlyFields, lastFour } from "@contract/rules/finzly-fields.ts";
import { basisOf } from "@contract/rules/funding-basis.ts";

/**
 * A value the provider returned, when, and the last written value the read could have seen (a sequence, not a clock).
 */
export interface ReadValue {
  readonly value: FieldValue;
  readonly atMs: number;
  readonly seq: number;
}
export type ReadValues = { readonly [F in FinzlyFieldName]?: ReadValue | undefined };

/** A value Vostro wrote or a person entered. */
export interface WrittenValue {
  readonly seq: number;
  readonly field: FinzlyFieldName;
  readonly value: FieldValue;
  readonly source: "vostro-wrote" | "entered-by-hand";
  readonly atMs: number;
}

/** What was read before, with what this read returned over it; a field it did not return keeps its older time. */
export function readOver(
  before: ReadValues,
  returned: { readonly [F in FinzlyFieldName]?: FieldValue },
  atMs: number,
  seq: number,
): ReadValues {
  const fresh = finzlyFieldNames.flatMap((field) => {
    const value = returned[field];
    return value === undefined ? [] : [[field, { value, atMs, seq }] as const];
  });
  return { ...before, ...Object.fromEntries(fresh) };
}

/**
 * What is known: the provider's word where it said something, unless Vostro wrote the field after that read; and
 * where the provider never said, what Vostro last wrote or a person entered. A hand-entered value never stands over a
 * read one.
 */
export function knownFields(read: ReadValues, written: readonly WrittenValue[]): KnownFields {
  const known: { [F in FinzlyFieldName]?: KnownValue } = {};
  for (const field of finzlyFieldNames) {
    const seen = read[field];
    if (seen !== undefined) known[field] = { value: seen.value, source: "provider-read", atMs: seen.atMs };
  }
  for (const { field, value, source, atMs, seq } of written) {
    const seen = read[field];
    if (seen !== undefined && (source === "entered-by-hand" || seq <= seen.seq)) continue;
    known[field] = { value, source, atMs };
  }
  return known;
}

/** The funding basis the two flags say; "unknown" as long as one of them could still change it. */
export function fundingBasis(known: KnownFields): AccountRow["fundingBasis"] {
  const basis = basisOf(known, {});
  return basis === "both" ? "unknown" : basis;
}

/** As it may leave main: account numbers keep their last four characters and say so. */
export function maskedForScreen(known: KnownFields): AccountDetail["known"] {
  const entries = finzlyFieldNames.flatMap((field) => {
    const entry = known[field];
    if (entry === undefined) return [];
    if (!finzlyFields[field].masked || typeof entry.value !== "string") return [[field, entry] as const];
    return [[field, { ...entry, value: lastFour(entry.value), masked: true }] as const];
  });
  return Object.fromEntries(entries);
}

/** A text field's known value; undefined when unknown or not set. */
export function knownText(known: KnownFields, field: FinzlyFieldName): string | undefined {
  const value = known[field]?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A money field's known value in minor units. */
export function knownMinor(known: KnownFields, field: FinzlyFieldName): number | undefined {
  const value = known[field]?.value;
  return typeof value === "number" ? value : undefined;
}

/** The known SEC codes; undefined when unknown. */
export function knownCodes(known: KnownFields): string[] | undefined {
  const value = known.secCodes?.value;
  return Array.isArray(value) ? value.filter((code) => typeof code === "string") : undefined;
}
