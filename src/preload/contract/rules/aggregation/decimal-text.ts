import { currencyMinorDigits } from "../currencies.ts";

/** A decimal number as its digits, never a float. */
export interface Decimal {
  readonly isNegative: boolean;
  /** No leading zeros, at least one digit. */
  readonly whole: string;
  /** As written, trailing zeros kept. */
  readonly fraction: string;
}

const decimalPattern = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?$/u;
const mostShift = 40;

/** Reads a number as a provider writes it ("-1234.56", "1.5E3", ".5"); undefined for anything else. */
export function readDecimal(text: string): Decimal | undefined {
  const found = decimalPattern.exec(text.trim());
  if (found === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = found;
  const shift = Number(exponent);
  if (whole + fraction === "" || Math.abs(shift) > mostShift) return undefined;
  const point = whole.length + shift;
  const digits = `${whole}${fraction}`.padStart(whole.length + fraction.length + Math.max(0, -point), "0");
  const at = Math.max(0, point);
  return {
    isNegative: sign === "-",
    whole: digits.slice(0, at).padEnd(at, "0").replace(/^0+(?=\d)/u, "") || "0",
    fraction: digits.slice(at),
  };
}

function grouped({ isNegative, whole, fraction }: Decimal): string {
  const isZero = /^0*$/u.test(whole + fraction);
  const sign = isNegative && !isZero ? "\u2212" : "";
  return `${sign}${whole.replaceAll(/\B(?=(\d{3})+$)/gu, ",")}${fraction === "" ? "" : `.${fraction}`}`;
}

/** "1,234.5678": the number exactly as written, with thousands separators and a true minus sign (U+2212). */
export function numberText(decimal: Decimal): string {
  return grouped(decimal);
}

/**
 * "−1,234.50": at least the currency's minor digits (two where the currency is unknown). Further decimals that the
 * provider sent are kept, not rounded; trailing zeros beyond the currency's digits are left out.
 */
export function amountText(decimal: Decimal, currency: string | undefined): string {
  const digits = currencyMinorDigits.get(currency ?? "USD") ?? 2;
  const kept = decimal.fraction.slice(digits).replace(/0+$/u, "");
  return grouped({ ...decimal, fraction: decimal.fraction.slice(0, digits).padEnd(digits, "0") + kept });
}
