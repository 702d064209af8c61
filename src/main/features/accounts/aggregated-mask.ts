import type { JsonValue } from "@contract";
import { maskAccountNumbers } from "@contract/rules/account-number-text.ts";
import { readDecimal } from "@contract/rules/aggregation/decimal-text.ts";
import { detailFields } from "@contract/rules/aggregation/detail-fields.ts";
import { positionFields } from "@contract/rules/aggregation/position-fields.ts";
import { readableName } from "@contract/rules/aggregation/readable-name.ts";
import { epochMs, type FieldUnit } from "@contract/rules/aggregation/shown-value.ts";
import { redact } from "../../core/mask.ts";

const numberWords: ReadonlySet<string> = new Set([
  "number", "num", "no", "nr", "iban", "account", "acct", "card", "pan", "ssn", "tax",
]);

/** "•••• 2765": the last four letters and digits. Shorter numbers show nothing. */
export function maskedNumber(text: string): string {
  const signs = text.replaceAll(/[^\p{L}\p{N}]/gu, "");
  return signs.length > 4 ? `•••• ${signs.slice(-4)}` : "••••";
}

/** Free text: the account numbers it quotes keep their last four. */
export function maskedText(text: string): string {
  return maskAccountNumbers(text);
}

/**
 * Text under a key that no document names: what a key calls a number keeps its last four; an amount with decimals and a
 * moment under a key that ends in date stay; any other long run of digits is masked.
 */
export function maskedUnknown(key: string, text: string): string {
  const words = readableName(key).toLowerCase().split(" ");
  if (words.some((word) => numberWords.has(word)) && /\d\D*\d\D*\d\D*\d/u.test(text)) return maskedNumber(text);
  const isAmount = text.includes(".") && readDecimal(text) !== undefined;
  return isAmount || (words.at(-1) === "date" && epochMs(text) !== undefined) ? text : maskedText(text);
}

/** A documented value. Loan award ids can be made of a social security number: only their last four leave main. */
function maskedKnown(key: string, unit: FieldUnit, text: string): string {
  if (key === "loanAwardId") return maskedNumber(text);
  if (unit === "id" || (unit === "date" && epochMs(text) !== undefined)) return text;
  const isNumber = unit === "money" || unit === "percent" || unit === "number";
  return isNumber && readDecimal(text) !== undefined ? text : maskedText(text);
}

function masked(
  values: Readonly<Record<string, string>>,
  fields: ReadonlyMap<string, { readonly unit: FieldUnit }>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, text]) => {
      const unit = fields.get(key)?.unit;
      return [key, unit === undefined ? maskedUnknown(key, text) : maskedKnown(key, unit, text)];
    }),
  );
}

export function maskedDetail(detail: Readonly<Record<string, string>>): Record<string, string> {
  return masked(detail, detailFields);
}

export function maskedPosition(position: Readonly<Record<string, string>>): Record<string, string> {
  return masked(position, positionFields);
}

/** JSON under a key that no document names, as one line of text. */
export function maskedJson(key: string, value: JsonValue): string {
  if (value === null || typeof value !== "object") return maskedUnknown(key, String(value));
  return maskedText(JSON.stringify(redact(value)));
}
