import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BatchTotals, batchTotals, type ComparedRow, compareRow, createTotals, mergeTotals, noTotals, subtractTotals,
  totalsFigures, totalsSentence,
} from "@contract/rules/bulk/index.ts";
import type { KnownFields, ProposedFields } from "@contract/rules/field-types.ts";
import { read, settlementAccount } from "./known-account.ts";

function compared(proposed: ProposedFields, known: KnownFields = settlementAccount): ComparedRow {
  return compareRow({ known, proposed });
}

function totalsOf(rows: readonly ComparedRow[]): BatchTotals {
  const totals = createTotals();
  for (const row of rows) totals.add(row);
  return totals.snapshot();
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const anyRow = fc
  .record(
    {
      debitExposureLimit: fc.constantFrom("10.00", "25000.01", "50000.00", "9999999.00", "1"),
      creditExposureLimit: fc.constantFrom("1.00", "90000000000000.00", "200000.00"),
      currency: fc.constantFrom("USD", "EUR"),
      secCodes: fc.constantFrom<string[][]>(["CCD"], ["WEB", "CCD", "PPD"], ["IAT"]),
      isAchPrefund: fc.boolean(),
      enableWire: fc.constantFrom("Yes", "No"),
      accountName: fc.constantFrom("a", "b"),
    },
    { requiredKeys: [] },
  )
  .map((proposed) => compared(proposed as ProposedFields, { ...settlementAccount }))
  .chain((row) =>
    fc.record({ reason: fc.boolean(), authorisationRef: fc.boolean() }).map((brings) => ({ ...row, brings })),
  );
const anyRows = fc.array(anyRow, { maxLength: 12 });

describe("totals of a batch", () => {
  it("speak in words and figures", () => {
    const totals = totalsOf([
      ...times(36, () => compared({ debitExposureLimit: "30000" })),
      compared({ debitExposureLimit: "125000" }),
      ...times(12, () => compared({ secCodes: ["CCD", "PPD", "WEB"] })),
      ...times(5, () => compared({ isAchPrefund: true, enableOffset: "Yes" })),
      ...times(1230, () => compared({ creditExposureLimit: "99999.99" })),
    ]);
    expect(totalsSentence(totals)).toBe(
      "1,284 accounts: debit limit raised on 37 (largest +400 %), credit limit lowered on 1,230 (less than 1 %), " +
        "WEB added on 12, offset on for 5, prefund on for 5.",
    );
    const figures = totalsFigures(totals);
    expect(figures.risk).toEqual({ low: 0, medium: 1230, high: 54 });
    expect(figures.largeIncreases).toBe(1);
    expect(figures.codes).toEqual({ rows: 12, added: [{ code: "WEB", count: 12 }], removed: [], set: 0 });
    expect(figures.money.map((entry) => [entry.label, entry.currency, entry.rows, entry.netText])).toEqual([
      ["Debit limit", "USD", 37, "+280,000.00"], ["Credit limit", "USD", 1230, "\u221212.30"],
    ]);
  });

  it("say “about” where a percent is kept to two figures, and only there", () => {
    const largest = (limit: string): string => totalsSentence(totalsOf([compared({ debitExposureLimit: limit })]));
    expect(largest("2524750")).toBe("1 account: debit limit raised on 1 (largest +9,999 %).");
    expect(largest("2612500")).toBe("1 account: debit limit raised on 1 (largest about +10,000 %).");
    expect(largest("503025000")).toBe("1 account: debit limit raised on 1 (largest about +2,000,000 %).");
  });

  it("say what was unknown before, and keep it out of the net sum", () => {
    const totals = totalsOf([
      compared({ debitExposureLimit: "5", secCodes: ["CCD"] }, { currency: read("USD") }),
      compared({ debitExposureLimit: "5000", secCodes: ["PPD"] }),
    ]);
    expect(totalsSentence(totals)).toBe(
      "2 accounts: debit limit lowered on 1 (largest \u221280 %), debit limit set on 1 where it was unknown, " +
        "CCD removed on 1, SEC codes set on 1 where they were unknown.",
    );
    expect(totalsFigures(totals).money[0]?.netText).toBe("\u221220,000.00");
  });

  it("keep currencies apart", () => {
    const euro: KnownFields = { ...settlementAccount, currency: read("EUR") };
    const raised = [compared({ debitExposureLimit: "25001" }), compared({ debitExposureLimit: "25002" }, euro)];
    const totals = totalsOf(raised);
    expect(totalsFigures(totals).money.map((entry) => `${entry.currency} ${entry.netText}`)).toEqual(
      ["EUR +2.00", "USD +1.00"],
    );
    expect(totalsSentence(totals)).toContain("debit limit in EUR raised on 1");
  });

  it("stay exact beyond the safe integers", () => {
    const none: KnownFields = { ...settlementAccount, creditExposureLimit: read(0) };
    const row = compared({ creditExposureLimit: "90000000000000.00" }, none);
    const net = totalsFigures(totalsOf(times(7, () => row))).money[0];
    expect([net?.netMinor, net?.netText]).toEqual(["63000000000000000", "+630,000,000,000,000.00"]);
  });

  it("tell how many rows bring their own reason and authorisation reference, and of which risk", () => {
    const brings = { reason: true, authorisationRef: false };
    const high = compared({ debitExposureLimit: "30000" });
    const rows = [{ ...high, brings }, high, { ...compared({ accountName: "a" }), brings }];
    expect(totalsFigures(totalsOf(rows)).brings).toEqual({
      reason: { rows: 2, high: 1 },
      authorisationRef: { rows: 0, high: 0 },
    });
  });

  it("of nothing say so", () => {
    expect(totalsSentence(noTotals)).toBe("No account will change.");
    expect(totalsOf([])).toEqual(noTotals);
  });

  it("merge in any order and grouping, and as JSON", () => {
    fc.assert(
      fc.property(anyRows, anyRows, anyRows, (first, second, third) => {
        const [a, b, c] = [totalsOf(first), totalsOf(second), totalsOf(third)];
        const all = totalsOf([...first, ...second, ...third]);
        expect(mergeTotals(mergeTotals(a, b), c)).toEqual(all);
        expect(mergeTotals(a, mergeTotals(b, c))).toEqual(all);
        expect(mergeTotals(c, mergeTotals(b, a))).toEqual(all);
        expect(batchTotals.parse(JSON.parse(JSON.stringify(all)))).toEqual(all);
      }),
      { numRuns: 200 },
    );
  });

  it("of unticked rows are taken back exactly", () => {
    fc.assert(
      fc.property(anyRows, anyRows, (kept, unticked) => {
        const all = totalsOf([...kept, ...unticked]);
        expect(subtractTotals(all, totalsOf(unticked))).toEqual(totalsOf(kept));
        const collector = createTotals(all);
        for (const row of unticked) collector.remove(row);
        expect(collector.snapshot()).toEqual(totalsOf(kept));
        expect(totalsSentence(collector.snapshot())).toBe(totalsSentence(totalsOf(kept)));
      }),
      { numRuns: 200 },
    );
  });
});
