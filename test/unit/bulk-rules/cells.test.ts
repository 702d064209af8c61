import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BulkColumn, cellProblem, columnTargets, damageContext, minorOf, parseCell, plainMinor, proposalColumns,
  readAmount, readCodeList, rowKey, rowProposal,
} from "@contract/rules/bulk/index.ts";
import { proposedFields } from "@contract/rules/field-types.ts";
import { formatMoney, moneyLiteral, parseMoney } from "@contract/rules/money.ts";
import { read, settlementAccount } from "./known-account.ts";

const dollars = { unit: "dollars", decimal: "." } as const;
const cents = { unit: "cents", decimal: "." } as const;
const context = { currency: "USD", known: settlementAccount, amount: dollars };

const anyCell = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("<CLEAR>", " ", "+WEB", "-TEL|+WEB", "[{}]", '[{"__proto__":1}]', "1e400", "-0", "'=x", "(5)"),
  fc.string({ minLength: 250, maxLength: 1200 }),
  fc.double().map(String),
);

const anyTarget = fc.constantFrom(...columnTargets);
const anyMinor = fc.integer({ min: 0, max: 99_999_999_999 });
const anyCurrency = fc.constantFrom("USD", "JPY", "KWD");

const column = (index: number, target: BulkColumn["target"], more: Partial<BulkColumn> = {}): BulkColumn => ({
  index, target, ...more,
});

function valueOf(...[target, text, around]: Parameters<typeof parseCell>) {
  const parsed = parseCell(target, text, around);
  return parsed.kind === "value" ? parsed.value : parsed.kind === "problem" ? parsed.problem.code : parsed.kind;
}

describe("one cell", () => {
  it("that is blank is left alone, whatever the column", () => {
    for (const target of columnTargets) {
      for (const blank of ["", " ", "\t", "\u00A0 "]) {
        expect(parseCell(target, blank, context)).toEqual({ kind: "leave" });
      }
    }
  });

  it("never clears: no field can be cleared at the provider", () => {
    for (const target of columnTargets) {
      for (const clear of ["<CLEAR>", " <clear> "]) expect(valueOf(target, clear, context)).toBe("CSV-CLEAR");
    }
    expect(valueOf("reason", "Say <CLEAR> here", context)).toBe("Say <CLEAR> here");
  });

  it("keeps text and identifiers character for character", () => {
    expect(valueOf("accountNumber", "00000000000000012345", context)).toBe("00000000000000012345");
    expect(valueOf("costCenter", "0.10", context)).toBe("0.10");
    expect(valueOf("accountName", "A  B\u0301", context)).toBe("A  B\u0301");
  });

  it("warns of outer spaces and keeps them", () => {
    expect(parseCell("accountName", " Escrow ", context)).toEqual({
      kind: "value",
      value: " Escrow ",
      warning: {
        code: "CSV-OUTER-SPACES",
        message: "Account name has spaces before or after the value; they are not sent.",
        fix: "Escrow",
      },
    });
    expect(parseCell("accountName", "Tax Escrow", context)).toEqual({ kind: "value", value: "Tax Escrow" });
  });

  it("reads the usual words for Yes and No", () => {
    for (const word of ["Yes", "y", "TRUE", "1", " yes "]) {
      expect([valueOf("enableWire", word, context), valueOf("isAchPrefund", word, context)]).toEqual(["Yes", true]);
    }
    for (const word of ["No", "N", "false", "0"]) {
      expect([valueOf("enableWire", word, context), valueOf("isAchPrefund", word, context)]).toEqual(["No", false]);
    }
    expect(valueOf("enableWire", "maybe", context)).toBe("CSV-YES-NO");
    expect(valueOf("isAchPrefund", "2", context)).toBe("CSV-YES-NO");
  });

  it("reads amounts in the column's unit and decimal sign, and never rounds", () => {
    const amount = (text: string, format: typeof dollars | typeof cents | { unit: "dollars"; decimal: "," }) =>
      valueOf("debitExposureLimit", text, { ...context, amount: format });
    expect(amount("1,250", dollars)).toBe("1250.00");
    expect(amount("$ 1,250.5", dollars)).toBe("1250.50");
    expect(amount("(20.00)", dollars)).toBe("-20.00");
    expect(amount("125000", cents)).toBe("1250.00");
    expect(amount("125,000", cents)).toBe("1250.00");
    expect(amount("1.250,75", { unit: "dollars", decimal: "," })).toBe("1250.75");
    expect(amount("1250.50", cents)).toBe("CSV-AMOUNT");
    expect(amount("12.505", dollars)).toBe("CSV-AMOUNT");
    expect(amount("1.250,75", dollars)).toBe("CSV-AMOUNT");
    expect(amount("lots", dollars)).toBe("CSV-AMOUNT");
    expect(valueOf("debitExposureLimit", "5", { currency: "USD", known: {} })).toBe("CSV-AMOUNT-UNIT");
    expect(valueOf("debitExposureLimit", "125000", { ...context, currency: "JPY", amount: cents })).toBe("125000");
    expect(valueOf("debitExposureLimit", "125000", { ...context, currency: "KWD", amount: cents })).toBe("125.000");
    expect(valueOf("debitExposureLimit", "25.000", { ...context, currency: "KWD", amount: cents })).toBe("CSV-AMOUNT");
  });

  it("refuses what the field cannot hold", () => {
    expect(valueOf("currency", "x".repeat(9), context)).toBe("CSV-TOO-LONG");
    expect(valueOf("accountName", "x".repeat(200), context)).toBe("x".repeat(200));
    expect(valueOf("additionalAttributes", '{"a":1}', context)).toBe("CSV-ATTRIBUTES");
    expect(valueOf("additionalAttributes", '[{"attributeName":"Region","value":"West"}]', context)).toEqual(
      [{ attributeName: "Region", value: "West" }],
    );
    expect(valueOf("fundingBasis", "both", context)).toBe("CSV-BASIS");
    expect(valueOf("fundingBasis", "PREFUNDED", context)).toBe("prefunded");
  });

  it("never throws and gives only what an update can hold", () => {
    fc.assert(
      fc.property(anyTarget, anyCell, fc.constantFrom(dollars, cents, undefined), (target, text, amount) => {
        const parsed = parseCell(target, text, { currency: "USD", known: settlementAccount, amount });
        if (parsed.kind !== "value" || !(target in proposedFields.shape)) return;
        expect(proposedFields.safeParse({ [target]: parsed.value }).error).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });
});

describe("amounts", () => {
  it("are read alike by the short way and the long way", () => {
    const text = fc.oneof(
      fc.stringMatching(/^[0-9]{1,4}(,[0-9]{2,4}){0,3}(\.[0-9]{0,4})?$/u),
      fc.stringMatching(/^[0-9.,]{1,18}$/u),
      fc.maxSafeInteger().map(String),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("USD", "JPY", "KWD"), (amount, currency) => {
        const digits = { USD: 2, JPY: 0, KWD: 3 }[currency] ?? 2;
        const short = plainMinor(amount, digits);
        const long = parseMoney(amount, currency);
        if (short >= 0) expect(long).toEqual({ ok: true, amountMinor: short });
        expect(minorOf(amount, currency)).toBe(long.ok ? long.amountMinor : undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it("survive being written with separators, in either unit and with either decimal sign", () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, (minor, currency) => {
        const exact = { ok: true, amountMinor: minor };
        const shown = formatMoney(minor, currency);
        const turned = shown.replace(/[.,]/gu, (sign) => (sign === "." ? "," : "."));
        expect(readAmount(shown, currency, "dollars", ".")).toEqual(exact);
        expect(readAmount(turned, currency, "dollars", ",")).toEqual(exact);
        expect(readAmount(String(minor), currency, "cents", ".")).toEqual(exact);
        expect(readAmount(minor.toLocaleString("en-US"), currency, "cents", ".")).toEqual(exact);
        expect(readAmount(minor.toLocaleString("de-DE"), currency, "cents", ",")).toEqual(exact);
        expect(minorOf(moneyLiteral(minor, currency), currency)).toBe(minor);
      }),
    );
  });
});

describe("lists of SEC codes", () => {
  const codes = (text: string, known?: string[]) => {
    const list = readCodeList(text, known);
    return list.ok ? list.codes.join(" ") : list.problem.code;
  };

  it("replace, add and remove", () => {
    expect(codes("CCD|PPD|CCD")).toBe("CCD PPD");
    expect(codes("ccd, ppd;CCD web")).toBe("CCD PPD WEB");
    expect(codes("+WEB", ["CCD", "PPD"])).toBe("CCD PPD WEB");
    expect(codes("-PPD", ["CCD", "PPD"])).toBe("CCD");
    expect(codes("\u2212PPD +web|+ccd", ["CCD", "PPD"])).toBe("CCD WEB");
  });

  it("are refused where they are not clear", () => {
    expect(codes("CCD|+WEB", ["CCD"])).toBe("CSV-LIST-MIXED");
    expect(codes("+|WEB", ["CCD"])).toBe("CSV-LIST-MIXED");
    expect(codes("+", ["CCD"])).toBe("CSV-LIST-MIXED");
    expect(codes("+WEB|-WEB", ["CCD"])).toBe("CSV-LIST-BOTH-WAYS");
    expect(codes("+WEB")).toBe("CSV-LIST-UNKNOWN");
    expect(codes("A".repeat(21))).toBe("CSV-LIST-LONG");
    expect(codes(Array.from({ length: 101 }, () => "CCD").join("|"))).toBe("CSV-LIST-LONG");
  });

  it("add and remove as sets do, and undo each other", () => {
    const code = fc.stringMatching(/^[A-Z]{3}$/u);
    const some = fc.uniqueArray(code, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.uniqueArray(code, { maxLength: 8 }), some, (known, touched) => {
        const fresh = touched.filter((item) => !known.includes(item));
        const added = readCodeList(touched.map((item) => `+${item}`).join("|"), known);
        expect(added).toEqual({ ok: true, codes: [...known, ...fresh] });
        const removed = readCodeList(touched.map((item) => `-${item}`).join("|"), known);
        expect(removed).toEqual({ ok: true, codes: known.filter((item) => !touched.includes(item)) });
        if (!added.ok || fresh.length === 0) return;
        expect(readCodeList(fresh.map((item) => `-${item}`).join(" "), added.codes)).toEqual(
          { ok: true, codes: known },
        );
      }),
    );
  });
});

describe("one row", () => {
  it("becomes a proposal with the currency of the row, wherever its column stands", () => {
    const columns = proposalColumns([
      column(0, "accountUID"), column(1, "debitExposureLimit", { amount: cents }), column(2, "currency"),
      column(3, "authorisationRef"), column(4, "secCodes"),
    ]);
    const row = rowProposal(["2156", "5000", "KWD", "CRM-1", "'+WEB"], columns, settlementAccount);
    expect(row).toEqual({
      proposed: { debitExposureLimit: "5.000", currency: "KWD", secCodes: ["CCD", "PPD", "WEB"] },
      authorisationRef: "CRM-1",
      problems: [],
    });
  });

  it("leaves out cells with an error and says where they stand", () => {
    const columns = [
      column(1, "costCenter", { damage: damageContext({ target: "costCenter" }) }), column(2, "enableWire"),
      column(4, "accountName"),
    ];
    const row = rowProposal(["", "5-Jan", "maybe", "", " Rent "], columns, settlementAccount);
    expect(row.proposed).toEqual({ accountName: " Rent " });
    expect(row.problems.map(({ column: at, target, code, severity }) => [at, target, code, severity])).toEqual([
      [1, "costCenter", "CSV-DAMAGE-DATE", "error"], [2, "enableWire", "CSV-YES-NO", "error"],
      [4, "accountName", "CSV-OUTER-SPACES", "warning"],
    ]);
  });

  it("judges a cell that only repeats the visible end of a masked value", () => {
    const columns = [column(0, "accountNumber", { damage: damageContext({ target: "accountNumber" }) })];
    const masked = { accountNumber: { ...read("12.0"), masked: true } };
    expect(rowProposal(["12.0"], columns, masked).problems).toHaveLength(1);
    expect(rowProposal(["12.0"], columns, { accountNumber: read("12.0") }).problems).toEqual([]);
  });

  it("offers as fix what can be undone, and accepts the fixed cell", () => {
    const columns = [column(0, "achCompanyId", { damage: damageContext({ target: "achCompanyId" }) })];
    const [problem] = rowProposal(['="0018036281"'], columns, {}).problems;
    expect([problem?.code, problem?.fix]).toEqual(["CSV-DAMAGE-WRAPPER", "0018036281"]);
    expect(rowProposal([problem?.fix ?? ""], columns, {})).toEqual(
      { proposed: { achCompanyId: "0018036281" }, problems: [] },
    );
  });

  it("expands the funding basis to its two flags and the offset it needs", () => {
    const columns = [column(0, "fundingBasis"), column(1, "enableOffset"), column(2, "isUnderWritten")];
    const proposal = (...cells: string[]) => rowProposal(cells, columns, settlementAccount);
    expect(proposal("Prefunded").proposed).toEqual({ isAchPrefund: true, isUnderWritten: false, enableOffset: "Yes" });
    expect(proposal("Neither").proposed).toEqual({ isAchPrefund: false, isUnderWritten: false });
    expect(proposal("Prefunded", "No").proposed).toEqual(
      { isAchPrefund: true, isUnderWritten: false, enableOffset: "No" },
    );
    const clash = proposal("Prefunded", "", "Yes");
    expect(clash.problems.map((problem) => problem.code)).toEqual(["CSV-BASIS-CLASH"]);
    expect(clash.proposed).toEqual({ isUnderWritten: true });
  });

  it("never throws, whatever its cells and however many there are", () => {
    const columns = proposalColumns(
      columnTargets.map((target, index) =>
        column(index, target, { damage: damageContext({ target }), amount: dollars }),
      ),
    );
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 40 }), (cells) => {
        const row = rowProposal(cells, columns, settlementAccount);
        expect(proposedFields.safeParse(row.proposed).error).toBeUndefined();
        for (const problem of row.problems) expect(cellProblem.safeParse(problem).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe("the key of a row", () => {
  const columns = [
    column(0, "customerUID"), column(1, "accountUID", { damage: damageContext({ target: "accountUID" }) }),
    column(2, "accountNumberKey"),
  ];

  it("is read from the chosen columns", () => {
    expect(rowKey([" C-1", "2156 "], columns, "uids")).toEqual(
      { ok: true, key: { customerUID: "C-1", accountUID: "2156" } },
    );
    expect(rowKey(["", "", "0012"], columns, "account-number")).toEqual(
      { ok: true, key: { accountNumberKey: "0012" } },
    );
  });

  it("says why no account can be meant", () => {
    const codes = (cells: string[], choice: Parameters<typeof rowKey>[2]) => {
      const found = rowKey(cells, columns, choice);
      return found.ok ? [] : found.problems.map((problem) => `${problem.target} ${problem.code}`);
    };
    expect(codes(["C-1"], "uids")).toEqual(["accountUID CSV-KEY-MISSING"]);
    expect(codes(["C 1", "2156.0"], "uids")).toEqual(["customerUID CSV-KEY-SHAPE", "accountUID CSV-DAMAGE-POINT-ZERO"]);
    expect(codes(["", "", "••••4444"], "account-number")).toEqual(["accountNumberKey CSV-KEY-SHAPE"]);
    expect(codes(["C-1", "1"], "last-four")).toEqual(["last4 CSV-KEY-MISSING"]);
  });
});
