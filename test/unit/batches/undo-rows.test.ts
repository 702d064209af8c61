import type { AccountId, KnownFields } from "@contract";
import { describe, expect, it } from "vitest";
import type { AcceptedChange } from "../../../src/main/features/changes/change-access.ts";
import { undoRow } from "../../../src/main/features/batches/undo-rows.ts";

const known = (value: NonNullable<KnownFields["currency"]>["value"]) => ({
  value,
  source: "provider-read" as const,
  atMs: 1,
});
const change = (base: KnownFields, written: AcceptedChange["written"], currency = "USD"): AcceptedChange => ({
  row: 2,
  accountId: 9 as AccountId,
  currency,
  base,
  written,
  atMs: 50,
});

describe("the row that undoes an accepted change", () => {
  it("proposes the earlier values and expects what was written", () => {
    const base = { creditExposureLimit: known(123_456), isAchPrefund: known(false), secCodes: known(["CCD"]) };
    const row = undoRow(
      change(base, { creditExposureLimit: 5, isAchPrefund: true, secCodes: ["CCD", "WEB"], reason: "Review" }),
    );
    expect(row.proposed).toEqual({ creditExposureLimit: "1234.56", isAchPrefund: false, secCodes: ["CCD"] });
    expect(row.cannot).toBeUndefined();
    expect(Object.keys(row.expected ?? {})).toEqual(["isAchPrefund", "creditExposureLimit", "secCodes"]);
    expect(row.expected?.creditExposureLimit?.value).toBe(5);
  });

  it("counts earlier amounts in the earlier currency", () => {
    const base = { currency: known("JPY"), callbackLimit: known(5000) };
    expect(undoRow(change(base, { currency: "USD", callbackLimit: 100 })).proposed).toEqual({
      currency: "JPY",
      callbackLimit: "5000",
    });
  });

  it("cannot put back what was unknown, masked or blank", () => {
    const base = { accountNumber: { ...known("•••• 1234"), masked: true }, costCenter: known(""), secCodes: known([]) };
    const row = undoRow(
      change(base, { accountNumber: "99", costCenter: "7", secCodes: ["PPD"], achCompanyId: "1234567890" }),
    );
    expect(row.proposed).toEqual({});
    expect(row.cannot?.toSorted()).toEqual(["accountNumber", "achCompanyId", "costCenter", "secCodes"]);
  });
});
