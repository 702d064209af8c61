import type { ConnectionId, FinzlyConnection } from "../../../src/preload/contract/index.ts";
import type { Clock } from "../../../src/main/core/clock.ts";
import type { Log } from "../../../src/main/core/log.ts";
import { connectFinzly, type FinzlyCredentials } from "../../../src/main/providers/finzly/client.ts";
import type { AccountProvider } from "../../../src/main/providers/provider.ts";
import {
  startFinzlySimulator,
  type FinzlySimulator,
  type FinzlySimulatorOptions,
} from "../../../src/main/training/finzly/index.ts";

export const bluefin = { customerUid: "100482", accountUid: "2156" };
export const trainingSecrets: FinzlyCredentials = { clientId: "training-client", clientSecret: "training-secret" };
export const never = new AbortController().signal;

/** A connection as a person would save it, with short time-outs so that tests end soon. */
export function testConnection(
  addresses: { apiBaseUrl: string; tokenUrl: string },
  over: Partial<FinzlyConnection> = {},
): FinzlyConnection {
  return {
    id: 1 as ConnectionId,
    provider: "finzly",
    name: "Test Finzly",
    environment: "sandbox",
    clientAuth: "basic",
    canRead: true,
    concurrency: 8,
    requestsPerSecond: 1000,
    connectTimeoutMs: 1000,
    headersTimeoutMs: 700,
    bodyTimeoutMs: 700,
    settleWindowMs: 0,
    busyRetries: 0,
    builtIn: false,
    state: "ready",
    ...addresses,
    ...over,
  };
}

/** A clock whose monotonic side a test can turn. */
export function turnableClock(): Clock & { forward: (ms: number) => void } {
  let aheadMs = 0;
  return {
    nowMs: () => Date.now() + aheadMs,
    monotonicMs: () => performance.now() + aheadMs,
    forward: (ms) => {
      aheadMs += ms;
    },
  };
}

export interface Rig {
  readonly simulator: FinzlySimulator;
  readonly provider: AccountProvider;
  readonly clock: ReturnType<typeof turnableClock>;
  /** Everything the provider logged, as text. */
  readonly logged: string[];
  readonly close: () => Promise<void>;
}

export async function startRig(
  given: {
    simulator?: FinzlySimulatorOptions;
    connection?: Partial<FinzlyConnection>;
    secrets?: FinzlyCredentials;
    /** Certificates of authorities, in PEM. */
    trusted?: readonly string[];
  } = {},
): Promise<Rig> {
  const simulator = await startFinzlySimulator(given.simulator);
  const clock = turnableClock();
  const logged: string[] = [];
  const line = (message: string, facts?: Readonly<Record<string, unknown>>) =>
    void logged.push(`${message} ${JSON.stringify(facts)}`);
  const log: Log = { info: line, warn: line, error: line };
  const network = { trusted: () => given.trusted ?? [], proxyFor: async () => "DIRECT", clock, log };
  const provider = connectFinzly(
    testConnection(simulator, given.connection),
    given.secrets ?? trainingSecrets,
    network,
  );
  const close = async (): Promise<void> => {
    await simulator.close();
    await provider.close();
  };
  return { simulator, provider, clock, logged, close };
}
