import { describe, expect, it } from "vitest";
import type { KnownFields, ProposedFields } from "@contract/rules/field-types.ts";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { basisOf, chooseBasis } from "@contract/rules/funding-basis.ts";
import { needsSecondPerson } from "@contract/rules/risk.ts";
import { read } from "./case-builders.ts";

const riskOf = (known: KnownFields, proposed: ProposedFields, highRiskSecCodes?: readonly string[]) =>
  checkUpdate({ known, proposed, highRiskSecCodes }).risk;

describe("risk class", () => {
  const limit = { debitExposureLimit: read(100_000), secCodes: read(["CCD"]) };

  it.each<[string, KnownFields, ProposedFields]>([
    ["a raised limit", limit, { debitExposureLimit: "1000.01" }],
    ["a limit over an unknown one", {}, { creditExposureLimit: "1" }],
    ["an account number", {}, { accountNumber: "12345678" }],
    ["a routing number", {}, { routingNumber: "101206101" }],
    ["an FBO number", {}, { fboAccountNumber: "12345678" }],
    ["the funding basis", {}, { isAchPrefund: false }],
    ["a risky SEC code", limit, { secCodes: ["CCD", "WEB"] }],
    ["a check-conversion code", limit, { secCodes: ["BOC"] }],
    ["a risky SEC code over unknown ones", {}, { secCodes: ["TEL"] }],
    ["a limit hidden in the features", {}, { accountFeatures: '{"achFeature":{"debitExposureLimit":5}}' }],
  ])("is High for %s", (_what, known, proposed) => {
    expect(riskOf(known, proposed).class).toBe("high");
  });

  it.each<[string, KnownFields, ProposedFields]>([
    ["a lowered limit", limit, { debitExposureLimit: "999.99" }],
    ["a limit of 0", {}, { debitExposureLimit: "0" }],
    ["a plain SEC code", limit, { secCodes: ["CCD", "PPD"] }],
    ["a risky SEC code removed", { secCodes: read(["CCD", "WEB"]) }, { secCodes: ["CCD"] }],
    ["callbacks", {}, { callbackLimit: "5", enableCallbacks: true }],
    ["company id", {}, { achCompanyId: "1234567890" }],
    ["wire", {}, { enableWire: "Yes" }],
    ["type", {}, { accountType: "Deposit", accountSubType: "CD" }],
  ])("is Medium for %s", (_what, known, proposed) => {
    expect(riskOf(known, proposed).class).toBe("medium");
  });

  it("is Low otherwise, and the gravest change decides with its reason", () => {
    expect(
      riskOf({}, { accountName: "x", costCenter: "1", feeAccount: "No", accountFeatures: '{"rfpSend":true}' }).class,
    ).toBe("low");
    expect(riskOf(limit, { accountName: "x", secCodes: ["CCD", "IAT"], enableWire: "No" })).toEqual({
      class: "high",
      reason: "High-risk SEC code added: IAT.",
    });
  });

  it("takes the high-risk codes as data", () => {
    expect(riskOf(limit, { secCodes: ["CCD", "WEB"] }, ["PPD"]).class).toBe("medium");
    expect(riskOf(limit, { secCodes: ["CCD", "PPD"] }, ["PPD"]).class).toBe("high");
  });

  it("asks the policy for a second person", () => {
    const policy = { high: true, medium: false, low: false };
    expect(needsSecondPerson(policy, { class: "high" })).toBe(true);
    expect(needsSecondPerson(policy, { class: "medium" })).toBe(false);
  });
});

describe("funding basis", () => {
  it("is read from both flags, proposed over known", () => {
    expect(basisOf({ isAchPrefund: read(true) }, {})).toBe("prefunded");
    expect(basisOf({ isUnderWritten: read(true) }, {})).toBe("underwritten");
    expect(basisOf({ isUnderWritten: read(false), isAchPrefund: read(false) }, {})).toBe("neither");
    expect(basisOf({ isUnderWritten: read(false) }, {})).toBe("unknown");
    expect(basisOf({ isUnderWritten: read(true) }, { isAchPrefund: true })).toBe("both");
    expect(basisOf({ isUnderWritten: read(true) }, { isAchPrefund: true, isUnderWritten: false })).toBe("prefunded");
  });

  it("sends both flags and the offset for Prefunded, and says so", () => {
    const known = { isUnderWritten: read(true), isAchPrefund: read(false), enableOffset: read("No") };
    const choice = chooseBasis("prefunded", known, { accountName: "x" });
    expect(choice.proposed).toEqual(
      { accountName: "x", isAchPrefund: true, isUnderWritten: false, enableOffset: "Yes" },
    );
    expect(choice.forces).toEqual(["Enable offset Yes"]);
    expect(choice.sends).toBe("Sends ACH prefund true, underwritten false; sets Enable offset to Yes.");
    const checked = checkUpdate({ known, proposed: choice.proposed });
    expect(checked.update).toEqual(
      { accountName: "x", isAchPrefund: true, isUnderWritten: false, enableOffset: "Yes" },
    );
    expect(checked.changes.find((change) => change.field === "enableOffset")?.forcedBy).toBe("Prefunded");
  });

  it("takes back what it forced when another basis is chosen, and nothing a person set", () => {
    const forced = chooseBasis("prefunded", {}, {}).proposed;
    expect(chooseBasis("neither", {}, forced).proposed).toEqual({ isAchPrefund: false, isUnderWritten: false });
    const own = chooseBasis("underwritten", {}, { enableOffset: "Yes" }).proposed;
    expect(own.enableOffset).toBe("Yes");
  });

  it("forces nothing where offset is known to be on", () => {
    const choice = chooseBasis("prefunded", { enableOffset: read("Yes"), isUnderWritten: read(false) }, {});
    expect(choice.forces).toEqual([]);
    expect(choice.proposed).not.toHaveProperty("enableOffset");
    expect(choice.sends).toBe("Sends ACH prefund true.");
  });
});
