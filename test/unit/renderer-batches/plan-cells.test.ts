import { describe, expect, it } from "vitest";
import { columnsByField, planCell, planFields, shortPercent } from "../../../src/renderer/features/batches/plan-cells.ts";
import { batchSample, rowSample } from "./batch-sample.ts";

const change = (part: Record<string, unknown>) => ({
  label: "",
  masked: false,
  largeIncrease: false,
  risk: { class: "low", reason: "" },
  ...part,
});
const known = (value: unknown) => ({ value, source: "provider-read", atMs: 1 });
const columns = columnsByField(batchSample().columns);

describe("a cell of the comparison", () => {
  it("shows old, new and whole percent of an amount", () => {
    const row = rowSample({
      changes: [change({ field: "debitExposureLimit", from: known(45_000_000), to: 150_000_000, percentTenths: 2333 })],
    });
    expect(planCell(row, "debitExposureLimit", columns)).toEqual({
      kind: "change",
      from: "450,000.00",
      to: "1,500,000.00",
      percent: "+233%",
    });
  });

  it("keeps percent in its place: a change that rounds to nothing is no rise, a huge one is told as times", () => {
    expect([0, 9_990, 9_991, 19_799_000, -1_000].map(shortPercent)).toEqual(["<0.1%", "+999%", "×11", "×19,800", "−100%"]);
  });

  it("keeps the tenths of a very small change, and says unknown for no base", () => {
    const small = rowSample({
      changes: [change({ field: "debitExposureLimit", from: known(100_000), to: 100_400, percentTenths: 4 })],
    });
    expect(planCell(small, "debitExposureLimit", columns)).toMatchObject({ percent: "+0.4%" });
    const blind = rowSample({ changes: [change({ field: "debitExposureLimit", to: 100_400 })] });
    expect(planCell(blind, "debitExposureLimit", columns)).toMatchObject({ from: undefined, percent: undefined });
  });

  it("leaves a blank cell alone, and shows what an equal one already holds", () => {
    const blank = rowSample({ cells: ["1", "2", "  ", ""], known: { debitExposureLimit: "1,500.00" } });
    expect(planCell(blank, "debitExposureLimit", columns)).toEqual({ kind: "leave-alone" });
    const equal = rowSample({ known: { debitExposureLimit: "1,500.00" } });
    expect(planCell(equal, "debitExposureLimit", columns)).toEqual({ kind: "same", text: "1,500.00" });
    expect(planCell(equal, "costCenter", columns)).toEqual({ kind: "none" });
  });

  it("shows codes as what stays, comes and goes", () => {
    const row = rowSample({
      changes: [
        change({
          field: "secCodes",
          from: known(["CCD", "TEL"]),
          to: ["CCD", "WEB"],
          codesAdded: ["WEB"],
          codesRemoved: ["TEL"],
        }),
      ],
    });
    expect(planCell(row, "secCodes", columns)).toEqual({
      kind: "codes",
      kept: "CCD",
      isBaseKnown: true,
      added: ["WEB"],
      removed: ["TEL"],
    });
  });

  it("joins the two flags into the funding basis", () => {
    const row = rowSample({
      changes: [
        change({ field: "isUnderWritten", from: known(true), to: false }),
        change({ field: "isAchPrefund", from: known(false), to: true }),
      ],
    });
    expect(planCell(row, "fundingBasis", columns)).toMatchObject({
      kind: "change",
      from: "Underwritten",
      to: "Prefunded",
    });
    const half = rowSample({ changes: [change({ field: "isAchPrefund", to: true })], known: { isUnderWritten: "No" } });
    expect(planCell(half, "fundingBasis", columns)).toMatchObject({ from: undefined, to: "Prefunded" });
  });
});

describe("the columns of the comparison", () => {
  it("are what the file names and what changes besides; all of them when asked", () => {
    const batch = batchSample({
      totals: { ...batchSample().totals, figures: [{ field: "isAchPrefund", label: "ACH prefund", rows: 1 }] },
    });
    expect(planFields(batch, false)).toEqual(["debitExposureLimit", "fundingBasis"]);
    expect(planFields(batch, true).length).toBe(27);
  });

  it("leave the account number out where it only finds the account", () => {
    const named = { index: 4, header: "Number", samples: [], target: "accountNumber", matchedBy: "label" };
    const batch = batchSample({ key: "account-number", columns: [...batchSample().columns, named] });
    expect(planFields(batch, false)).not.toContain("accountNumber");
    expect(planFields({ ...batch, key: "customer-and-account" }, false)).toContain("accountNumber");
  });
});
