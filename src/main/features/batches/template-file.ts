import { finzlyFieldNames, type FinzlyFieldName } from "@contract";
import { csvRow, safeCell } from "@contract/rules/bulk/result-cell.ts";

const example: Readonly<Record<FinzlyFieldName, string>> = {
  accountType: "Deposit",
  accountSubType: "Checking",
  systemOfRecords: "",
  accountNumber: "EXAMPLE0001",
  currency: "USD",
  accountName: "Operating",
  masterGl: "",
  enableOffset: "Yes",
  enableWire: "Yes",
  defaultOffset: "No",
  feeAccount: "No",
  returnAccount: "No",
  fboAccountNumber: "",
  countryCode: "US",
  routingNumber: "021000021",
  bankIdType: "NID",
  enableCallbacks: "",
  callbackLimit: "",
  costCenter: "0100",
  isUnderWritten: "true",
  isAchPrefund: "false",
  debitExposureLimit: "250000.00",
  creditExposureLimit: "100000.00",
  accountAnalysis: "",
  reason: "Annual review",
  secCodes: "CCD|PPD",
  achCompanyId: "",
  accountFeatures: "",
  additionalAttributes: "",
};

/**
 * The template: the key columns, every field by the provider's own name, and the authorisation reference, with one
 * filled row. CSV with CRLF. A blank cell leaves a field alone. The filled row means no account, by whatever key: left
 * in the file, it is Not found and not sent.
 */
export function templateFile(): string {
  const header = ["customerUID", "accountUID", ...finzlyFieldNames, "authorisationRef"];
  const filled = ["EXAMPLE", "EXAMPLE", ...finzlyFieldNames.map((field) => example[field]), "CRM-2026-1187"];
  return csvRow(header) + csvRow(filled.map(safeCell));
}
