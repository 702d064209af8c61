import { afterEach, vi } from "vitest";
import type { StoredAccount } from "../../../src/main/training/aggregator/index.ts";
import {
  startFinicitySimulator,
  type FinicitySimulator,
  type FinicitySimulatorOptions,
  type LedgerEntry,
} from "../../../src/main/training/finicity/index.ts";

export const appKey = "training-app-key";
export const credentials = { partnerId: "training-partner", partnerSecret: "training-secret" };
/** The customer and account that the provider's first documents print. */
export const printed = { customerId: "41442", accountId: "2055", loginId: "9764" } as const;
export const customerPath = `/aggregation/v1/customers/${printed.customerId}`;
export const accountPath = `${customerPath}/accounts/${printed.accountId}`;

export type Format = "json" | "xml";
export interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly text: string;
}

export interface Caller {
  readonly simulator: FinicitySimulator;
  readonly token: string;
  /** A call with key and token that accepts `format`; `headers` override, null removes. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  /** The parsed JSON answer of a read. */
  read(path: string): Promise<unknown>;
  stored(): StoredAccount;
  lastLine(): LedgerEntry;
}

export interface CallOptions {
  readonly format?: Format;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly signal?: AbortSignal;
}

const running = new Set<FinicitySimulator>();

afterEach(async () => {
  await Promise.all([...running].map((simulator) => simulator.close()));
  running.clear();
});

/** Starts a simulator whose refreshes take a thousandth of the provider's time; it closes after the test. */
export async function start(options?: FinicitySimulatorOptions): Promise<FinicitySimulator> {
  const simulator = await startFinicitySimulator({ timeScale: 0.001, ...options });
  running.add(simulator);
  return simulator;
}

export async function reply(response: Response): Promise<Reply> {
  const { status, headers } = response;
  return { status, type: headers.get("content-type"), headers, text: await response.text() };
}

export function send(
  simulator: FinicitySimulator,
  method: string,
  path: string,
  options: CallOptions & { readonly token?: string } = {},
): Promise<Response> {
  const type = `application/${options.format ?? "json"}`;
  const headers = new Headers({ accept: type, "finicity-app-key": appKey });
  if (options.token !== undefined) headers.set("finicity-app-token", options.token);
  if (options.body !== undefined) headers.set("content-type", type);
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const init = options.body === undefined ? {} : { body: options.body };
  const abort = options.signal === undefined ? {} : { signal: options.signal };
  return fetch(`${simulator.origin}${path}`, { method, headers, ...init, ...abort });
}

export async function authenticate(
  simulator: FinicitySimulator,
  body: string = JSON.stringify(credentials),
  options: CallOptions = {},
): Promise<Reply> {
  return reply(await send(simulator, "POST", "/aggregation/v2/partners/authentication", { ...options, body }));
}

/** Starts a simulator, signs in, and gives calls that carry key and token. */
export async function signIn(options?: FinicitySimulatorOptions): Promise<Caller> {
  return signInTo(await start(options));
}

export async function signInTo(simulator: FinicitySimulator): Promise<Caller> {
  const { token }: { token: string } = JSON.parse((await authenticate(simulator)).text);
  const call: Caller["call"] = async (method, path, options) =>
    reply(await send(simulator, method, path, { token, ...options }));
  return {
    simulator,
    token,
    call,
    read: async (path) => JSON.parse((await call("GET", path)).text),
    stored: () => must(simulator.aggregator.account(printed.customerId, printed.accountId)),
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

/** Every account the simulator holds. */
export function allAccounts(simulator: FinicitySimulator): readonly StoredAccount[] {
  return simulator.aggregator.customers.flatMap(({ id }) => simulator.aggregator.accountsOf(id));
}
