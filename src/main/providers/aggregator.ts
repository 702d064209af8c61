import type { TestStep } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import type { AccountAddress } from "./provider.ts";

export type AggregatorRefresh =
  | { readonly scope: "customer"; readonly customerId: string }
  | { readonly scope: "login"; readonly customerId: string; readonly institutionLoginId: string };

/**
 * What one refresh request came to.
 * `answered`: 2xx with account records. `still-running`: it may have reached the provider and goes on there (time-out,
 * reset, 202, 204, 408, 504, codes 325 and 5006): read, never post again. `needs-customer`: HTTP 203 or an aggregation
 * code only the customer can clear. `ended-with-code`: the bank was asked and the attempt ended with any other aggregation
 * code. `refused`: a definite refusal, no bank was asked. `not-sent`: no byte can have reached the provider.
 */
export type RefreshAnswer =
  | { readonly kind: "answered"; readonly httpStatus: number; readonly records: readonly AggregatedRecord[] }
  | { readonly kind: "still-running"; readonly message: string; readonly httpStatus?: number; readonly code?: string }
  | { readonly kind: "needs-customer"; readonly message: string; readonly httpStatus: number; readonly code?: string }
  | { readonly kind: "ended-with-code"; readonly message: string; readonly httpStatus: number; readonly code: string }
  | { readonly kind: "refused"; readonly message: string; readonly httpStatus: number; readonly code?: string }
  | { readonly kind: "not-sent"; readonly message: string; readonly reason: "unreachable" | "certificate" | "sign-in" };

/** One field of an account's sign-in form at its bank. A masked one has no value: it is dropped as it is decoded. */
export interface LoginField {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** The stored user name or the like: never kept, never logged. */
  readonly value?: string;
  readonly mask: boolean;
  /** The provider's display order; the place in its answer where it gives none. */
  readonly order: number;
}

/**
 * An aggregator (Finicity, Signzy) bound to one connection and its credentials. Reads throw `VostroFailure`
 * (sign-in-needed, provider-busy, provider-down, provider-changed, provider-rejected, not-found, offline) and may retry;
 * `refresh` posts exactly once, never throws for what the network does and never retries (reference §2.3, §3).
 */
export interface AggregatorProvider {
  /** Every account of the customer, as the provider holds them now. Asks no bank. */
  readonly readRecords: (customerId: string, signal: AbortSignal) => Promise<readonly AggregatedRecord[]>;
  /** The fields of an account's sign-in, in display order; absent where the provider has no such service (Signzy). */
  readonly readLoginForm?: (address: AccountAddress, signal: AbortSignal) => Promise<readonly LoginField[]>;
  /** Makes the provider ask the customer's banks. Only ever from a person's click. */
  readonly refresh: (wish: AggregatorRefresh, signal: AbortSignal) => Promise<RefreshAnswer>;
  /** Whether one institution login may be refreshed alone (Finicity) or only the whole customer (Signzy). */
  readonly refreshesLogins: boolean;
  readonly test: (signal: AbortSignal) => Promise<TestStep[]>;
  readonly close: () => Promise<void>;
}
