import type { AccountDetail, FieldValue, FinzlyFieldName, FinzlyUpdate, JsonValue, TestStep } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";

export interface AccountAddress {
  readonly customerUid: string;
  readonly accountUid: string;
}

/** An account as the provider told it, in Vostro's terms: money in minor units, Yes/No as text, secrets dropped. */
export interface ProviderAccount extends AccountAddress {
  readonly accountName: string | undefined;
  readonly status: string | undefined;
  readonly ledgerMinor: number | undefined;
  /** Only fields the provider returned; absent = it did not say. */
  readonly known: { readonly [F in FinzlyFieldName]?: FieldValue };
  readonly facts: AccountDetail["facts"];
  /** The record as received, minus secrets such as `externalAuthToken`. */
  readonly raw: { readonly [key: string]: JsonValue };
  /** Last characters of the account number, also where the provider shows it masked only. */
  readonly last4?: string;
  /** What an aggregator knows of it; then `raw` is empty, because the record keeps all that was sent. */
  readonly aggregated?: AggregatedRecord;
}

export interface ProviderCustomer {
  readonly customerUid: string;
  readonly name: string;
  readonly secCodes: readonly string[] | undefined;
  readonly achCompanyId: string | undefined;
  readonly raw: { readonly [key: string]: JsonValue };
}

export interface CustomerPage {
  readonly customers: readonly ProviderCustomer[];
  readonly totalCustomers: number | undefined;
  readonly last: boolean;
}

/** A write fixed before it is durable: exactly these bytes go to exactly this host. No secret in it. */
export interface PreparedWrite {
  readonly method: "PUT" | "DELETE";
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

/**
 * What one HTTP request for a write came to.
 * `accepted`: 2xx and a parsed Success. `refused`: a parsed refusal (200 Failure, 400, 403, 404, 409, 422): definite.
 * `unauthorized`: 401, nothing was applied. `busy`: 429 or 503: not applied, may be tried again after `retryAfterMs`.
 * `not-sent`: no byte of the body can have reached the provider (refused connection, DNS, TLS, sign-in, connect
 * time-out, offline): definite. `unknown`: bytes were sent and there is no clear answer.
 */
export type WriteOutcome =
  | { readonly kind: "accepted"; readonly httpStatus: number; readonly code?: string; readonly message?: string }
  | { readonly kind: "refused"; readonly httpStatus: number; readonly code?: string; readonly message: string }
  | { readonly kind: "unauthorized"; readonly httpStatus: number; readonly message: string }
  | { readonly kind: "busy"; readonly httpStatus: number; readonly retryAfterMs?: number; readonly message: string }
  | {
      readonly kind: "not-sent";
      readonly reason: "unreachable" | "certificate" | "sign-in" | "sign-in-down";
      readonly message: string;
    }
  | { readonly kind: "unknown"; readonly httpStatus?: number; readonly message: string };

/** How an account is deleted, and how it is seen that it is. */
export interface AccountDeletion {
  readonly prepare: (address: AccountAddress) => PreparedWrite;
  /**
   * The account as the provider holds it now; undefined only where the provider itself says that it has none. Throws as
   * reads do; a "not found" that may be of a proxy or a wrong address is not-found, and proves nothing.
   */
  readonly find: (address: AccountAddress, signal: AbortSignal) => Promise<ProviderAccount | undefined>;
}

/**
 * A provider whose accounts can be edited, bound to one connection and its credentials. Reads throw `VostroFailure`
 * (sign-in-needed, provider-busy, provider-down, provider-changed, provider-rejected, not-found, offline) and may retry;
 * `write` never throws for what the network does and never retries.
 */
export interface AccountProvider {
  readonly canRead: boolean;
  readonly prepareUpdate: (address: AccountAddress, update: FinzlyUpdate, currency: string) => PreparedWrite;
  /** Absent where the provider deletes no accounts, or Vostro does not ask it to. */
  readonly deletion?: AccountDeletion;
  /**
   * Waits until one more request may go by the connection's requests per second. Whoever writes takes a turn before the
   * intent is committed; reads take theirs by themselves. Rejects with the signal's reason.
   */
  readonly turn: (signal: AbortSignal) => Promise<void>;
  /** Makes sure a token is at hand so that `write` need not fetch one. `undefined` when signed in. */
  readonly signIn: (signal: AbortSignal) => Promise<Extract<WriteOutcome, { kind: "not-sent" | "busy" }> | undefined>;
  /** One request, exactly `prepared`, with the token at hand. */
  readonly write: (prepared: PreparedWrite, signal: AbortSignal) => Promise<WriteOutcome>;
  /** Forgets the token so that the next `signIn` fetches a fresh one (after a 401). */
  readonly forgetToken: () => void;
  readonly readAccount: (
    address: AccountAddress,
    hint: { readonly accountNumber?: string },
    signal: AbortSignal,
  ) => Promise<ProviderAccount>;
  readonly readCustomer: (customerUid: string, signal: AbortSignal) => Promise<ProviderCustomer>;
  /** Pages count from 1. */
  readonly readCustomers: (page: number, signal: AbortSignal) => Promise<CustomerPage>;
  readonly readAccounts: (
    customerUid: string,
    page: number,
    signal: AbortSignal,
  ) => Promise<{
    readonly accounts: readonly ProviderAccount[];
    readonly last: boolean;
    /** Account UIDs of which only the list could be read: no status, no balance. */
    readonly incomplete?: readonly string[];
  }>;
  /** The active accounts of a customer at one institution; absent where the provider has no such service (Finzly). */
  readonly readAtInstitution?: (
    customerUid: string,
    institutionId: string,
    signal: AbortSignal,
  ) => Promise<readonly ProviderAccount[]>;
  /** Reachable? certificate trusted? sign-in accepted? reading allowed? In words. Exactly one sign-in attempt. */
  readonly test: (signal: AbortSignal) => Promise<TestStep[]>;
  readonly close: () => Promise<void>;
}
