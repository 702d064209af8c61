import { currencyMinorDigits } from "./currencies.ts";

/** Why a text is not an amount; stable codes. */
export type MoneyFault =
  | "empty"
  | "shape"
  | "exponent"
  | "grouping"
  | "decimal-comma"
  | "decimals"
  | "too-large"
  | "currency-mismatch"
  | "currency-unknown";

export type ParsedMoney =
  | { readonly ok: true; readonly amountMinor: number }
  | { readonly ok: false; readonly code: MoneyFault; readonly message: string };

/** Symbols a person may type beside an amount. */
const symbols: ReadonlyMap<string, readonly string[]> = new Map([
  ["USD", ["$", "US$"]],
  ["CAD", ["$", "CA$", "C$"]],
  ["AUD", ["$", "A$"]],
  ["MXN", ["$", "MX$"]],
  ["EUR", ["€"]],
  ["GBP", ["£"]],
  ["JPY", ["¥"]],
  ["CNY", ["¥"]],
  ["INR", ["₹"]],
  ["CHF", ["Fr."]],
]);

const minusSigns = /^[-\u2212]/u;
const spaceGroup = "[ \\u00A0\\u2009\\u202F]";

function fault(code: MoneyFault, message: string): ParsedMoney {
  return { ok: false, code, message };
}

/** Number of digits after the decimal point for an ISO 4217 code; undefined for a code not in the list. */
export function minorDigits(currency: string): number | undefined {
  return currencyMinorDigits.get(currency);
}

function fromDigits(whole: string, fraction: string, digits: number, negative: boolean): ParsedMoney {
  const minor = BigInt(whole + fraction.padEnd(digits, "0"));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return fault("too-large", "The amount is too large to keep exactly.");
  const amount = Number(minor);
  return { ok: true, amountMinor: negative && amount !== 0 ? -amount : amount };
}

interface Stripped {
  readonly body: string;
  readonly negative: boolean;
  readonly fault?: ParsedMoney;
}

const unsigned = /^[\d.,]+$/u;

function stripSigns(text: string, currency: string): Stripped {
  if (unsigned.test(text)) return { body: text, negative: false };
  let body = text;
  let negative = false;
  let signed = false;
  let marked = false;
  const marks = [currency, ...(symbols.get(currency) ?? [])].toSorted((a, b) => b.length - a.length);
  if (body.startsWith("(") && body.endsWith(")")) {
    body = body.slice(1, -1).trim();
    negative = true;
    signed = true;
  }
  for (let turn = 0; turn < 2; turn += 1) {
    const sign = /^[-+\u2212]/u.exec(body);
    if (sign !== null && !signed) {
      negative = minusSigns.test(body);
      signed = true;
      body = body.slice(1).trim();
    }
    const before = marks.find((mark) => body.slice(0, mark.length).toUpperCase() === mark.toUpperCase());
    const after = marks.find((mark) => body.slice(-mark.length).toUpperCase() === mark.toUpperCase());
    if (!marked && before !== undefined) {
      body = body.slice(before.length).trim();
      marked = true;
    } else if (!marked && after !== undefined) {
      body = body.slice(0, -after.length).trim();
      marked = true;
    }
  }
  if (!signed && /[-\u2212]$/u.test(body)) return { body: body.slice(0, -1).trim(), negative: true };
  if (!marked && /^[A-Za-z]{3}\s*\d|\d\s*[A-Za-z]{3}$|[€£¥₹$]/u.test(body)) {
    const message = `This account is kept in ${currency}; the amount names another currency.`;
    return { body, negative, fault: fault("currency-mismatch", message) };
  }
  return { body, negative };
}

function numberPattern(group: string, point: string): RegExp {
  const groups = [group, spaceGroup, "['\\u2019]"].map((sign) => `\\d{1,3}(?:${sign}\\d{3})+`);
  return new RegExp(`^(\\d+|${groups.join("|")})?(?:${point}(\\d+))?$`, "u");
}

/** The usual number, without groups: told apart first, because it is the one that stands in a million cells. */
const plainPatterns = { ".": /^(\d+)(?:\.(\d+))?$/u, ",": /^(\d+)(?:,(\d+))?$/u } as const;
const numberPatterns = { ".": numberPattern(",", "\\."), ",": numberPattern("\\.", ",") } as const;

/** The whole and fraction digits of a number written with this decimal sign, or what is wrong with it. */
function splitNumber(body: string, decimal: "." | ","): { whole: string; fraction: string } | ParsedMoney {
  const plain = plainPatterns[decimal].exec(body);
  if (plain !== null) return { whole: plain[1] ?? "0", fraction: plain[2] ?? "" };
  const number = numberPatterns[decimal];
  const found = number.exec(body);
  if (found !== null && body !== "") {
    return { whole: (found[1] ?? "0").replace(/\D/gu, ""), fraction: found[2] ?? "" };
  }
  if (/^[\d.,]+e[+-]?\d+$/iu.test(body)) {
    return fault("exponent", "The amount is in scientific notation. Write all digits, such as 1,234.56.");
  }
  if (decimal === "." && /^(\d{1,3}(\.\d{3})+|\d+),\d{1,2}$|^\d{1,3}(\.\d{3}){2,}$/u.test(body)) {
    return fault("decimal-comma", "The amount seems to use a decimal comma. Write it as 1,234.56.");
  }
  if (/^[\d.,'\u2019 \u00A0\u2009\u202F]+$/u.test(body)) {
    return fault("grouping", "The thousands separators are not where they belong. Write it as 1,234.56.");
  }
  return fault("shape", "This is not an amount. Write it as 1,234.56.");
}

/**
 * Reads an amount as a person types it, into integer minor units of `currency`. Accepts thousands separators in correct
 * groups (comma, space or apostrophe), the currency's own code or sign, parentheses or a minus (also U+2212) for a
 * negative. Never rounds and never passes through a float: more decimals than the currency has, an exponent, a decimal
 * comma (unless `decimal: ","`), or more than Number.MAX_SAFE_INTEGER minor units are refused.
 */
export function parseMoney(text: string, currency: string, options?: { readonly decimal?: "." | "," }): ParsedMoney {
  const digits = minorDigits(currency);
  if (digits === undefined) return fault("currency-unknown", "The currency is unknown, so the amount cannot be read.");
  const trimmed = text.trim();
  if (trimmed === "") return fault("empty", "The amount is empty.");
  const stripped = stripSigns(trimmed, currency);
  if (stripped.fault !== undefined) return stripped.fault;
  const parts = splitNumber(stripped.body, options?.decimal ?? ".");
  if ("ok" in parts) return parts;
  if (parts.fraction.length > digits) {
    const allowed = digits === 0 ? "no decimals" : `at most ${String(digits)} decimals`;
    return fault("decimals", `${currency} has ${allowed}. The amount is not rounded; correct it.`);
  }
  return fromDigits(parts.whole, parts.fraction, digits, stripped.negative);
}

/**
 * Reads a number as a provider writes it ("24000.00", "1E3", "-0.5") exactly, into minor units of `currency`. Trailing
 * zeros beyond the currency's digits are exact and accepted; any other extra decimal is refused.
 */
export function parseDecimalLiteral(text: string, currency: string): ParsedMoney {
  const digits = minorDigits(currency);
  if (digits === undefined) return fault("currency-unknown", "The currency is unknown, so the amount cannot be read.");
  const found = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/u.exec(text);
  if (found === null) return fault("shape", "This is not a decimal number.");
  const fraction = found[3] ?? "";
  const shift = Number(found[4] ?? "0") - fraction.length + digits;
  const allDigits = `${found[2] ?? ""}${fraction}`;
  if (/^0+$/u.test(allDigits)) return { ok: true, amountMinor: 0 };
  if (shift > 40) return fault("too-large", "The amount is too large to keep exactly.");
  const kept = shift >= 0 ? allDigits + "0".repeat(shift) : allDigits.slice(0, Math.max(0, allDigits.length + shift));
  const lost = shift >= 0 ? "" : allDigits.slice(Math.max(0, allDigits.length + shift));
  if (/[1-9]/u.test(lost)) return fault("decimals", `The amount has more decimals than ${currency} has.`);
  return fromDigits(kept === "" ? "0" : kept, "", 0, found[1] === "-");
}

function plainDecimal(amountMinor: number, currency: string): { negative: boolean; whole: string; fraction: string } {
  const digits = minorDigits(currency);
  if (digits === undefined) throw new RangeError("An amount cannot be written without a known currency.");
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError("An amount must be a safe integer of minor units.");
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  return {
    negative: amountMinor < 0,
    whole: text.slice(0, text.length - digits),
    fraction: text.slice(text.length - digits),
  };
}

/**
 * Minor units as a person reads them: "250,000.00", "−1,000.00" (U+2212), always the currency's full minor digits.
 * Throws RangeError on a currency outside ISO 4217 or an unsafe integer.
 */
export function formatMoney(amountMinor: number, currency: string): string {
  const { negative, whole, fraction } = plainDecimal(amountMinor, currency);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, ",");
  return `${negative ? "\u2212" : ""}${grouped}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * Minor units as an exact JSON number literal with the currency's full minor digits: 25000000 USD is `250000.00`.
 * Throws RangeError on a currency outside ISO 4217 or an unsafe integer.
 */
export function moneyLiteral(amountMinor: number, currency: string): string {
  const { negative, whole, fraction } = plainDecimal(amountMinor, currency);
  return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
