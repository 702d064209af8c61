import { finzlyFieldNames, type KnownFields, type ProposedFields } from "@contract";
import { describe, expect, it } from "vitest";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { changedLines, percentText, sheetLines } from "../../../src/renderer/features/changes/sheet-lines.ts";

const readAtMs = 1_700_000_000_000;
const read = (value: string | number | boolean | string[]) =>
  ({ value, source: "provider-read", atMs: readAtMs }) as const;
const known: KnownFields = {
  accountType: read("Deposit"),
  accountSubType: read("Checking"),
  currency: read("USD"),
  routingNumber: read("101206101"),
  bankIdType: read("NID"),
  countryCode: read("US"),
  isUnderWritten: read(true),
  isAchPrefund: { value: false, source: "vostro-wrote", atMs: readAtMs - 5 },
  creditExposureLimit: read(25_000_000),
  callbackLimit: read(1_000_000),
  secCodes: { value: ["CCD", "PPD", "CTX"], source: "vostro-wrote", atMs: readAtMs },
};

function linesOf(proposed: ProposedFields) {
  const { changes, issues } = checkUpdate({ known, proposed });
  return sheetLines({ known, changes, issues, currency: "USD" });
}

const lineOf = (proposed: ProposedFields, key: string) => linesOf(proposed).find((line) => line.key === key);

describe("the change sheet", () => {
  it("shows last known, proposed, source, difference and percent of a limit", () => {
    const line = lineOf({ creditExposureLimit: "400,000.00" }, "creditExposureLimit");
    expect(line).toMatchObject({ to: "400,000.00", difference: "+150,000.00", percent: "+60%", changed: true });
    expect(line?.largeIncrease).toBe(false);
    expect(line?.from).toEqual({ text: "250,000.00", source: "provider-read", atMs: readAtMs });
    expect(lineOf({ callbackLimit: "25000" }, "callbackLimit")).toMatchObject({
      percent: "+150%",
      largeIncrease: true,
    });
    expect(lineOf({ creditExposureLimit: "249,999.50" }, "creditExposureLimit")?.difference).toBe("−0.50");
    expect(lineOf({ debitExposureLimit: "500" }, "debitExposureLimit")?.difference).toBeUndefined();
  });

  it("shows the two funding flags as one line that counts both provider fields", () => {
    const line = lineOf({ isAchPrefund: true, isUnderWritten: false }, "fundingBasis");
    expect(line?.from).toEqual({ text: "Underwritten", source: "vostro-wrote", atMs: readAtMs - 5 });
    expect(line).toMatchObject({
      to: "Prefunded",
      fields: ["isUnderWritten", "isAchPrefund"],
      risk: { class: "high" },
    });
    expect(linesOf({ isAchPrefund: true, isUnderWritten: false }).filter((each) => each.changed)).toHaveLength(1);
  });

  it("leaves the base undefined where it is unknown, so that the screen prints unknown", () => {
    expect(lineOf({ enableOffset: "Yes" }, "enableOffset")).toMatchObject({ from: undefined, to: "Yes" });
  });

  it("names SEC codes added and removed", () => {
    const line = lineOf({ secCodes: ["CCD", "PPD", "WEB"] }, "secCodes");
    expect(line).toMatchObject({ added: ["WEB"], removed: ["CTX"], to: "CCD PPD WEB" });
  });

  it("holds only what changes or needs fixing; the rest is behind All", () => {
    const lines = linesOf({ routingNumber: "101260101", creditExposureLimit: "250000" });
    expect(changedLines(lines).map((line) => line.key)).toEqual(["routingNumber"]);
    expect(changedLines(lines)[0]?.issues.map((issue) => issue.code)).toContain("FZ-ROUTING-CHECKSUM");
    expect(lines).toHaveLength(27);
  });

  it("has a line for every field of the provider but the reason, in the form's order", () => {
    const lines = linesOf({});
    const fields = new Set<string>([...lines.map((line) => line.field), "isUnderWritten", "reason"]);
    expect([...finzlyFieldNames].filter((field) => !fields.has(field))).toEqual([]);
    const order = ["routingNumber", "fundingBasis", "creditExposureLimit", "secCodes", "enableOffset"];
    expect(lines.map((line) => line.key).filter((key) => order.includes(key))).toEqual(order);
  });

  it("never lists the reason as a change", () => {
    expect(linesOf({ reason: "Because" }).some((line) => line.changed)).toBe(false);
  });

  it("writes percents with a true sign", () => {
    expect([percentText(600), percentText(-125), percentText(15_005), percentText(0)]).toEqual([
      "+60%",
      "−12.5%",
      "+1,500.5%",
      "<0.1%",
    ]);
  });
});
