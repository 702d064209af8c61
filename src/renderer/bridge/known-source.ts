import type { FinzlyFieldName, KnownFields, KnownValue, ValueSource } from "@contract";

/** Who said so: "Finzly read", "Vostro wrote", "Entered by hand". */
export function sourceWords(source: ValueSource, provider: string): string {
  switch (source) {
    case "provider-read":
      return `${provider} read`;
    case "vostro-wrote":
      return "Vostro wrote";
    case "entered-by-hand":
      return "Entered by hand";
  }
}

/** Of several last-known values: the commonest source with the oldest age, undefined when none is known. */
export function groupSource(fields: readonly FinzlyFieldName[], known: KnownFields): KnownValue | undefined {
  const values = fields.map((field) => known[field]).filter((value) => value !== undefined);
  const bySource = new Map<ValueSource, KnownValue[]>();
  for (const value of values) bySource.set(value.source, [...(bySource.get(value.source) ?? []), value]);
  const largest = [...bySource.values()].toSorted((a, b) => b.length - a.length)[0];
  return largest?.toSorted((a, b) => a.atMs - b.atMs)[0];
}
