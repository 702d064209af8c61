import type { FieldValue, KnownFields, KnownValue } from "@contract/rules/field-types.ts";

/** A last-known value as the provider returned it. */
export const read = (value: FieldValue): KnownValue => ({ value, source: "provider-read", atMs: 1 });

/** An ordinary deposit account of which everything a file may change is known. */
export const settlementAccount: KnownFields = {
  accountType: read("Deposit"),
  accountSubType: read("Checking"),
  currency: read("USD"),
  accountName: read("Harbor & Vine Settlement"),
  enableOffset: read("No"),
  enableWire: read("No"),
  countryCode: read("US"),
  routingNumber: read("101206101"),
  bankIdType: read("NID"),
  costCenter: read("CC-1001"),
  isUnderWritten: read(false),
  isAchPrefund: read(false),
  debitExposureLimit: read(2_500_000),
  creditExposureLimit: read(10_000_000),
  secCodes: read(["CCD", "PPD"]),
  achCompanyId: read("1234567890"),
};
