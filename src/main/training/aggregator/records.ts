/** A decimal kept as the text of a JSON number, never a float: `{ decimal: "1266.49" }`. */
export interface Decimal {
  readonly decimal: string;
}
/** A plain number here is whole: epoch seconds or a count. */
export type DetailValue = string | boolean | number | Decimal;
export type Detail = Readonly<Record<string, DetailValue>>;

/**
 * How an account looks on the wire: with every field it has, as the provider's first documents printed it, with
 * numbers as text, or with a space before its type.
 */
export type WireForm = "full" | "printed" | "text-numbers" | "spaced-type";

/**
 * What the aggregator holds about one account. Dates are epoch seconds; null means absent on the wire. The number is
 * the full one. JSON-serialisable.
 */
export interface StoredAccount {
  readonly id: string;
  readonly customerId: string;
  readonly institutionId: string;
  readonly institutionLoginId: string;
  readonly number: string;
  readonly realAccountNumberLast4: string | null;
  readonly name: string;
  readonly accountNickname: string | null;
  readonly marketSegment: "personal" | "business" | null;
  readonly type: string;
  readonly status: "pending" | "active";
  readonly balanceMinor: number;
  readonly currency: string;
  readonly aggregationStatusCode: number | null;
  readonly balanceDateS: number | null;
  readonly aggregationSuccessDateS: number | null;
  readonly aggregationAttemptDateS: number | null;
  readonly createdDateS: number;
  readonly lastUpdatedDateS: number | null;
  readonly lastTransactionDateS: number | null;
  readonly oldestTransactionDateS: number | null;
  readonly detail: Detail | null;
  readonly positions: readonly Detail[];
  readonly displayPosition: number;
  readonly parentAccount: string | null;
  /** The code every attempt on this account ends with although its login works; null when it succeeds. */
  readonly ownCode: number | null;
  readonly wireForm: WireForm;
}

/** One sign-in of a customer at one institution, and how its next refresh will go. */
export interface StoredLogin {
  readonly id: string;
  readonly customerId: string;
  readonly institutionId: string;
  readonly username: string;
  /** Seconds a refresh takes at the provider, before scaling. */
  readonly refreshS: number;
  /** 0 when the bank lets the aggregator in; else the aggregation code of every attempt. */
  readonly outcomeCode: number;
  /** The question the bank asks during a refresh; null when it asks none. */
  readonly question: string | null;
  /** An account that the next successful refresh finds. */
  readonly brings: StoredAccount | null;
  /** The id of an account that the next successful refresh no longer finds. */
  readonly loses: string | null;
}

export interface StoredCustomer {
  readonly id: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly type: "testing" | "active";
  readonly createdDateS: number;
}

export interface Institution {
  readonly id: string;
  readonly name: string;
  /** How many digits of an account number stay readable behind the mask. */
  readonly visibleDigits: number;
  readonly fields: readonly { readonly name: string; readonly isMasked: boolean }[];
}

/** A login that is being refreshed; `endsAtMs` null: it never ends. */
export interface RunningRefresh {
  readonly loginId: string;
  readonly endsAtMs: number | null;
}

/** Everything that changed since the seed; JSON-serialisable. */
export interface AggregatorSnapshot {
  readonly version: 1;
  readonly seed: number;
  /** The moment the seeded dates are counted back from, epoch seconds. */
  readonly seededAtS: number;
  readonly accounts: readonly StoredAccount[];
  readonly removedAccounts: readonly string[];
  readonly logins: readonly StoredLogin[];
  readonly removedLogins: readonly string[];
  readonly running: readonly RunningRefresh[];
}
