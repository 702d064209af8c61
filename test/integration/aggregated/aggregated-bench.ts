import type { AccountId, ConnectionId } from "../../../src/preload/contract/index.ts";
import type { AggregatedRecord } from "../../../src/preload/contract/rules/aggregation/record.ts";
import { accountOfRecord } from "../../../src/main/providers/aggregated-account.ts";
import { connectSignzy } from "../../../src/main/providers/signzy/client.ts";
import { createAggregator, type StoredAccount } from "../../../src/main/training/aggregator/index.ts";
import { startSignzySimulator } from "../../../src/main/training/signzy/index.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import { systemClock } from "../../../src/main/core/clock.ts";
import { maya, startBench, type Bench } from "../accounts/account-bench.ts";

const quick = { concurrency: 4, requestsPerSecond: 10_000, settleWindowMs: 100, busyRetries: 1 };
const waits = { connectTimeoutMs: 2000, headersTimeoutMs: 10_000, bodyTimeoutMs: 10_000 };
const refreshes = { refreshTimeoutMs: 1000, refreshCoolDownMs: 0, refreshGiveUpMs: 1000 };

/** A connection to Signzy that nobody answers behind. */
export function signzyConnection(bench: Bench, name = "Signzy"): ConnectionId {
  const { id } = bench.connections.save(
    {
      provider: "signzy",
      name,
      environment: "sandbox",
      apiBaseUrl: "https://api.signzy.example",
      canRead: true,
      signIn: "static-token",
      refreshPath: "bank-connect/refresh-customer",
      accountsPath: "bank-connect/customer-accounts",
      staticToken: "a-token-for-tests",
      ...quick,
      ...waits,
      ...refreshes,
    },
    maya,
  );
  return id;
}

/** What an aggregator might say of an account. */
export function record(accountId: string, over: Partial<AggregatedRecord> = {}): AggregatedRecord {
  return {
    customerId: "41442",
    accountId,
    institutionId: "101732",
    institutionLoginId: "9764",
    number: "XXXX-XXXXXX-32765",
    name: "Checking",
    type: "checking",
    status: "active",
    currency: "USD",
    balance: "1266.49",
    statusCode: 0,
    balanceDateS: 1_790_000_000,
    successDateS: 1_790_000_000,
    attemptDateS: 1_790_000_000,
    detail: {},
    positions: [],
    other: {},
    ...over,
  };
}

/** Puts a record into the cache as a read would. */
export function absorb(bench: Bench, connectionId: ConnectionId, given: AggregatedRecord): AccountId {
  return bench.file.store.transaction(
    (writer) => bench.accounts.absorbRead(writer, connectionId, accountOfRecord(given), Date.now()).id,
  );
}

export interface LoadedBench {
  readonly bench: Bench;
  readonly connectionId: ConnectionId;
  /** Every simulated account as its aggregator stores it, and as it was read over HTTP, by its id in the cache. */
  readonly accounts: ReadonlyMap<AccountId, { readonly stored: StoredAccount; readonly read: AggregatedRecord }>;
}

/** Every account of every simulated customer, read over HTTP and put into the cache. */
export async function loadedBench(): Promise<LoadedBench> {
  const aggregator = createAggregator({ timeScale: 0.0001 });
  const simulator = await startSignzySimulator({ aggregator });
  const network = { trusted: () => [], proxyFor: async () => "DIRECT", clock: systemClock, log: silentLog };
  const settings = {
    apiBaseUrl: simulator.origin,
    refreshPath: "bank-connect/refresh-customer",
    accountsPath: "bank-connect/customer-accounts",
    ...quick,
    ...waits,
    ...refreshes,
  };
  const provider = connectSignzy(settings, { kind: "token", token: "training-pre-production-token" }, network);
  const bench = startBench();
  const connectionId = signzyConnection(bench);
  const accounts = new Map<AccountId, { stored: StoredAccount; read: AggregatedRecord }>();
  for (const customer of aggregator.customers) {
    for (const read of await provider.readRecords(customer.id, new AbortController().signal)) {
      const stored = aggregator.account(customer.id, read.accountId);
      if (stored !== undefined) accounts.set(absorb(bench, connectionId, read), { stored, read });
    }
  }
  await provider.close();
  await simulator.close();
  aggregator.close();
  return { bench, connectionId, accounts };
}
