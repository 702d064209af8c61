import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldValue, FinzlyFieldName } from "@contract";
import { compareRow, proposalColumns, readSafeCell, rowProposal, type BulkColumn } from "@contract/rules/bulk/index.ts";
import { currencyOf } from "@contract/rules/field-sameness.ts";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import { knownOf, storedText, storedValues } from "../../../src/main/features/accounts/stored-values.ts";
import type { CachedAccount } from "../../../src/main/features/batches/worker/account-cache.ts";
import { createUnchangedRows } from "../../../src/main/features/batches/worker/unchanged-rows.ts";

const read = fc.record({ atMs: fc.constantFrom(5, 7), seq: fc.constantFrom(0, 3) });
const values: Partial<Record<FinzlyFieldName, readonly FieldValue[]>> = {
  accountName: ["Operating", "'=1+1", "", "Büro"],
  accountType: ["Deposit", "Loan"],
  bankIdType: ["NID", "BIC"],
  enableWire: ["Yes", "No"],
  isAchPrefund: [true, false],
  currency: ["USD", "JPY", "usd"],
  debitExposureLimit: [25_000_000, 0, 100],
  secCodes: [["CCD", "PPD"], ["PPD", "CCD"], []],
  routingNumber: ["021000021", "21000021"],
};
const fields = Object.keys(values) as FinzlyFieldName[];
const cell = fc.constantFrom(
  "", " ", "Operating", "'=1+1", "=1+1", "Büro", "Deposit", "deposit", "NID", "Yes", "yes", "No", "true", "USD", "usd",
  "JPY", "250000.00", "250,000.00", "250000", "0", "100", "1.00", "CCD|PPD", "PPD|CCD", "+CCD", "021000021", "21000021",
  "<CLEAR>",
);
const known = fc.record(
  Object.fromEntries(fields.map((field) => [field, fc.constantFrom(...(values[field] ?? []))])),
  { requiredKeys: [] },
);

const columns: readonly BulkColumn[] = proposalColumns(
  fields.map((target, index) => ({
    index,
    target,
    ...(finzlyFields[target].kind === "money" ? { amount: { unit: "dollars" as const, decimal: "." as const } } : {}),
  })),
);

function accountOf(held: Record<string, FieldValue>): CachedAccount {
  const all = Object.fromEntries(Object.entries(held).map(([field, value]) => [field, { value, atMs: 5, seq: 0 }]));
  const stored = storedValues(storedText(all));
  return { known: () => knownOf(stored, []), oneRead: stored } as CachedAccount;
}

describe("rows that change nothing, found quickly", () => {
  it("says what the full rules say, row after row", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(known, fc.array(cell, { maxLength: fields.length })), { maxLength: 8 }), (rows) => {
        const unchanged = createUnchangedRows(columns);
        for (const [held, cells] of rows) {
          const account = accountOf(held as Record<string, FieldValue>);
          const found = unchanged(cells, account);
          if (found === undefined) continue;
          const { proposed, problems } = rowProposal(cells, columns, account.known());
          const compared = compareRow({ known: account.known(), proposed });
          expect([problems, compared.bucket]).toEqual([[], "no-change"]);
          expect(compared.currency).toBe(currencyOf(account.known(), {}));
          const beside = columns.map(({ index, target }) => {
            const value = account.known()[target as FinzlyFieldName]?.value;
            if (value === undefined) return null;
            const shown = displayValue(target as FinzlyFieldName, value, compared.currency);
            return shown === readSafeCell(cells[index] ?? "") ? 0 : shown;
          });
          expect(found).toEqual(beside);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("does find a row whose cells are as known", () => {
    const account = accountOf({ accountName: "Operating", debitExposureLimit: 25_000_000, enableWire: "Yes" });
    const filled = new Map<string, string>([["accountName", "Operating"], ["debitExposureLimit", "250000.00"]]);
    const cells = fields.map((field) => filled.get(field) ?? "");
    expect(createUnchangedRows(columns)(cells, account)).toContain("250,000.00");
  });
});

describe("read values as the cache stores them", () => {
  it("come back with their own times and sequences", () => {
    const held = fc.record(
      Object.fromEntries(
        fields.map((field) => [field, fc.tuple(fc.constantFrom(...(values[field] ?? [])), read)]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(held, (some) => {
        const given = Object.entries(some as Record<string, [FieldValue, { atMs: number; seq: number }]>);
        const all = Object.fromEntries(given.map(([field, [value, at]]) => [field, { value, ...at }]));
        const known = knownOf(storedValues(storedText(all)), []);
        expect(known).toEqual(knownOf(storedValues(JSON.stringify(all)), []));
        for (const [field, { value, atMs }] of Object.entries(all)) {
          expect(known[field as FinzlyFieldName]).toEqual({ value, atMs, source: "provider-read" });
        }
      }),
    );
  });
});
