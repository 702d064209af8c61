import type { ConnectionId, FinicityConnection } from "../../../src/preload/contract/index.ts";
import type { Log } from "../../../src/main/core/log.ts";
import { connectFinicity, type FinicityProvider } from "../../../src/main/providers/finicity/client.ts";
import {
  startFinicitySimulator,
  type FinicitySimulator,
  type FinicitySimulatorOptions,
} from "../../../src/main/training/finicity/index.ts";
import { turnableClock } from "../finzly/finzly-rig.ts";

export const partner = {
  partnerId: "training-partner",
  partnerSecret: "training-secret",
  appKey: "training-app-key",
};
export const never = new AbortController().signal;

/** A connection as a person would save it, with short time-outs so that tests end soon. */
export function finicityConnection(apiBaseUrl: string, over: Partial<FinicityConnection> = {}): FinicityConnection {
  return {
    id: 1 as ConnectionId,
    provider: "finicity",
    name: "Test Finicity",
    environment: "sandbox",
    apiBaseUrl,
    canRead: true,
    wire: "json",
    forms: "classic",
    concurrency: 8,
    requestsPerSecond: 1000,
    connectTimeoutMs: 1000,
    headersTimeoutMs: 700,
    bodyTimeoutMs: 700,
    settleWindowMs: 0,
    busyRetries: 0,
    refreshTimeoutMs: 1500,
    refreshCoolDownMs: 0,
    refreshGiveUpMs: 60_000,
    builtIn: false,
    state: "ready",
    ...over,
  };
}

export interface FinicityRig {
  readonly simulator: FinicitySimulator;
  readonly provider: FinicityProvider;
  readonly clock: ReturnType<typeof turnableClock>;
  /** Everything the provider logged, as text. */
  readonly logged: string[];
  /** What it said when its credentials were refused. */
  readonly refusals: string[];
  readonly tokenFetches: () => number;
  readonly close: () => Promise<void>;
}

export async function startFinicityRig(
  given: {
    simulator?: FinicitySimulatorOptions;
    connection?: Partial<FinicityConnection>;
    secrets?: Partial<typeof partner>;
  } = {},
): Promise<FinicityRig> {
  const simulator = await startFinicitySimulator({ timeScale: 0, ...given.simulator });
  const logged: string[] = [];
  const refusals: string[] = [];
  const clock = turnableClock();
  const note = (...parts: unknown[]): void => void logged.push(JSON.stringify(parts));
  const log: Log = { info: note, warn: note, error: note };
  const provider = connectFinicity(
    finicityConnection(simulator.origin, given.connection),
    { ...partner, ...given.secrets },
    (message) => void refusals.push(message),
    { trusted: () => [], proxyFor: async () => "DIRECT", clock, log },
  );
  return {
    simulator,
    provider,
    clock,
    logged,
    refusals,
    tokenFetches: () => simulator.ledger.entries().filter(({ route }) => route === "token").length,
    close: async () => {
      await Promise.all([provider.close(), simulator.close()]);
    },
  };
}
