import { type FinzlyFieldName, finzlyFieldNames, type RiskClass } from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";
import { minorDigits } from "../money.ts";
import { roughFromPercent, type BatchTotals, type RowEvidence } from "./totals.ts";

/** One amount field in one currency. Percentages are whole, of the last known amount. */
export interface MoneyFigures {
  readonly field: FinzlyFieldName;
  readonly label: string;
  readonly currency: string;
  readonly rows: number;
  readonly raised: number;
  readonly lowered: number;
  /** Set where the amount before is unknown or in another currency; not in the net sum. */
  readonly set: number;
  /** Minor units as text; it may outgrow a safe integer. */
  readonly netMinor: string;
  /** "+4,218,500.00", "−20.00" (U+2212) or "0.00". */
  readonly netText: string;
  readonly largestRaisePercent?: number;
  readonly largestCutPercent?: number;
}

export interface CodeFigure {
  readonly code: string;
  readonly count: number;
}

/** Totals as the footer of Compare shows them. */
export interface TotalsFigures {
  readonly accounts: number;
  readonly risk: Readonly<Record<RiskClass, number>>;
  readonly largeIncreases: number;
  /** How many rows bring their own, and how many of them are of High risk. */
  readonly brings: Readonly<Record<keyof RowEvidence, { readonly rows: number; readonly high: number }>>;
  readonly money: readonly MoneyFigures[];
  readonly codes: {
    readonly rows: number;
    readonly added: readonly CodeFigure[];
    readonly removed: readonly CodeFigure[];
    /** Rows whose codes before are unknown. */
    readonly set: number;
  };
}

function signedMoney(minor: bigint, currency: string): string {
  const digits = minorDigits(currency) ?? 0;
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(?:\d{3})+$)/gu, ",");
  const sign = minor < 0n ? "\u2212" : minor > 0n ? "+" : "";
  return `${sign}${whole}${digits === 0 ? "" : `.${text.slice(text.length - digits)}`}`;
}

function under(totals: BatchTotals, prefix: string): (readonly [rest: string, count: number])[] {
  return Object.entries(totals.counts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, count]) => [name.slice(prefix.length), count] as const);
}

function largest(totals: BatchTotals, prefix: string): number | undefined {
  const percents = under(totals, prefix).map(([percent]) => Number(percent));
  return percents.length === 0 ? undefined : percents.reduce((top, percent) => Math.max(top, percent), 0);
}

function moneyFigures(totals: BatchTotals, field: FinzlyFieldName, currency: string): MoneyFigures {
  const name = `${field}:${currency}`;
  const { counts } = totals;
  const netMinor = totals.sums[name] ?? "0";
  const raise = largest(totals, `percent-raised:${name}:`);
  const cut = largest(totals, `percent-lowered:${name}:`);
  return {
    field,
    label: finzlyFields[field].label,
    currency,
    rows: counts[`money:${name}`] ?? 0,
    raised: counts[`raised:${name}`] ?? 0,
    lowered: counts[`lowered:${name}`] ?? 0,
    set: counts[`set:${name}`] ?? 0,
    netMinor,
    netText: signedMoney(BigInt(netMinor), currency),
    ...(raise === undefined ? {} : { largestRaisePercent: raise }),
    ...(cut === undefined ? {} : { largestCutPercent: cut }),
  };
}

function codeFigures(totals: BatchTotals, prefix: string): CodeFigure[] {
  return under(totals, prefix)
    .map(([code, count]) => ({ code, count }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The figures behind the words, fields in the provider's order, codes by how many accounts they touch. */
export function totalsFigures(totals: BatchTotals): TotalsFigures {
  const { counts } = totals;
  const brings = (name: keyof RowEvidence) => ({
    rows: Math.max(0, counts[`brings:${name}`] ?? 0),
    high: Math.max(0, counts[`high-brings:${name}`] ?? 0),
  });
  const money = finzlyFieldNames.flatMap((field) =>
    under(totals, `money:${field}:`)
      .map(([currency]) => currency)
      .toSorted()
      .map((currency) => moneyFigures(totals, field, currency)),
  );
  return {
    accounts: counts["accounts"] ?? 0,
    risk: { low: counts["risk:low"] ?? 0, medium: counts["risk:medium"] ?? 0, high: counts["risk:high"] ?? 0 },
    largeIncreases: counts["large-increase"] ?? 0,
    brings: { reason: brings("reason"), authorisationRef: brings("authorisationRef") },
    money,
    codes: {
      rows: counts["codes"] ?? 0,
      added: codeFigures(totals, "code-added:"),
      removed: codeFigures(totals, "code-removed:"),
      set: counts["codes-set"] ?? 0,
    },
  };
}

const switchWords: ReadonlyMap<FinzlyFieldName, string> = new Map([
  ["isAchPrefund", "prefund"],
  ["isUnderWritten", "underwriting"],
  ["enableOffset", "offset"],
  ["enableWire", "wire"],
  ["enableCallbacks", "callbacks"],
]);

function inSentence(field: FinzlyFieldName): string {
  const { label } = finzlyFields[field];
  return /^[A-Z]{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

function figure(count: number): string {
  return count.toLocaleString("en-US");
}

function largestWords(sign: string, percent: number | undefined): string {
  if (percent === undefined) return "";
  if (percent === 0) return " (less than 1 %)";
  return ` (largest ${percent < roughFromPercent ? "" : "about "}${sign}${figure(percent)} %)`;
}

function moneyWords(figures: MoneyFigures, manyCurrencies: boolean): string[] {
  const name = `${inSentence(figures.field)}${manyCurrencies ? ` in ${figures.currency}` : ""}`;
  const raise = figures.largestRaisePercent;
  const cut = figures.largestCutPercent;
  const top = largestWords("+", raise);
  const bottom = largestWords("\u2212", cut);
  return [
    ...(figures.raised === 0 ? [] : [`${name} raised on ${figure(figures.raised)}${top}`]),
    ...(figures.lowered === 0 ? [] : [`${name} lowered on ${figure(figures.lowered)}${bottom}`]),
    ...(figures.set === 0 ? [] : [`${name} set on ${figure(figures.set)} where it was unknown`]),
  ];
}

function fieldWords(totals: BatchTotals, field: FinzlyFieldName): string[] {
  const { counts } = totals;
  const on = counts[`on:${field}`] ?? 0;
  const off = counts[`off:${field}`] ?? 0;
  const changed = counts[`changed:${field}`] ?? 0;
  const word = switchWords.get(field) ?? inSentence(field);
  return [
    ...(on === 0 ? [] : [`${word} on for ${figure(on)}`]),
    ...(off === 0 ? [] : [`${word} off for ${figure(off)}`]),
    ...(changed === 0 ? [] : [`${inSentence(field)} changed on ${figure(changed)}`]),
  ];
}

/** What the totals say, one short clause each: limits, SEC codes, switches, then the other fields. */
export function totalsClauses(totals: BatchTotals): string[] {
  const { money, codes } = totalsFigures(totals);
  const manyCurrencies = new Set(money.map((figures) => figures.currency)).size > 1;
  const set = codes.set === 0 ? [] : [`SEC codes set on ${figure(codes.set)} where they were unknown`];
  return [
    ...money.flatMap((figures) => moneyWords(figures, manyCurrencies)),
    ...codes.added.map(({ code, count }) => `${code} added on ${figure(count)}`),
    ...codes.removed.map(({ code, count }) => `${code} removed on ${figure(count)}`),
    ...set,
    ...finzlyFieldNames.flatMap((field) => fieldWords(totals, field)),
  ];
}

/** "1,284 accounts: debit limit raised on 37 (largest +400 %), WEB added on 12, prefund on for 5." */
export function totalsSentence(totals: BatchTotals): string {
  const accounts = totals.counts["accounts"] ?? 0;
  if (accounts === 0) return "No account will change.";
  return `${figure(accounts)} account${accounts === 1 ? "" : "s"}: ${totalsClauses(totals).join(", ")}.`;
}
