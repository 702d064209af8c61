import { amountText, numberText, readDecimal } from "./decimal-text.ts";

/** What a field holds, which decides how it is shown. */
export type FieldUnit = "money" | "percent" | "number" | "date" | "yes-no" | "text" | "id";

/** A value fit to show: dates stay moments, so that the page shows them in the person's own time. */
export interface ShownValue {
  readonly kind: "money" | "percent" | "number" | "date" | "text" | "id";
  /** For a date, the text as the provider wrote it. */
  readonly text: string;
  readonly isNegative?: boolean;
  readonly atMs?: number;
}

/** 1973 to 5138: what may be seconds since 1970. Eight digits would be a day such as 20270115. */
const secondsPattern = /^\d{9,11}$/u;
const yes = new Set(["y", "yes", "t", "true"]);
const no = new Set(["n", "no", "f", "false"]);

function shownNumber(kind: "money" | "percent" | "number", raw: string, currency: string | undefined): ShownValue {
  const decimal = readDecimal(kind === "percent" ? raw.replace(/\s*%\s*$/u, "") : raw);
  if (decimal === undefined) return { kind: "text", text: raw };
  const text = kind === "money" ? amountText(decimal, currency) : numberText(decimal);
  const isNegative = text.startsWith("\u2212");
  return { kind, text: kind === "percent" ? `${text}%` : text, ...(isNegative ? { isNegative } : {}) };
}

/** Epoch seconds as milliseconds; undefined for anything that is not a whole number of seconds. */
export function epochMs(raw: string): number | undefined {
  const text = raw.trim();
  return secondsPattern.test(text) ? Number(text) * 1000 : undefined;
}

/**
 * The value of a field of this unit. What does not read as its unit is shown exactly as the provider wrote it: nothing is
 * rounded, dropped or guessed, and no number passes through a float. `currency` decides the decimals of money.
 */
export function shownValue(raw: string, unit: FieldUnit, currency?: string): ShownValue {
  switch (unit) {
    case "money":
    case "percent":
    case "number":
      return shownNumber(unit, raw, currency);
    case "date": {
      const atMs = epochMs(raw);
      return atMs === undefined ? { kind: "text", text: raw } : { kind: "date", text: raw, atMs };
    }
    case "yes-no": {
      const word = raw.trim().toLowerCase();
      return { kind: "text", text: yes.has(word) ? "Yes" : no.has(word) ? "No" : raw };
    }
    case "text":
    case "id":
      return { kind: unit, text: raw };
  }
}
