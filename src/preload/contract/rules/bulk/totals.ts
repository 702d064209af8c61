import { z } from "zod";
import type { FieldChange, RiskClass } from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";

/**
 * What a set of compared rows would do, as counts and sums by name: two sets add and subtract name by name, and a name
 * that comes to 0 is left out. Sums are whole minor units as text, because a million limits outgrow a safe integer.
 */
export const batchTotals = z.object({
  counts: z.record(z.string(), z.number().int()),
  sums: z.record(z.string(), z.string().regex(/^-?\d+$/u)),
});
export type BatchTotals = z.infer<typeof batchTotals>;

export const noTotals: BatchTotals = { counts: {}, sums: {} };

/** The parts of a compared row that totals are made of. */
export interface TotalledRow {
  readonly changes: readonly FieldChange[];
  readonly risk: { readonly class: RiskClass };
  readonly currency: string;
  /** What the row brings itself of what a High-risk change needs besides; nothing when left out. */
  readonly brings?: RowEvidence | undefined;
}

/** A reason and an authorisation reference: what the editor's rules ask of a High-risk change. */
export interface RowEvidence {
  readonly reason: boolean;
  readonly authorisationRef: boolean;
}

export interface TotalsCollector {
  /** Counts a row that will change; other rows are not for totals. */
  add(row: TotalledRow): void;
  /** Takes back a row that was added, as when it is unticked. */
  remove(row: TotalledRow): void;
  snapshot(): BatchTotals;
}

/** Percents from here on are kept to two figures only, so words must say "about". */
export const roughFromPercent = 10_000;

/** Whole percent; large ones to two figures, so that a million rows keep few different values. */
function wholePercent(tenths: number): number {
  const percent = Math.round(Math.abs(tenths) / 10);
  if (percent < roughFromPercent) return percent;
  const step = 10 ** (Math.floor(Math.log10(percent)) - 1);
  return Math.round(percent / step) * step;
}

interface Ledger {
  readonly counts: Map<string, number>;
  readonly sums: Map<string, bigint>;
}

function bump(ledger: Ledger, name: string, by: number): void {
  ledger.counts.set(name, (ledger.counts.get(name) ?? 0) + by);
}

function countMoney(ledger: Ledger, change: FieldChange, currency: string, by: number): void {
  const { field, deltaMinor, percentTenths } = change;
  const name = `${field}:${currency}`;
  bump(ledger, `money:${name}`, by);
  if (deltaMinor === undefined) return bump(ledger, `set:${name}`, by);
  const direction = deltaMinor < 0 ? "lowered" : "raised";
  bump(ledger, `${direction}:${name}`, by);
  if (percentTenths !== undefined) {
    bump(ledger, `percent-${direction}:${name}:${String(wholePercent(percentTenths))}`, by);
  }
  ledger.sums.set(name, (ledger.sums.get(name) ?? 0n) + BigInt(by) * BigInt(deltaMinor));
}

function countCodes(ledger: Ledger, change: FieldChange, by: number): void {
  bump(ledger, "codes", by);
  if (change.codesAdded === undefined) bump(ledger, "codes-set", by);
  for (const code of change.codesAdded ?? []) bump(ledger, `code-added:${code}`, by);
  for (const code of change.codesRemoved ?? []) bump(ledger, `code-removed:${code}`, by);
}

function countChange(ledger: Ledger, change: FieldChange, currency: string, by: number): void {
  const { field, to } = change;
  const { kind } = finzlyFields[field];
  if (change.largeIncrease) bump(ledger, "large-increase", by);
  if (kind === "money") countMoney(ledger, change, currency, by);
  else if (kind === "codes") countCodes(ledger, change, by);
  else if (kind === "flag" || kind === "yes-no") {
    bump(ledger, `${to === true || to === "Yes" ? "on" : "off"}:${field}`, by);
  } else bump(ledger, `changed:${field}`, by);
}

/** Only what is brought is counted, so totals that were kept before it was count every High-risk row as bringing none. */
function countEvidence(ledger: Ledger, { reason, authorisationRef }: RowEvidence, risk: RiskClass, by: number): void {
  const brought = [...(reason ? ["reason"] : []), ...(authorisationRef ? ["authorisationRef"] : [])];
  for (const name of brought) {
    bump(ledger, `brings:${name}`, by);
    if (risk === "high") bump(ledger, `high-brings:${name}`, by);
  }
}

function asJson(ledger: Ledger): BatchTotals {
  const counts = [...ledger.counts].filter(([, count]) => count !== 0);
  const sums = [...ledger.sums].filter(([, sum]) => sum !== 0n).map(([name, sum]) => [name, String(sum)] as const);
  return { counts: Object.fromEntries(counts), sums: Object.fromEntries(sums) };
}

/** Totals over rows as they stream by; memory grows with the variety of changes, not with the rows. */
export function createTotals(from: BatchTotals = noTotals): TotalsCollector {
  const ledger: Ledger = {
    counts: new Map(Object.entries(from.counts)),
    sums: new Map(Object.entries(from.sums).map(([name, sum]) => [name, BigInt(sum)] as const)),
  };
  const count = (row: TotalledRow, by: number): void => {
    bump(ledger, "accounts", by);
    bump(ledger, `risk:${row.risk.class}`, by);
    if (row.brings !== undefined) countEvidence(ledger, row.brings, row.risk.class, by);
    for (const change of row.changes) countChange(ledger, change, row.currency, by);
  };
  return {
    add: (row) => count(row, 1),
    remove: (row) => count(row, -1),
    snapshot: () => asJson(ledger),
  };
}

function combined(a: BatchTotals, b: BatchTotals, by: 1 | -1): BatchTotals {
  const counts = new Map(Object.entries(a.counts));
  for (const [name, count] of Object.entries(b.counts)) counts.set(name, (counts.get(name) ?? 0) + by * count);
  const sums = new Map(Object.entries(a.sums).map(([name, sum]) => [name, BigInt(sum)] as const));
  for (const [name, sum] of Object.entries(b.sums)) sums.set(name, (sums.get(name) ?? 0n) + BigInt(by) * BigInt(sum));
  return asJson({ counts, sums });
}

/** The totals of two disjoint sets of rows together. */
export function mergeTotals(a: BatchTotals, b: BatchTotals): BatchTotals {
  return combined(a, b, 1);
}

/** The totals of the rows of `a` without those of `b`, which must be among them. */
export function subtractTotals(a: BatchTotals, b: BatchTotals): BatchTotals {
  return combined(a, b, -1);
}
