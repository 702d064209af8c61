import { afterEach, vi } from "vitest";
import type { Aggregator } from "../../../src/main/training/aggregator/index.ts";
import { createAggregator } from "../../../src/main/training/aggregator/index.ts";
import {
  startSignzySimulator,
  type LedgerEntry,
  type SignzySimulator,
  type SignzySimulatorOptions,
} from "../../../src/main/training/signzy/index.ts";

/** The customer, account and login that the reseller's documents print. */
export const printed = { customerId: "6018678884", accountId: "5011648377", loginId: "1007302745" } as const;
export const staticToken = "training-pre-production-token";
export const user = { username: "training-user", password: "training-pre-production-password" };

export interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

export interface Caller {
  readonly simulator: SignzySimulator;
  refresh(customerId?: string, options?: PostOptions): Promise<Reply>;
  accounts(customerId?: string): Promise<Reply>;
  lastLine(): LedgerEntry;
}

export interface PostOptions {
  readonly token?: string | null;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

const running = new Set<SignzySimulator>();
const aggregators = new Set<Aggregator>();

afterEach(async () => {
  await Promise.all([...running].map((simulator) => simulator.close()));
  for (const aggregator of aggregators) aggregator.close();
  running.clear();
  aggregators.clear();
});

/** An aggregator whose refreshes take a ten-thousandth of the provider's time; it closes after the test. */
export function aggregate(options: { readonly nowMs?: () => number } = {}): Aggregator {
  const aggregator = createAggregator({ timeScale: 0.0001, ...options });
  aggregators.add(aggregator);
  return aggregator;
}

export async function start(options: SignzySimulatorOptions = {}): Promise<SignzySimulator> {
  const simulator = await startSignzySimulator({ aggregator: aggregate(), ...options });
  running.add(simulator);
  return simulator;
}

export async function post(url: string, body: unknown, options: PostOptions = {}): Promise<Reply> {
  const headers = new Headers({ "content-type": options.contentType ?? "application/json" });
  if (options.token != null) headers.set("authorization", options.token);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const abort = options.signal === undefined ? {} : { signal: options.signal };
  const response = await fetch(url, { method: "POST", headers, body: text, ...abort });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

/** Starts a simulator and gives calls that carry the account manager's token. */
export async function ready(options?: SignzySimulatorOptions): Promise<Caller> {
  const simulator = await start(options);
  return {
    simulator,
    refresh: (customerId = printed.customerId, more = {}) =>
      post(simulator.refreshUrl, { customerId }, { token: staticToken, ...more }),
    accounts: (customerId = printed.customerId) =>
      post(simulator.accountsUrl, { customerId }, { token: staticToken }),
    lastLine: () => must(simulator.ledger.entries().at(-1)),
  };
}

export function must<T>(value: T | undefined | null): T {
  if (value == null) throw new Error("Expected a value");
  return value;
}

export function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 15_000, interval: 5 });
}
