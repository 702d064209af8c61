import { describe, expect, it } from "vitest";
import { bulkEdit, bulkFields, bulkProblem } from "../../../src/renderer/features/accounts/bulk-value.ts";

const value = (
  field: (typeof bulkFields)[number]["id"],
  text: string,
  codes: "replace" | "add" | "remove" = "add",
) => ({ field, text, codes });

describe("one value on many accounts", () => {
  it("is never an identifier of a single account", () => {
    const ids = bulkFields.map((field) => field.id);
    expect(ids).not.toContain("accountNumber");
    expect(ids).not.toContain("fboAccountNumber");
    expect(ids).not.toContain("reason");
    expect(ids).toEqual(expect.arrayContaining(["fundingBasis", "creditExposureLimit", "secCodes", "enableWire"]));
  });

  it("goes over the bridge as typed, flags as flags", () => {
    expect(bulkEdit(value("creditExposureLimit", " 400,000.00 "))).toEqual({
      proposed: { creditExposureLimit: "400,000.00" },
    });
    expect(bulkEdit(value("accountAnalysis", "No"))).toEqual({ proposed: { accountAnalysis: false } });
    expect(bulkEdit(value("enableWire", "Yes"))).toEqual({ proposed: { enableWire: "Yes" } });
  });

  it("sets both flags of the funding basis and what Prefunded wants", () => {
    expect(bulkEdit(value("fundingBasis", "prefunded"))).toEqual({
      proposed: { isAchPrefund: true, isUnderWritten: false, enableOffset: "Yes" },
    });
    expect(bulkEdit(value("fundingBasis", "neither"))).toEqual({
      proposed: { isAchPrefund: false, isUnderWritten: false },
    });
  });

  it("adds, removes or replaces codes", () => {
    expect(bulkEdit(value("secCodes", "web, ppd"))).toMatchObject({
      proposed: {},
      codesAdd: expect.arrayContaining(["WEB", "PPD"]),
    });
    expect(bulkEdit(value("secCodes", "TEL", "remove"))).toEqual({ proposed: {}, codesRemove: ["TEL"] });
    expect(bulkEdit(value("secCodes", "CCD", "replace"))).toEqual({ proposed: { secCodes: ["CCD"] } });
  });

  it("says what is wrong before anything is prepared", () => {
    expect(bulkProblem(value("creditExposureLimit", ""))).toBe("Type the value to set.");
    expect(bulkProblem(value("enableWire", ""))).toBe("Choose the value to set.");
    expect(bulkProblem(value("creditExposureLimit", "12x"))).toMatch(/\w/u);
    expect(bulkProblem(value("creditExposureLimit", "1,200.50"))).toBeUndefined();
    expect(bulkProblem(value("secCodes", "WEBB"))).toContain("three letters");
  });
});
