import { afterEach } from "vitest";
import {
  startFinzlySimulator,
  type FinzlySimulator,
  type FinzlySimulatorOptions,
  type LedgerEntry,
  type StoredAccount,
} from "../../../src/main/training/finzly/index.ts";

/** The account most tests work on: an underwritten checking account of Bluefin Payroll. */
export const payroll = { customerUID: "100482", accountUID: "2156" } as const;
export const clientId = "training-client";
export const clientSecret = "training-secret";

export interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
}

export interface Envelope {
  readonly status: "Success" | "Failure";
  readonly code: string | null;
  readonly message: string | null;
  readonly data: unknown;
  readonly pagination?: Readonly<Record<string, number>>;
}

export interface Caller {
  readonly simulator: FinzlySimulator;
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
  call(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Reply>;
  put(body: unknown, ids?: { readonly customerUID: string; readonly accountUID: string }): Promise<Reply>;
  get(path: string): Promise<Envelope>;
  stored(): StoredAccount;
  lastLine(): LedgerEntry;
}

const running = new Set<FinzlySimulator>();

afterEach(async () => {
  await Promise.all([...running].map((simulator) => simulator.close()));
  running.clear();
});

export async function start(options?: FinzlySimulatorOptions): Promise<FinzlySimulator> {
  const simulator = await startFinzlySimulator(options);
  running.add(simulator);
  return simulator;
}

export function basic(id = clientId, secret = clientSecret): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
}

export async function askToken(
  simulator: FinzlySimulator,
  form: Record<string, string> | string = { grant_type: "client_credentials" },
  headers: Record<string, string> = { authorization: basic() },
): Promise<Reply> {
  const body = typeof form === "string" ? form : new URLSearchParams(form).toString();
  const init = { "content-type": "application/x-www-form-urlencoded", ...headers };
  return reply(await fetch(simulator.tokenUrl, { method: "POST", headers: init, body }));
}

export async function reply(response: Response): Promise<Reply> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, type: headers.get("content-type"), retryAfter: headers.get("retry-after"), text };
}

export function envelope(answer: Reply): Envelope {
  const value: Envelope = JSON.parse(answer.text);
  return value;
}

/** Starts a simulator, signs in, and gives calls that carry the token. */
export async function signIn(options?: FinzlySimulatorOptions): Promise<Caller> {
  const simulator = await start(options);
  const answer: { access_token: string } = JSON.parse((await askToken(simulator)).text);
  const send: Caller["send"] = (method, path, body, headers) =>
    fetch(`${simulator.apiBaseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${answer.access_token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
  const call: Caller["call"] = async (...request) => reply(await send(...request));
  return {
    simulator,
    send,
    call,
    put: (body, ids = payroll) =>
      call(
        "PUT",
        `/v2/customers/${ids.customerUID}/accounts/${ids.accountUID}`,
        typeof body === "string" ? body : JSON.stringify(body),
      ),
    get: async (path) => envelope(await call("GET", path)),
    stored: () => must(simulator.account(payroll.customerUID, payroll.accountUID)),
    lastLine: () => must(simulator.ledger.entries().at(-1)),
  };
}

export function must<T>(value: T | undefined | null): T {
  if (value == null) throw new Error("Expected a value");
  return value;
}

/** The first seeded account that fits. */
export function findAccount(simulator: FinzlySimulator, fits: (account: StoredAccount) => boolean): StoredAccount {
  const all = simulator
    .customers()
    .flatMap(({ customerUID, accountUIDs }) =>
      accountUIDs.map((accountUID) => must(simulator.account(customerUID, accountUID))),
    );
  return must(all.find(fits));
}
