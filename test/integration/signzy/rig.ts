import { afterEach } from "vitest";
import type { Clock } from "../../../src/main/core/clock.ts";
import type { Log } from "../../../src/main/core/log.ts";
import type { AggregatorProvider } from "../../../src/main/providers/aggregator.ts";
import {
  connectSignzy,
  usualSignzyPaths,
  type SignzyCredentials,
  type SignzySettings,
} from "../../../src/main/providers/signzy/client.ts";
import { createAggregator } from "../../../src/main/training/aggregator/index.ts";
import {
  startSignzySimulator,
  type SignzySimulator,
  type SignzySimulatorOptions,
} from "../../../src/main/training/signzy/index.ts";

export const printed = { customerId: "6018678884", accountId: "5011648377", loginId: "1007302745" } as const;
export const token: SignzyCredentials = { kind: "token", token: "training-pre-production-token" };
export const login: SignzyCredentials = {
  kind: "login",
  username: "training-user",
  password: "training-pre-production-password",
};
export const never = new AbortController().signal;
export const customer = { scope: "customer", customerId: printed.customerId } as const;

export interface Rig {
  readonly simulator: SignzySimulator;
  readonly provider: AggregatorProvider;
  /** Everything the provider logged, as text. */
  readonly logged: string[];
  readonly forward: (ms: number) => void;
  /** How often a route was asked. */
  readonly count: (route: "login" | "refresh" | "accounts") => number;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A provider at a simulated Signzy whose refreshes take a ten-thousandth of the real time. */
export async function startRig(
  given: {
    simulator?: SignzySimulatorOptions;
    settings?: Partial<SignzySettings>;
    credentials?: SignzyCredentials;
  } = {},
): Promise<Rig> {
  const aggregator = createAggregator({ timeScale: 0.0001 });
  const simulator = await startSignzySimulator({ aggregator, ...given.simulator });
  let aheadMs = 0;
  const clock: Clock = { nowMs: () => Date.now() + aheadMs, monotonicMs: () => performance.now() + aheadMs };
  const logged: string[] = [];
  const line = (message: string, facts?: Readonly<Record<string, unknown>>): void =>
    void logged.push(`${message} ${JSON.stringify(facts)}`);
  const log: Log = { info: line, warn: line, error: line };
  const settings: SignzySettings = {
    apiBaseUrl: simulator.origin,
    ...usualSignzyPaths,
    connectTimeoutMs: 1000,
    headersTimeoutMs: 2000,
    bodyTimeoutMs: 2000,
    concurrency: 4,
    requestsPerSecond: 1000,
    ...given.settings,
  };
  const provider = connectSignzy(settings, given.credentials ?? token, {
    trusted: () => [],
    proxyFor: async () => "DIRECT",
    clock,
    log,
  });
  closing.push(async () => {
    await simulator.close();
    aggregator.close();
    await provider.close();
  });
  return {
    simulator,
    provider,
    logged,
    forward: (ms) => {
      aheadMs += ms;
    },
    count: (route) => simulator.ledger.entries().filter((entry) => entry.route === route).length,
  };
}
