import { describe, expect, it } from "vitest";
import {
  type BulkCode, bulkCodes, type BulkColumn, type ColumnTarget, damageContext, rowKey, rowProposal,
  severityOf,
} from "@contract/rules/bulk/index.ts";
import type { KnownFields } from "@contract/rules/field-types.ts";
import { emptyFacts } from "../../../src/main/features/batches/worker/row-facts.ts";
import { findTwins, twinAt } from "../../../src/main/features/batches/worker/twins.ts";
import { settlementAccount } from "./known-account.ts";

/** The codes one cell brings up in a row of its own. */
function codesOf(target: ColumnTarget, cell: string, known: KnownFields = settlementAccount, unit = true): string[] {
  const amount = unit ? ({ unit: "dollars", decimal: "." } as const) : undefined;
  const column: BulkColumn = { index: 0, target, amount, damage: damageContext({ target }) };
  return rowProposal([cell], [column], known).problems.map((problem) => problem.code);
}

function keyCodes(cell: string): string[] {
  const read = rowKey([cell], [{ index: 0, target: "accountNumberKey" }], "account-number");
  return read.ok ? [] : read.problems.map((problem) => problem.code);
}

function basisCodes(flag: string): string[] {
  const columns: BulkColumn[] = [{ index: 0, target: "fundingBasis" }, { index: 1, target: "isUnderWritten" }];
  return rowProposal(["Prefunded", flag], columns, settlementAccount).problems.map((problem) => problem.code);
}

function repeated(first: number, second: number, account = 7): string[] {
  const facts = emptyFacts(2);
  facts.accountIds.set([7, account]);
  facts.signatures.set([first, second]);
  findTwins(facts, (_, apply) => apply());
  return [twinAt(facts, 1)?.code ?? ""];
}

interface Pair {
  readonly fires: readonly (() => string[])[];
  readonly silent: readonly (() => string[])[];
}

const cell = (target: ColumnTarget, fires: string, silent: string): Pair => ({
  fires: [() => codesOf(target, fires)],
  silent: [() => codesOf(target, silent)],
});

/** For every code, what must bring it up and a close neighbour that must not. */
const cases: Readonly<Record<BulkCode, Pair>> = {
  "CSV-DAMAGE-SCIENTIFIC": cell("accountNumber", "1.23457E+15", "12345E15"),
  "CSV-DAMAGE-ZEROS": cell("routingNumber", "11000015", "011000015"),
  "CSV-DAMAGE-ROUNDED": cell("accountNumber", "12345678901234000", "12345678901234001"),
  "CSV-DAMAGE-DATE": cell("costCenter", "5-Jan", "5-J"),
  "CSV-DAMAGE-POINT-ZERO": cell("achCompanyId", "1234.0", "1234"),
  "CSV-DAMAGE-SPACES": cell("costCenter", "CC\u00A01", "CC 1"),
  "CSV-DAMAGE-QUOTES": cell("costCenter", "“1”", '"1"'),
  "CSV-DAMAGE-APOSTROPHE": cell("costCenter", "'1", "1'"),
  "CSV-DAMAGE-WRAPPER": cell("costCenter", '="1"', '"1"'),
  "CSV-DAMAGE-THOUSANDS": cell("achCompanyId", "1,234", "1234"),
  "CSV-DAMAGE-ERROR-VALUE": cell("secCodes", "#NAME?", "CCD"),
  "CSV-TEXT-SPACES": cell("accountName", "Tax\u00A0Escrow", "Tax Escrow"),
  "CSV-TEXT-QUOTES": cell("accountName", "Bob’s", "Bob's"),
  "CSV-OUTER-SPACES": cell("accountName", " Tax", "Tax"),
  "CSV-CLEAR": cell("accountName", "<CLEAR>", "CLEAR"),
  "CSV-AMOUNT": cell("debitExposureLimit", "1.2.3", "1.23"),
  "CSV-AMOUNT-UNIT": {
    fires: [() => codesOf("debitExposureLimit", "5", settlementAccount, false)],
    silent: [() => codesOf("debitExposureLimit", "5")],
  },
  "CSV-YES-NO": cell("enableWire", "perhaps", "y"),
  "CSV-BASIS": cell("fundingBasis", "Collateral", "neither"),
  "CSV-BASIS-CLASH": { fires: [() => basisCodes("Yes")], silent: [() => basisCodes("No"), () => basisCodes("")] },
  "CSV-LIST-MIXED": cell("secCodes", "CCD|+WEB", "+WEB|+TEL"),
  "CSV-LIST-BOTH-WAYS": cell("secCodes", "+WEB|-WEB", "+WEB|-CCD"),
  "CSV-LIST-UNKNOWN": {
    fires: [() => codesOf("secCodes", "+WEB", {})],
    silent: [() => codesOf("secCodes", "WEB", {})],
  },
  "CSV-LIST-LONG": cell("secCodes", "A".repeat(21), "A".repeat(20)),
  "CSV-ATTRIBUTES": cell("additionalAttributes", '{"a":1}', '[{"attributeName":"a"}]'),
  "CSV-TOO-LONG": cell("accountName", "x".repeat(201), "x".repeat(200)),
  "CSV-KEY-MISSING": { fires: [() => keyCodes(" ")], silent: [() => keyCodes("0")] },
  "CSV-KEY-SHAPE": { fires: [() => keyCodes("12-34")], silent: [() => keyCodes("1234")] },
  "CSV-DUPLICATE-ROW": { fires: [() => repeated(1, 1)], silent: [() => repeated(1, 2), () => repeated(1, 1, 8)] },
  "CSV-CONFLICTING-ROWS": { fires: [() => repeated(1, 2)], silent: [() => repeated(1, 1), () => repeated(1, 2, 8)] },
};

describe("every problem code of a file", () => {
  for (const { code, what, severity } of bulkCodes) {
    it(`${code}: ${what}`, () => {
      for (const fires of cases[code].fires) expect(fires()).toContain(code);
      for (const silent of cases[code].silent) expect(silent()).not.toContain(code);
      expect(severityOf(code)).toBe(severity);
    });
  }
});
