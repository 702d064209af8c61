import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BulkCode, bulkCodes, compareRow, problemAt, rowSignature } from "@contract/rules/bulk/index.ts";
import type { KnownFields, ProposedFields } from "@contract/rules/field-types.ts";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { read, settlementAccount } from "./known-account.ts";

const bucketOf = (proposed: ProposedFields, known: KnownFields = settlementAccount) =>
  compareRow({ known, proposed }).bucket;

describe("comparing a row", () => {
  it("changes nothing when every value is known or blank, however it is written", () => {
    expect(bucketOf({})).toBe("no-change");
    const written: ProposedFields = { debitExposureLimit: "$25,000", secCodes: ["PPD", "CCD"], enableWire: "no" };
    expect(bucketOf({ ...written, accountName: " " })).toBe("no-change");
    expect(bucketOf({ currency: "usd", creditExposureLimit: "100000.00", isAchPrefund: false })).toBe("no-change");
    expect(bucketOf({ reason: "Only a note" })).toBe("no-change");
  });

  it("will change what differs, and says how", () => {
    const proposed: ProposedFields = { debitExposureLimit: "50000.00", enableWire: "No" };
    const row = compareRow({ known: settlementAccount, proposed });
    expect(row.bucket).toBe("will-change");
    expect(row.changes.map((change) => [change.field, change.to, change.percentTenths])).toEqual([
      ["debitExposureLimit", 5_000_000, 1000],
    ]);
    expect([row.risk.class, row.currency]).toEqual(["high", "USD"]);
  });

  it("counts an unknown or masked value as a change", () => {
    expect(bucketOf({ masterGl: "1010" })).toBe("will-change");
    expect(bucketOf({ accountNumber: "4444" }, { accountNumber: { ...read("4444"), masked: true } })).toBe(
      "will-change",
    );
  });

  it("blocks what a rule of the editor refuses, and what a cell's problem refuses", () => {
    expect(bucketOf({ routingNumber: "101206102" })).toBe("blocked");
    const problem = problemAt({ code: "CSV-YES-NO", message: "Enable wire is Yes or No." }, 3, "enableWire");
    const warning = problemAt({ code: "CSV-OUTER-SPACES", message: "Spaces." }, 3, "accountName");
    const proposed: ProposedFields = { debitExposureLimit: "26000.00" };
    expect(compareRow({ known: settlementAccount, proposed, problems: [problem] }).bucket).toBe("blocked");
    expect(compareRow({ known: settlementAccount, proposed: {}, problems: [problem] }).bucket).toBe("blocked");
    expect(compareRow({ known: settlementAccount, proposed, problems: [warning] }).bucket).toBe("will-change");
  });

  it("asks for reason and authorisation only when told to", () => {
    const input = { known: settlementAccount, proposed: { debitExposureLimit: "50000.00" } };
    expect(compareRow(input).bucket).toBe("will-change");
    expect(compareRow({ ...input, requireEvidence: true }).bucket).toBe("blocked");
    const proposed = { ...input.proposed, reason: "Review" };
    expect(compareRow({ ...input, proposed, requireEvidence: true, authorisationRef: "CRM-1" }).bucket).toBe(
      "will-change",
    );
  });

  it("finds the same rows unchanged as the full check does", () => {
    const proposed = fc.record(
      {
        accountName: fc.constantFrom("Harbor & Vine Settlement", " Harbor & Vine Settlement", "Other", ""),
        currency: fc.constantFrom("USD", "usd", "EUR", "??"),
        accountType: fc.constantFrom("Deposit", "deposit", "Loan"),
        debitExposureLimit: fc.constantFrom("25000", "25,000.00", "25000.000", "x", "", "1"),
        secCodes: fc.constantFrom<string[][]>(["CCD", "PPD"], ["ppd", "CCD"], ["CCD"], []),
        isAchPrefund: fc.boolean(),
        enableOffset: fc.constantFrom("No", "no", "Yes"),
        reason: fc.constantFrom("", "note"),
        additionalAttributes: fc.constantFrom<Record<string, string>[][]>([], [{ attributeName: "a", value: "b" }]),
      },
      { requiredKeys: [] },
    );
    const known = fc.record(
      {
        accountName: fc.constantFrom(read("Harbor & Vine Settlement"), { ...read("ment"), masked: true }),
        currency: fc.constantFrom(read("USD"), read("EUR"), read("??")),
        accountType: fc.constantFrom(read("Deposit"), read("DEPOSIT")),
        accountSubType: fc.constantFrom(read("Heloc"), read("Checking")),
        debitExposureLimit: fc.constantFrom(read(2_500_000), read("25000")),
        secCodes: fc.constantFrom(read(["CCD", "PPD"]), read([])),
        isAchPrefund: fc.constantFrom(read(false), read(true)),
        enableOffset: fc.constant(read("No")),
        additionalAttributes: fc.constantFrom(read([]), read([{ value: "b", attributeName: "a" }])),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(known, proposed, (last, wanted) => {
        const checked = checkUpdate({ known: last as KnownFields, proposed: wanted as ProposedFields });
        const row = compareRow({ known: last as KnownFields, proposed: wanted as ProposedFields });
        expect(row.bucket === "no-change").toBe(checked.changes.length === 0);
        if (row.bucket !== "no-change") expect(row.changes).toEqual(checked.changes);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the signature of what a row asks for", () => {
  it("tells values apart by field, kind and reference", () => {
    const signatures = [
      rowSignature({}), rowSignature({ accountName: "x" }), rowSignature({ costCenter: "x" }),
      rowSignature({ isAchPrefund: true }), rowSignature({ isAchPrefund: false }),
      rowSignature({ isUnderWritten: true }),
      rowSignature({ accountName: "x" }, "CRM-1"), rowSignature({ additionalAttributes: [{ attributeName: "x" }] }),
      rowSignature({ accountName: "ab", masterGl: "c" }), rowSignature({ accountName: "a", masterGl: "bc" }),
    ];
    expect(new Set(signatures).size).toBe(signatures.length);
    expect(rowSignature({ accountName: "x", costCenter: "y" })).toBe(
      rowSignature({ costCenter: "y", accountName: "x" }),
    );
  });
});

describe("the table of codes", () => {
  it("names each code once, in a sentence", () => {
    const codes = bulkCodes.map((entry) => entry.code);
    expect(new Set<BulkCode>(codes).size).toBe(codes.length);
    for (const { what } of bulkCodes) expect(what).toMatch(/^\S.+\.$/u);
  });
});
