import {
  createAggregator, type Aggregator, type AggregatorSnapshot,
} from "../aggregator/index.ts";
import { createLedger, type LedgerOf, type LedgerRecord } from "../shared/ledger.ts";
import { startLoopbackServer } from "../shared/loopback-server.ts";
import { createTimers } from "../shared/timers.ts";
import { createTokenOffice } from "./authentication.ts";
import { takeRequest, type Provider } from "./exchange.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { createFaultBoard, type FaultPanel } from "./fault-panel.ts";
import { tokenPath, type FinicityApi, type FinicityRoute, type RouteIds } from "./routes.ts";

export { errorShapes, type ErrorShape } from "./errors.ts";
export { finicityFaultKinds } from "./fault-kinds.ts";
export type { FaultKind, FaultKindText, FaultParameter, FaultScope } from "./fault-kinds.ts";
export type { ActiveFault, FaultPanel, FaultSpec } from "./fault-panel.ts";
export { finicityRoutes, type FinicityApi, type FinicityRoute, type RouteIds } from "./routes.ts";

/** One request as the simulated Finicity saw it; `applied` of a refresh says that it was started. */
export type LedgerEntry = LedgerRecord<FinicityRoute, FaultKind> & RouteIds;
export type Ledger = LedgerOf<LedgerEntry>;

export interface FinicitySimulatorOptions {
  /** A loopback port; 0, the default, takes any free one. */
  readonly port?: number;
  /** The aggregator to serve, shared with another provider; its owner closes it. One of its own when absent. */
  readonly aggregator?: Aggregator;
  /** Chooses the seeded data of an aggregator of its own, 1 by default. */
  readonly seed?: number;
  /** Multiplies how long refreshes of an aggregator of its own take; 1 by default. */
  readonly timeScale?: number;
  /** What an earlier run of an aggregator of its own changed; must come from the same seed. */
  readonly snapshot?: AggregatorSnapshot;
  readonly partnerId?: string;
  readonly partnerSecret?: string;
  readonly appKey?: string;
  /** Seconds, 7200 by default. */
  readonly tokenLifetimeS?: number;
  /** "classic", the default, serves the first documents' services; "current" serves today's forms. */
  readonly api?: FinicityApi;
  /** Milliseconds every API request waits before it is worked on. */
  readonly delayMs?: number;
  readonly nowMs?: () => number;
}

/** A running simulated Finicity: a real HTTP server that judges requests by the provider's documents alone. */
export interface FinicitySimulator {
  /** http://127.0.0.1:PORT, in place of the provider's host; paths start with /aggregation. */
  readonly origin: string;
  readonly tokenUrl: string;
  readonly faults: FaultPanel;
  readonly ledger: Ledger;
  readonly aggregator: Aggregator;
  /** How many refreshes were asked for, of one customer or of all; refused and struck ones count. */
  refreshPosts(customerId?: string): number;
  /** Makes every token issued so far invalid. */
  expireTokens(): void;
  /** Failed authentications since the last good one; five lock the partner. */
  failedAuthentications(): number;
  isLocked(): boolean;
  /** What the provider's support does for a locked partner. */
  unlock(): void;
  snapshot(): AggregatorSnapshot;
  /** Calls the listener after every change of a record and every start of a refresh. Returns how to stop. */
  onApplied(listener: () => void): () => void;
  /** Stops at once: open sockets are destroyed, and late applications still waiting never happen. */
  close(): Promise<void>;
}

function ownAggregator(options: FinicitySimulatorOptions): Aggregator {
  const { seed, timeScale, snapshot, nowMs } = options;
  return createAggregator({
    ...(seed === undefined ? {} : { seed }),
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(nowMs === undefined ? {} : { nowMs }),
  });
}

function buildProvider(options: FinicitySimulatorOptions): Provider {
  const nowMs = options.nowMs ?? Date.now;
  return {
    aggregator: options.aggregator ?? ownAggregator(options),
    tokens: createTokenOffice({
      partnerId: options.partnerId ?? "training-partner",
      partnerSecret: options.partnerSecret ?? "training-secret",
      tokenLifetimeS: options.tokenLifetimeS ?? 7200,
      nowMs,
    }),
    board: createFaultBoard(),
    book: createLedger(nowMs, ["token"]),
    timers: createTimers(),
    appKey: options.appKey ?? "training-app-key",
    api: options.api ?? "classic",
    delayMs: options.delayMs ?? 0,
  };
}

/**
 * Starts the simulated Finicity on 127.0.0.1. Rejects when the port is taken or the snapshot belongs to another seed.
 */
export async function startFinicitySimulator(options: FinicitySimulatorOptions = {}): Promise<FinicitySimulator> {
  const provider = buildProvider(options);
  const { aggregator, tokens } = provider;
  const server = await startLoopbackServer(options.port ?? 0, (request, response) =>
    takeRequest(provider, request, response),
  );
  return {
    origin: server.origin,
    tokenUrl: `${server.origin}${tokenPath}`,
    faults: provider.board.panel,
    ledger: provider.book.ledger,
    aggregator,
    refreshPosts: (customerId) =>
      provider.book.ledger
        .entries()
        .filter(({ route }) => route === "refresh.customer" || route === "refresh.login")
        .filter((entry) => customerId === undefined || entry.customerId === customerId).length,
    expireTokens: tokens.expireAll,
    failedAuthentications: tokens.failures,
    isLocked: tokens.isLocked,
    unlock: tokens.unlock,
    snapshot: aggregator.snapshot,
    onApplied: aggregator.onApplied,
    close: () => {
      provider.timers.close();
      if (options.aggregator === undefined) aggregator.close();
      return server.close();
    },
  };
}
