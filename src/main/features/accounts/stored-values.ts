import { finzlyFieldNames, type FieldValue, type FinzlyFieldName, type KnownFields } from "@contract";
import { knownFields, type ReadValues, type WrittenValue } from "./known-values.ts";

/**
 * Read values as the cache keeps them: what was read, the time (ms since 1970) and sequence most of them share, and
 * both for each field that differs. A third of the text of one object a field, and much quicker to take apart.
 */
export interface StoredValues {
  readonly atMs: number;
  readonly seq: number;
  readonly values: { readonly [F in FinzlyFieldName]?: FieldValue };
  readonly others?: { readonly [F in FinzlyFieldName]?: readonly [atMs: number, seq: number] };
}

/** The text to store. */
export function storedText(read: ReadValues): string {
  const known = finzlyFieldNames.flatMap((field) => {
    const value = read[field];
    return value === undefined ? [] : [{ field, ...value }];
  });
  const atMs = Math.max(0, ...known.map((value) => value.atMs));
  const newest = known.filter((value) => value.atMs === atMs);
  const seq = Math.max(0, ...newest.map((value) => value.seq));
  const others = known.filter((value) => value.atMs !== atMs || value.seq !== seq);
  const stored: StoredValues = {
    atMs,
    seq,
    values: Object.fromEntries(known.map(({ field, value }) => [field, value])),
    ...(others.length === 0
      ? {}
      : { others: Object.fromEntries(others.map((value) => [value.field, [value.atMs, value.seq] as const])) }),
  };
  return JSON.stringify(stored);
}

/** Takes a stored text apart, also one from before it was shortened: an object a field. */
export function storedValues(text: string): StoredValues {
  const parsed = JSON.parse(text) as StoredValues | ReadValues;
  return "values" in parsed ? parsed : (JSON.parse(storedText(parsed)) as StoredValues);
}

/** Each value with its own time and sequence. */
export function readValuesOf({ atMs, seq, values, others }: StoredValues): ReadValues {
  const read = finzlyFieldNames.flatMap((field) => {
    const value = values[field];
    if (value === undefined) return [];
    const [ownMs, ownSeq] = others?.[field] ?? [atMs, seq];
    return [[field, { value, atMs: ownMs, seq: ownSeq }] as const];
  });
  return Object.fromEntries(read);
}

/** What is known: what was read, with what Vostro wrote or a person entered since. */
export function knownOf(stored: StoredValues, written: readonly WrittenValue[]): KnownFields {
  return knownFields(readValuesOf(stored), written);
}
