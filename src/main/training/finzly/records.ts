/** A JSON value kept as the caller sent it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export type YesNo = "Yes" | "No";
export type AccountType = "Deposit" | "Loan";
export type AccountSubType =
  | "Checking"
  | "Savings"
  | "Health Savings Account"
  | "CD"
  | "Money Market"
  | "Pseudo"
  | "Credit Card"
  | "Heloc"
  | "Line of Credit";
export type AccountStatus = "Active" | "Suspended" | "Closed";

/** The link of an account held at another bank; `externalAuthToken` is a secret that a V2 read gives away. */
export interface ExternalAccount {
  readonly externalProvider: string;
  readonly externalId: string;
  readonly externalAuthToken: string;
}

/**
 * What the provider itself holds about one account. Amounts are integer minor units (cents) and never negative,
 * balances excepted; null means never set. JSON-serialisable.
 */
export interface StoredAccount {
  readonly customerUID: string;
  readonly accountUID: string;
  readonly status: AccountStatus;
  readonly accountType: AccountType;
  readonly accountSubType: AccountSubType;
  readonly systemOfRecords: "Other Core" | "External" | "Finzly Core";
  readonly accountNumber: string;
  readonly currency: string;
  readonly accountName: string;
  readonly masterGl: string | null;
  readonly enableOffset: YesNo;
  readonly enableWire: YesNo;
  readonly defaultOffset: YesNo;
  readonly feeAccount: YesNo;
  readonly returnAccount: YesNo;
  readonly fboAccountNumber: string | null;
  readonly countryCode: string;
  readonly routingNumber: string;
  readonly bankIdType: "NID" | "BIC";
  readonly bankName: string | null;
  readonly enableCallbacks: boolean;
  readonly callbackLimitMinor: number | null;
  readonly costCenter: string;
  readonly isUnderWritten: boolean;
  readonly isAchPrefund: boolean;
  readonly debitExposureLimitMinor: number | null;
  readonly creditExposureLimitMinor: number | null;
  readonly accountAnalysis: boolean;
  readonly reason: string | null;
  readonly secCodes: readonly string[];
  readonly achCompanyId: string | null;
  readonly accountFeatures: JsonObject;
  readonly additionalAttributes: readonly JsonObject[];
  readonly ledgerBalanceMinor: number;
  readonly availableBalanceMinor: number;
  readonly externalAccount: ExternalAccount | null;
}

/** The fields of a stored account that one update changes. */
export type AccountPatch = Partial<Omit<StoredAccount, "customerUID" | "accountUID">>;

/** A legal entity at the provider, with the values its accounts may use. */
export interface StoredCustomer {
  readonly customerUID: string;
  readonly legalName: string;
  readonly shortName: string;
  readonly customerId: string;
  readonly customerType: "Corporate" | "Consumer" | "Financial Institution" | "Downstream Partner" | "Processing Org";
  readonly status: "Active" | "Suspended";
  readonly taxId: string;
  readonly achCompanyID: string;
  readonly secCodes: readonly string[];
  readonly costCenters: readonly string[];
  readonly fboAccountNumbers: readonly string[];
  readonly achPrefund: boolean;
  readonly achPrefundDebitLimitMinor: number;
  readonly achPrefundCreditLimitMinor: number;
}

/** Everything that requests, tests and benches changed since the seed; JSON-serialisable. */
export interface FinzlySnapshot {
  readonly version: 1;
  readonly seed: number;
  readonly addedCount: number;
  readonly changed: readonly StoredAccount[];
  readonly removed: readonly string[];
}
