import { minorDigits, moneyLiteral, parseMoney, type ParsedMoney } from "../money.ts";
import type { AmountUnit } from "./amount-format.ts";

const mostDigits = 15;

/**
 * Minor units of a plain amount with at most `digits` decimals ("25000", "25,000.50"); −1 for anything else, which
 * `parseMoney` has to read. Exact: at most 15 digits in all.
 */
export function plainMinor(text: string, digits: number): number {
  let amount = 0;
  let decimals = -1;
  let count = 0;
  let inGroup = -1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) {
      amount = amount * 10 + (unit - 48);
      count += 1;
      if (decimals >= 0) decimals += 1;
      else if (inGroup >= 0) inGroup += 1;
    } else if (unit === 46 && decimals < 0 && count > 0) decimals = 0;
    else if (unit === 44 && decimals < 0 && (inGroup < 0 ? count > 0 && count <= 3 : inGroup === 3)) inGroup = 0;
    else return -1;
  }
  if (inGroup >= 0 && inGroup !== 3) return -1;
  const missing = digits - Math.max(decimals, 0);
  if (count === 0 || count + missing > mostDigits || missing < 0 || decimals === 0) return -1;
  for (let left = missing; left > 0; left -= 1) amount *= 10;
  return amount;
}

/** Minor units of a proposed amount (point decimals, whole units), or undefined when it cannot be read. */
export function minorOf(text: string, currency: string): number | undefined {
  const digits = minorDigits(currency);
  if (digits === undefined) return undefined;
  const plain = plainMinor(text, digits);
  if (plain >= 0) return plain;
  const parsed = parseMoney(text, currency);
  return parsed.ok ? parsed.amountMinor : undefined;
}

const usedPoint = /\.\d/u;
const usedComma = /,\d/u;

function centsText(text: string, currency: string, decimal: "." | ","): ParsedMoney {
  const read = parseMoney(text, currency, { decimal });
  const digits = minorDigits(currency);
  if (!read.ok || digits === undefined) return read;
  if ((decimal === "." ? usedPoint : usedComma).test(text)) {
    const message = "This column is in cents, which have no decimals. Correct the amount.";
    return { ok: false, code: "decimals", message };
  }
  return { ok: true, amountMinor: read.amountMinor / 10 ** digits };
}

/**
 * Reads an amount of a file into minor units: in dollars with the column's decimal sign, or as a whole number of cents.
 * Never rounds and never passes through a float.
 */
export function readAmount(
  text: string,
  currency: string,
  unit: Exclude<AmountUnit, "ask">,
  decimal: "." | ",",
): ParsedMoney {
  const digits = minorDigits(currency);
  if (digits !== undefined && decimal === ".") {
    const plain = plainMinor(text, unit === "cents" ? 0 : digits);
    if (plain >= 0) return { ok: true, amountMinor: plain };
  }
  return unit === "cents" ? centsText(text, currency, decimal) : parseMoney(text, currency, { decimal });
}

/** The amount as proposed: decimal text with the currency's full minor digits, "400000.00". */
export function amountText(text: string, amountMinor: number, currency: string): string {
  const digits = minorDigits(currency) ?? 0;
  const isWritten =
    digits > 0 && text.charCodeAt(text.length - digits - 1) === 46 && text.charCodeAt(0) !== 48 &&
    !text.includes(",") && plainMinor(text, digits) === amountMinor;
  return isWritten ? text : moneyLiteral(amountMinor, currency);
}
