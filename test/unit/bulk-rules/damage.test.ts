import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ColumnTarget, columnTargets, createColumnStats, createDamageSummary, type Damage, damageContext,
  type DamageContextInput, type DamageKind, damageKinds, damageOf,
} from "@contract/rules/bulk/index.ts";

interface Around extends Omit<DamageContextInput, "target" | "column"> {
  readonly others?: readonly string[];
}

function judge(target: ColumnTarget, cell: string, { others, ...rest }: Around = {}): Damage | undefined {
  const stats = createColumnStats();
  for (const value of [...(others ?? []), cell]) stats.add(value);
  return damageOf(cell, damageContext({ ...rest, target, column: stats.snapshot() }));
}

type Case = readonly [ColumnTarget, string, Around?];
interface Cases {
  readonly undone: readonly (readonly [ColumnTarget, string, string, Around?])[];
  readonly lost: readonly Case[];
  readonly innocent: readonly Case[];
}

const ten = ["1234567891", "2345678912", "3456789123", "4567891234"];
const many = Array.from({ length: 40 }, (_, at) => String(1_234_567_890 + at * 7));
const sixteen = ["1234567890123456", "2234567890123457"];

/** For every kind of damage: cells it did, what undoes it, and cells that only look alike. */
const cases: Readonly<Record<DamageKind, Cases>> = {
  "scientific-notation": {
    undone: [],
    lost: [
      ["accountNumber", "1.23457E+15"], ["accountNumberKey", "1E+15"], ["costCenter", "1.00E+05"],
      ["debitExposureLimit", "2.5E+06"], ["achCompanyId", "1,23457e+09"], ["masterGl", "1.2E-05"],
    ],
    innocent: [
      ["costCenter", "1E5"], ["costCenter", "1E15"], ["accountNumber", "12E15"], ["costCenter", "E+15"],
      ["accountName", "Plan 1.5E+10 A"],
      ["masterGl", "10E+1"],
    ],
  },
  "lost-leading-zeros": {
    undone: [
      ["routingNumber", "11000015", "011000015"], ["achCompanyId", "234567891", "0234567891", { others: ten }],
      ["accountNumber", "12345", "0000012345", { cacheLengths: new Map([[10, 5]]) }],
      ["last4", "12", "0012"],
      [
        "accountNumberKey", "45", "0045",
        { cacheLengths: new Map([[4, 9]]), isKnownValue: (value) => value === "0045" },
      ],
    ],
    lost: [["achCompanyId", "12345678", { others: [...many, "123456789"] }]],
    innocent: [
      ["routingNumber", "11000016"], ["routingNumber", "101206101"], ["routingNumber", "123456"],
      ["routingNumber", "0374558"],
      ["achCompanyId", "234567891", { others: [...ten, "0456789123"] }],
      ["achCompanyId", "234567891", { others: ["345678912", "4567891234"] }],
      ["achCompanyId", "234567891", { others: ten.slice(0, 2) }],
      ["accountNumber", "12345", { cacheLengths: new Map([[10, 5], [8, 5]]) }],
      ["accountNumber", "12345", { cacheLengths: new Map([[10, 5]]), isKnownValue: () => true }],
      ["accountNumberKey", "45", { cacheLengths: new Map([[4, 9]]), isKnownValue: () => false }],
      ["accountUID", "98", { others: ["100", "101", "102", "103"] }],
      ["debitExposureLimit", "100", { others: ["1000", "2000", "3000"] }],
    ],
  },
  "rounded-15-digits": {
    undone: [],
    lost: [
      ["accountNumber", "1234567890123000000"], ["accountNumber", "1234567890123450"],
      ["costCenter", "12345678901234500"], ["accountNumber", "123456789012345000", { others: sixteen }],
    ],
    innocent: [
      ["accountNumber", "123456789012000"], ["accountNumber", "1234567890123450", { others: sixteen }],
      ["accountNumber", "1234567890123450", { isKnownValue: () => true }], ["accountNumber", "12345678901234567"],
      ["accountNumber", "0000000000000000"], ["authorisationRef", "2026112009300000"],
      ["accountFeatures", "1234567890123450"],
    ],
  },
  "dated-code": {
    undone: [],
    lost: [
      ["costCenter", "Jan-05"], ["costCenter", "5-Jan"], ["masterGl", "1/5/2026"], ["accountNumber", "05-Sep-26"],
      ["masterGl", "2026-01-05 00:00:00"], ["achCompanyId", "5.1.2026"], ["debitExposureLimit", "5-Jan"],
    ],
    innocent: [
      ["costCenter", "CC-05"], ["masterGl", "10.12.3000"], ["masterGl", "13/45/77"], ["accountName", "5-Jan"],
      ["authorisationRef", "1/5/2026"], ["costCenter", "12-May", { isKnownValue: () => true }], ["costCenter", "1-5"],
      ["reason", "2026-01-05"],
    ],
  },
  "trailing-point-zero": {
    undone: [
      ["accountNumber", "12345.0", "12345"], ["accountUID", "2156.0", "2156"], ["masterGl", "1010.0", "1010"],
      ["isAchPrefund", "1.0", "1"],
    ],
    lost: [],
    innocent: [
      ["debitExposureLimit", "100.0"], ["masterGl", "1010.0", { others: ["1010.1", "1010.25"] }],
      ["accountNumber", "12345.00"], ["accountNumber", "1234567890123456.0"], ["accountName", "Plan 2.0"],
    ],
  },
  spaces: {
    undone: [
      ["accountNumber", "12345678\u00A0", "12345678"], ["costCenter", "CC\u00A01001", "CC 1001"],
      ["secCodes", "CCD\u200B|PPD", "CCD|PPD"], ["accountName", "Harbor\u00A0& Vine", "Harbor & Vine"],
      ["debitExposureLimit", "\uFEFF100.00", "100.00"],
    ],
    lost: [],
    innocent: [
      ["debitExposureLimit", "1\u00A0250.00"], ["accountName", "Zoë Ünlü"], ["accountName", "Harbor & Vine "],
      ["accountFeatures", '{"a":"b\u00A0c"}'],
    ],
  },
  "smart-quotes": {
    undone: [
      ["accountNumber", "“00123”", "00123"], ["accountName", "Bob’s “Best”", 'Bob\'s "Best"'],
      ["accountFeatures", "{“rfpSend”:true}", '{"rfpSend":true}'],
    ],
    lost: [["costCenter", "CC”1"]],
    innocent: [
      ["accountName", "Bob's"], ["debitExposureLimit", "1’250.00"], ["accountFeatures", '{"name":"Bob’s"}'],
      ["accountFeatures", "“broken"],
    ],
  },
  "apostrophe-prefix": {
    undone: [
      ["accountNumber", "'00123", "00123"], ["reason", "'00123", "00123"], ["debitExposureLimit", "'100", "100"],
    ],
    lost: [],
    innocent: [["accountName", "'Tis a name"], ["accountNumber", "'"], ["costCenter", "'a'"], ["costCenter", "a'1"]],
  },
  "equals-quote-wrapper": {
    undone: [["accountNumber", '="00123"', "00123"], ["accountName", '="Bob ""B"" Ltd"', 'Bob "B" Ltd']],
    lost: [],
    innocent: [["accountName", "=00123"], ["accountName", '="a"&"b"'], ["accountName", 'a="b"']],
  },
  thousands: {
    undone: [["accountNumber", "1,234,567", "1234567"], ["accountUID", "2,156", "2156"]],
    lost: [],
    innocent: [["debitExposureLimit", "1,234,567"], ["accountNumber", "12,34"], ["masterGl", "10,200"]],
  },
  "error-value": {
    undone: [],
    lost: [["secCodes", "#NAME?"], ["accountName", "########"], ["debitExposureLimit", "#DIV/0!"]],
    innocent: [["accountName", "#1 Plumbing"], ["accountName", "#"], ["reason", "#NAME? seen in March"]],
  },
};

/** Whether the spreadsheet, given the repaired value, makes the same cell of it again. */
function doneAgain(kind: DamageKind, undo: string, cell: string): boolean {
  switch (kind) {
    case "lost-leading-zeros":
      return undo.replace(/^0+/u, "") === cell;
    case "trailing-point-zero":
      return `${undo}.0` === cell;
    case "apostrophe-prefix":
      return `'${undo}` === cell;
    case "equals-quote-wrapper":
      return `="${undo.replaceAll('"', '""')}"` === cell;
    case "thousands":
      return undo.replace(/\B(?=(?:\d{3})+$)/gu, ",") === cell;
    case "spaces": {
      const seen = (text: string) => text.replace(/[\s\u200B\u2060\uFEFF\u00AD]/gu, "");
      return seen(undo) === seen(cell);
    }
    case "smart-quotes": {
      const plain = (text: string) => text.replace(/["'\u2018-\u201F\u2032\u2033]/gu, "");
      return plain(undo) === plain(cell);
    }
    default:
      return false;
  }
}

describe("damage by spreadsheets", () => {
  it("has cases for every kind", () => {
    expect(Object.keys(cases).toSorted()).toEqual([...damageKinds].toSorted());
  });

  for (const kind of damageKinds) {
    const { undone, lost, innocent } = cases[kind];

    it(`${kind}: is seen, and undone only without guessing`, () => {
      expect(undone.length + lost.length).toBeGreaterThan(0);
      for (const [target, cell, undo, around] of undone) {
        const found = judge(target, cell, around);
        expect({ cell, kind: found?.kind, undo: found?.undo }).toEqual({ cell, kind, undo });
      }
      for (const [target, cell, around] of lost) {
        const found = judge(target, cell, around);
        expect({ cell, kind: found?.kind, undo: found?.undo }).toEqual({ cell, kind, undo: undefined });
      }
    });

    it(`${kind}: is not seen in look-alikes`, () => {
      expect(innocent.length).toBeGreaterThan(0);
      for (const [target, cell, around] of innocent) {
        expect([cell, judge(target, cell, around)?.kind]).toEqual([cell, undefined]);
      }
    });
  }

  it("only offers what, damaged again, gives back the same cell", () => {
    const digits = fc.stringMatching(/^[0-9]{1,20}$/u);
    const cell = fc.oneof(
      digits,
      digits.map((text) => `${text}.0`),
      digits.map((text) => `="${text}"`),
      digits.map((text) => `'${text}`),
      digits.map((text) => text.replace(/\B(?=(?:\d{3})+$)/gu, ",")),
      fc
        .tuple(digits, fc.constantFrom("\u00A0", "\u200B", "“", "’", "E+", "-Jan", "/5/", "."))
        .map((parts) => parts.join("")),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    const others = fc.array(fc.stringMatching(/^[1-9][0-9]{9}$/u), { maxLength: 5 });
    let offered = 0;
    fc.assert(
      fc.property(fc.constantFrom(...columnTargets), cell, others, (target, text, around) => {
        const found = judge(target, text, { others: around });
        if (found?.undo === undefined) return;
        offered += 1;
        expect([found.kind, found.undo, text, doneAgain(found.kind, found.undo, text)]).toEqual(
          [found.kind, found.undo, text, true],
        );
      }),
      { numRuns: 4000 },
    );
    expect(offered).toBeGreaterThan(200);
  });

  it("never repeats the cell in its message", () => {
    const found = judge("accountNumber", "1,234,567");
    expect(found?.message).not.toContain("1,234,567");
    expect(found?.message).not.toContain("1234567");
  });
});

describe("damage summed per column", () => {
  it("speaks of the column, the count and what can be done", () => {
    const summary = createDamageSummary(
      new Map([
        [2, { header: "Account number", target: "accountNumberKey" }],
        [3, { header: "Company ID", target: "achCompanyId" }],
      ]),
    );
    const lost = judge("accountNumberKey", "1.23457E+15");
    const zeros = judge("achCompanyId", "234567891", { others: ten });
    if (lost === undefined || zeros === undefined) throw new Error("Both cells are damaged.");
    for (let time = 0; time < 41; time += 1) summary.add(2, lost, "1.23457E+15");
    summary.add(3, zeros, "234567891");
    const told = summary.list().map((sum) => [sum.column, sum.kind, sum.count, sum.undoable, sum.message]);
    expect(told).toEqual([
      [
        2, "scientific-notation", 41, 0,
        "Column “Account number” looks damaged by Excel: 41 values such as 1.23457E+15. " +
          "The missing digits cannot be recovered; export the file again as text.",
      ],
      [
        3, "lost-leading-zeros", 1, 1,
        "Column “Company ID” looks damaged by Excel: 1 value such as 234567891. " +
          "Leading zeros are missing; they can be put back.",
      ],
    ]);
  });

  it("shows no account number as an example", () => {
    const summary = createDamageSummary(new Map([[0, { header: "Acct", target: "accountNumber" }]]));
    const found = judge("accountNumber", "'0012345678");
    if (found === undefined) throw new Error("The cell is damaged.");
    summary.add(0, found, "'0012345678");
    expect(JSON.stringify(summary.list())).not.toContain("12345678");
  });
});
