import type { ConnectionId } from "../../src/preload/contract/index.ts";
import type { HttpDependencies } from "../../src/main/http/client.ts";
import type { Clock } from "../../src/main/core/clock.ts";
import type { Log } from "../../src/main/core/log.ts";
import type { AggregatorProvider } from "../../src/main/providers/aggregator.ts";
import { connectFinicity } from "../../src/main/providers/finicity/client.ts";
import { connectSignzy, usualSignzyPaths } from "../../src/main/providers/signzy/client.ts";
import { createAggregator, type Aggregator } from "../../src/main/training/aggregator/index.ts";
import { startFinicitySimulator, type FaultKind as FinicityFault } from "../../src/main/training/finicity/index.ts";
import {
  startSignzySimulator, type FaultKind as SignzyFault, type SignzySimulatorOptions,
} from "../../src/main/training/signzy/index.ts";

export const trainingToken = "training-pre-production-token";

/** Through whom a refresh goes, and of what: a customer through Signzy or Finicity, or one institution login. */
export const refreshWays = ["signzy", "finicity", "finicity-login"] as const;
export type RefreshWay = (typeof refreshWays)[number];

export type RefreshFault = SignzyFault | FinicityFault;
interface Strike {
  readonly kind: RefreshFault;
  readonly on?: "refresh" | "accounts";
  readonly delayMs?: number;
  readonly times?: number;
  readonly code?: number;
}

/** A running simulated provider, whichever it is. */
export interface RefreshesSimulator {
  readonly way: RefreshWay;
  readonly origin: string;
  readonly aggregator: Aggregator;
  /** What a refresh's request line begins with. */
  readonly refreshLine: RegExp;
  /** How many refreshes were asked for, of one customer or of all; refused and struck ones count. */
  refreshPosts(customerId?: string): number;
  /** How many of them were started. */
  refreshesStarted(): number;
  /** Switches a fault on; on refreshes unless told. */
  strike(fault: Strike): void;
  calm(): void;
  connect(origin: string, network: HttpDependencies & { readonly clock: Clock; readonly log: Log }): AggregatorProvider;
  close(): Promise<void>;
}

const waits = { connectTimeoutMs: 1000, headersTimeoutMs: 2000, bodyTimeoutMs: 2000 };
const pace = { concurrency: 4, requestsPerSecond: 1000 };

async function signzyWay(options: SignzySimulatorOptions): Promise<RefreshesSimulator> {
  const aggregator = options.aggregator ?? createAggregator({ timeScale: 0.0001 });
  const { origin, ledger, faults, refreshPosts, close } = await startSignzySimulator({ ...options, aggregator });
  return {
    way: "signzy",
    origin,
    aggregator,
    refreshLine: /^POST \S+\/refresh-customer /u,
    refreshPosts,
    refreshesStarted: () => ledger.entries().filter(({ route, applied }) => route === "refresh" && applied).length,
    strike: ({ kind, on = "refresh", ...more }) =>
      void faults.set({ kind: kind as SignzyFault, route: on, ...more }),
    calm: faults.clear,
    connect: (apiBaseUrl, network) =>
      connectSignzy(
        { apiBaseUrl, ...usualSignzyPaths, ...waits, ...pace },
        { kind: "token", token: trainingToken },
        network,
      ),
    close: async () => {
      await close();
      aggregator.close();
    },
  };
}

async function finicityWay(way: "finicity" | "finicity-login"): Promise<RefreshesSimulator> {
  const aggregator = createAggregator({ timeScale: 0.0001 });
  const { origin, ledger, faults, refreshPosts, close } = await startFinicitySimulator({ aggregator });
  const refresh = way === "finicity" ? "refresh.customer" : "refresh.login";
  return {
    way,
    origin,
    aggregator,
    refreshLine: /^POST \S+\/accounts /u,
    refreshPosts,
    refreshesStarted: () => ledger.entries().filter(({ route, applied }) => route === refresh && applied).length,
    strike: ({ kind, on = "refresh", ...more }) =>
      void faults.set({ kind: kind as FinicityFault, route: on === "refresh" ? refresh : "accounts.list", ...more }),
    calm: faults.clear,
    connect: (apiBaseUrl, network) =>
      connectFinicity(
        {
          id: 1 as ConnectionId,
          provider: "finicity",
          name: "Finicity",
          environment: "sandbox",
          apiBaseUrl,
          canRead: true,
          wire: "json",
          forms: "classic",
          settleWindowMs: 0,
          busyRetries: 0,
          refreshTimeoutMs: 60_000,
          refreshCoolDownMs: 0,
          refreshGiveUpMs: 60_000,
          builtIn: false,
          state: "ready",
          ...waits,
          ...pace,
        },
        { partnerId: "training-partner", partnerSecret: "training-secret", appKey: "training-app-key" },
        () => undefined,
        network,
      ),
    close: async () => {
      await close();
      aggregator.close();
    },
  };
}

/** Starts the simulated provider that refreshes go through, with an aggregator of its own. */
export async function startRefreshesSimulator(
  way: RefreshWay,
  signzy: SignzySimulatorOptions = {},
): Promise<RefreshesSimulator> {
  return way === "signzy" ? await signzyWay(signzy) : await finicityWay(way);
}
