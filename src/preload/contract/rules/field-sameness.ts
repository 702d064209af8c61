import type { FieldValue, FinzlyFieldName, KnownFields, KnownValue, ProposedFields } from "./field-types.ts";
import { isCurrencyCode } from "./currencies.ts";
import { finzlyFields } from "./finzly-fields.ts";
import { canonicalJson, parseJsonText, writeJson } from "./json-text.ts";
import { normaliseSecCodes } from "./sec-codes.ts";

const upperCased: ReadonlySet<FinzlyFieldName> = new Set(["currency", "countryCode", "routingNumber"]);

/**
 * A text as it is compared and sent: trimmed; codes upper-cased; a choice in the provider's own spelling whatever the
 * case typed; line ends as \n; features as compact JSON when they parse. Applying it twice changes nothing.
 */
export function normaliseText(field: FinzlyFieldName, text: string): string {
  const trimmed = text.replace(/\r\n?/gu, "\n").trim();
  const { kind, choices } = finzlyFields[field];
  if (kind === "features") {
    const parsed = parseJsonText(trimmed);
    return parsed.ok ? writeJson(parsed.node) : trimmed;
  }
  if (upperCased.has(field)) return trimmed.toUpperCase().trim();
  const lower = trimmed.toLowerCase();
  return choices?.find((choice) => choice.value.toLowerCase() === lower)?.value ?? trimmed;
}

function canonicalText(field: FinzlyFieldName, text: string): string {
  const plain = normaliseText(field, text);
  if (finzlyFields[field].kind !== "features") return plain;
  const parsed = parseJsonText(plain);
  return parsed.ok ? canonicalJson(parsed.node) : plain;
}

function canonicalRows(rows: readonly unknown[]): string {
  const parsed = parseJsonText(JSON.stringify(rows));
  return parsed.ok ? canonicalJson(parsed.node) : JSON.stringify(rows);
}

function isTextList(list: readonly unknown[]): list is readonly string[] {
  return list.every((item) => typeof item === "string");
}

/**
 * Whether two values of a field mean the same: text after normalisation, money and flags by value, SEC codes as a set,
 * features and attributes by meaning (key order does not count, row order does). A masked value is never "the same".
 */
export function sameValue(field: FinzlyFieldName, a: FieldValue, b: FieldValue): boolean {
  if (typeof a === "string" && typeof b === "string") return canonicalText(field, a) === canonicalText(field, b);
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  if (finzlyFields[field].kind === "codes" && isTextList(a) && isTextList(b)) {
    const left = new Set(normaliseSecCodes(a));
    const right = new Set(normaliseSecCodes(b));
    return left.size === right.size && [...left].every((code) => right.has(code));
  }
  return canonicalRows(a) === canonicalRows(b);
}

/** Whether `value` is what is known; never for a masked last-known value, which shows too little to compare. */
export function isKnown(field: FinzlyFieldName, known: KnownValue | undefined, value: FieldValue): boolean {
  return known !== undefined && known.masked !== true && sameValue(field, known.value, value);
}

/**
 * The currency in which an update's money is read and sent: the proposed one, else the last known one, else USD. Codes
 * outside ISO 4217 are passed over.
 */
export function currencyOf(known: KnownFields, proposed: Pick<ProposedFields, "currency">): string {
  const candidates = [proposed.currency, known.currency?.value];
  for (const candidate of candidates) {
    const code = typeof candidate === "string" ? normaliseText("currency", candidate) : "";
    if (isCurrencyCode(code)) return code;
  }
  return "USD";
}
