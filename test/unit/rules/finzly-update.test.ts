import { describe, expect, it } from "vitest";
import { fieldChange } from "@contract/rules/field-types.ts";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { read } from "./case-builders.ts";

const errorsOf = (checked: ReturnType<typeof checkUpdate>) =>
  checked.issues.filter((issue) => issue.severity === "error").map((issue) => issue.message);

describe("the sample body the provider prints", () => {
  const sample = {
    accountType: "Loan", accountSubType: "Savings", systemOfRecords: "External", accountNumber: "95659895",
    currency: "USD", accountName: "xyz", masterGl: "string", enableOffset: "Yes", enableWire: "Yes",
    defaultOffset: "Yes", feeAccount: "Yes", returnAccount: "Yes", fboAccountNumber: "1122344", countryCode: "US",
    routingNumber: "101206101", bankIdType: "NID", enableCallbacks: false, callbackLimit: "999999999.99",
    costCenter: "5235666", isUnderWritten: false, isAchPrefund: false, debitExposureLimit: "1000",
    creditExposureLimit: "5000", accountAnalysis: false, reason: "Annual review update", achCompanyId: "1234567899",
  };

  it("is refused because Savings does not go with Loan, and for nothing else", () => {
    const checked = checkUpdate({ known: {}, proposed: sample });
    expect(errorsOf(checked)).toEqual([
      "Savings is a deposit subtype, but the proposed type is Loan. Choose Credit Card, Heloc, Line of Credit.",
    ]);
    expect(checked.update).not.toHaveProperty("accountSubType");
  });

  it("is refused for its empty list, object and attributes too when these are taken literally", () => {
    const proposed = { ...sample, secCodes: [], accountFeatures: "{}", additionalAttributes: [] };
    const codes = checkUpdate({ known: {}, proposed }).issues.map((issue) => issue.code);
    expect(codes).toEqual(expect.arrayContaining(["FZ-SEC-EMPTY", "FZ-FEATURES-EMPTY", "FZ-ATTRIBUTES-EMPTY"]));
  });

  it("is accepted with a deposit type", () => {
    const checked = checkUpdate({ known: {}, proposed: { ...sample, accountType: "Deposit" } });
    expect(checked.issues).toEqual([]);
    expect(checked.update.callbackLimit).toBe(99_999_999_999);
  });
});

describe("what is sent", () => {
  const known = {
    accountName: read("Payroll Clearing"), accountType: read("Deposit"), accountSubType: read("Checking"),
    creditExposureLimit: read(25_000_000), secCodes: read(["CCD", "PPD", "CTX"]), isUnderWritten: read(true),
    currency: read("USD"), accountFeatures: read('{"rfpSend":true,"limit":1.50}'), enableWire: read("Yes"),
    accountNumber: { ...read("4444"), masked: true },
  };

  it("is only what differs from last known after normalising", () => {
    const proposed = {
      accountName: " Payroll Clearing ", currency: "usd", creditExposureLimit: "$250,000.00", isUnderWritten: true,
      secCodes: ["ctx", "CCD", "PPD", "ppd"], accountFeatures: '{ "limit": 1.5, "rfpSend": true }', enableWire: "YES",
      accountType: "deposit", masterGl: "", reason: "A note alone",
    };
    const checked = checkUpdate({ known, proposed });
    expect(checked.update).toEqual({});
    expect(checked).toMatchObject({ changes: [], issues: [], risk: { class: "low" } });
  });

  it("carries the reason beside a change, never in the list of changes", () => {
    const checked = checkUpdate({ known, proposed: { accountName: "Payroll", reason: "Renamed" } });
    expect(checked.update).toEqual({ accountName: "Payroll", reason: "Renamed" });
    expect(checked.changes.map((change) => change.field)).toEqual(["accountName"]);
  });

  it("treats a proposal over a masked number as a change and keeps the full number out of the sheet", () => {
    const checked = checkUpdate({ known, proposed: { accountNumber: "0012344444" } });
    expect(checked.update).toEqual({ accountNumber: "0012344444" });
    expect(checked.changes[0]).toMatchObject({ to: "4444", masked: true, from: { value: "4444" } });
    expect(checkUpdate({ known, proposed: { accountNumber: "4444" } }).update).toEqual({ accountNumber: "4444" });
    const full = checkUpdate(
      { known: { accountNumber: read("0098765432") }, proposed: { accountNumber: "0012344444" } },
    );
    expect(JSON.stringify(full.changes)).not.toMatch(/0098765432|0012344444/u);
  });

  it("takes the known subtype along when only the type changes and says why", () => {
    const half = { accountSubType: read("CD") };
    const checked = checkUpdate({ known: half, proposed: { accountType: "Deposit" } });
    expect(checked.update).toEqual({ accountType: "Deposit", accountSubType: "CD" });
    expect(checked.changes.find((change) => change.field === "accountSubType")?.forcedBy).toBe("Account type");
  });

  it("offers the replacement of a deprecated subtype", () => {
    const checked = checkUpdate({ known: {}, proposed: { accountSubType: "LineofCredit" } });
    expect(checked.issues).toMatchObject([{ code: "FZ-SUBTYPE-DEPRECATED", replacement: "Line of Credit" }]);
  });

  it("leaves a field with an error out of the update, but in the sheet", () => {
    const proposed = { debitExposureLimit: "1.005", costCenter: "7" };
    const checked = checkUpdate({ known, proposed });
    expect(checked.update).toEqual({ costCenter: "7" });
    expect(checked.changes.map((change) => change.to)).toEqual(["7", "1.005"]);
  });
});

describe("the change sheet", () => {
  const limit = (before: number | undefined, typed: string) =>
    checkUpdate({
      known: before === undefined ? {} : { creditExposureLimit: read(before) },
      proposed: { creditExposureLimit: typed },
    }).changes[0];

  it("shows difference, percent and a large increase", () => {
    expect(limit(25_000_000, "400,000.00")).toMatchObject(
      { deltaMinor: 15_000_000, percentTenths: 600, largeIncrease: false },
    );
    expect(limit(1_000_000, "20,000.00")).toMatchObject({ percentTenths: 1000, largeIncrease: false });
    expect(limit(1_000_000, "20,000.01")).toMatchObject({ largeIncrease: true });
    expect(limit(300, "2.00")).toMatchObject({ deltaMinor: -100, percentTenths: -333 });
    expect(limit(0, "2.00")).toMatchObject({ deltaMinor: 200, largeIncrease: true });
    expect(limit(0, "2.00")).not.toHaveProperty("percentTenths");
    expect(limit(undefined, "2.00")).not.toHaveProperty("deltaMinor");
  });

  it("does not compare amounts across a change of currency", () => {
    const known = { currency: read("USD"), creditExposureLimit: read(500) };
    const checked = checkUpdate({ known, proposed: { currency: "JPY", creditExposureLimit: "500" } });
    expect(checked.currency).toBe("JPY");
    expect(checked.update.creditExposureLimit).toBe(500);
    const change = checked.changes.find((entry) => entry.field === "creditExposureLimit");
    expect(change).toMatchObject({ risk: { class: "high" } });
    expect(change).not.toHaveProperty("deltaMinor");
  });

  it("names codes added and removed only when the last known codes are known", () => {
    const known = { secCodes: read(["CCD", "PPD", "CTX"]) };
    const checked = checkUpdate({ known, proposed: { secCodes: ["CCD", "PPD", "WEB"] } });
    expect(checked.changes[0]).toMatchObject({ codesAdded: ["WEB"], codesRemoved: ["CTX"] });
    const unknown = checkUpdate({ known: {}, proposed: { secCodes: ["CCD"] } });
    expect(unknown.changes[0]).not.toHaveProperty("codesAdded");
  });

  it("fits the shape that crosses the bridge", () => {
    const checked = checkUpdate(
      { known: {}, proposed: { isAchPrefund: true, enableOffset: "Yes", debitExposureLimit: "x" } },
    );
    for (const change of checked.changes) expect(fieldChange.parse(change)).toEqual(change);
    expect(checked.changes.find((change) => change.field === "enableOffset")?.forcedBy).toBe("Prefunded");
  });

  it("says a swap only where a swap mends the checksum", () => {
    const us = { bankIdType: read("NID"), countryCode: read("US") };
    const message = (routingNumber: string) => errorsOf(checkUpdate({ known: us, proposed: { routingNumber } }))[0];
    expect(message("101260101")).toBe("Routing number fails its checksum. Two digits may be swapped.");
    expect(message("111111119")).toBe("Routing number fails its checksum.");
  });
});
