import { finzlyFieldNames, type ProposedFields } from "../field-types.ts";
import { canonicalJson, parseJsonText } from "../json-text.ts";
import { createTextHash } from "./text-hash.ts";

function partsOf(value: ProposedFields[keyof ProposedFields]): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "\u0001yes" : "\u0001no";
  if (!Array.isArray(value)) return "";
  if (value.every((item) => typeof item === "string")) return value.toSorted().join("|");
  const parsed = parseJsonText(JSON.stringify(value));
  return parsed.ok ? canonicalJson(parsed.node) : JSON.stringify(value);
}

/** A number that is the same for rows that ask for the same values; for telling a repetition from a contradiction. */
export function rowSignature(proposed: ProposedFields, authorisationRef?: string): number {
  const hash = createTextHash(7);
  for (const field of finzlyFieldNames) {
    const value = proposed[field];
    hash.add(value === undefined ? "\u0000" : partsOf(value));
  }
  if (authorisationRef !== undefined) hash.add(authorisationRef);
  return hash.value();
}
