import { createLedger } from "../shared/ledger.ts";
import { startLoopbackServer } from "../shared/loopback-server.ts";
import { createTimers } from "../shared/timers.ts";
import { takeRequest, type Provider } from "./exchange.ts";
import { createFaultBoard, type FaultPanel } from "./fault-panel.ts";
import type { Ledger } from "./ledger.ts";
import type { FinzlySnapshot, StoredAccount } from "./records.ts";
import { apiPath, tokenPath } from "./routes.ts";
import { createState, type ProviderState } from "./state.ts";
import { createTokenOffice } from "./token.ts";

export { finzlyFaultKinds } from "./fault-kinds.ts";
export type { FaultApplies, FaultKind, FaultKindText, FaultParameter, FaultScope } from "./fault-kinds.ts";
export type { ActiveFault, FaultPanel, FaultSpec } from "./fault-panel.ts";
export type { Ledger, LedgerEntry } from "./ledger.ts";
export type { FinzlySnapshot, StoredAccount, StoredCustomer } from "./records.ts";
export { finzlyRoutes, type FinzlyRoute } from "./routes.ts";
export type { UpdateField } from "./update-fields.ts";

export interface FinzlySimulatorOptions {
  /** A loopback port; 0, the default, takes any free one. */
  readonly port?: number;
  /** Chooses the seeded data, 1 by default; the same seed gives the same customers and accounts. */
  readonly seed?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Seconds, 14400 by default. */
  readonly tokenLifetimeS?: number;
  /** False: read endpoints answer 404. */
  readonly readable?: boolean;
  /** Milliseconds every API request waits before it is worked on. */
  readonly delayMs?: number;
  /** What an earlier run changed; must come from the same seed. */
  readonly snapshot?: FinzlySnapshot;
  readonly nowMs?: () => number;
}

export interface SimulatedCustomer {
  readonly customerUID: string;
  readonly legalName: string;
  readonly accountUIDs: readonly string[];
}

/** A running simulated Finzly: a real HTTP server that judges requests by the provider's documents alone. */
export interface FinzlySimulator {
  readonly origin: string;
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
  readonly faults: FaultPanel;
  readonly ledger: Ledger;
  customers(): readonly SimulatedCustomer[];
  /** A copy of the provider's own record. */
  account(customerUID: string, accountUID: string): StoredAccount | undefined;
  /** Changes a record behind everybody's back, without any check. Throws a RangeError when there is no such account. */
  changeAccount(customerUID: string, accountUID: string, patch: Partial<StoredAccount>): void;
  /** Adds plain checking accounts, spread over the customers that may use every originating SEC code. */
  addAccounts(count: number): readonly { readonly customerUID: string; readonly accountUID: string }[];
  /** Makes every token issued so far invalid. */
  expireTokens(): void;
  snapshot(): FinzlySnapshot;
  /** Calls the listener after every change of state, from wherever it came. Returns how to stop. */
  onApplied(listener: () => void): () => void;
  /** Stops at once: open sockets are destroyed, and late applications still waiting never happen. */
  close(): Promise<void>;
}

function changeRecord(
  state: ProviderState,
  ids: Pick<StoredAccount, "customerUID" | "accountUID">,
  patch: Partial<StoredAccount>,
): void {
  if (state.account(ids.customerUID, ids.accountUID) === undefined) throw new RangeError("There is no such account");
  state.change(ids.accountUID, { ...structuredClone(patch), ...ids });
}

function buildProvider(options: FinzlySimulatorOptions, changed: () => void): Provider {
  const nowMs = options.nowMs ?? Date.now;
  return {
    state: createState(options.seed ?? options.snapshot?.seed ?? 1, options.snapshot),
    tokens: createTokenOffice({
      clientId: options.clientId ?? "training-client",
      clientSecret: options.clientSecret ?? "training-secret",
      tokenLifetimeS: options.tokenLifetimeS ?? 14_400,
      nowMs,
    }),
    board: createFaultBoard(),
    book: createLedger(nowMs, ["token"]),
    timers: createTimers(),
    readable: options.readable ?? true,
    delayMs: options.delayMs ?? 0,
    changed,
  };
}

/**
 * Starts the simulated Finzly on 127.0.0.1. Rejects when the port is taken or the snapshot belongs to another seed.
 */
export async function startFinzlySimulator(options: FinzlySimulatorOptions = {}): Promise<FinzlySimulator> {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const provider = buildProvider(options, changed);
  const { state } = provider;
  const server = await startLoopbackServer(options.port ?? 0, (request, response) =>
    takeRequest(provider, request, response),
  );
  const { origin } = server;

  return {
    origin,
    apiBaseUrl: `${origin}${apiPath}`,
    tokenUrl: `${origin}${tokenPath}`,
    faults: provider.board.panel,
    ledger: provider.book.ledger,
    customers: () =>
      state.customers.map(({ customerUID, legalName }) => ({
        customerUID,
        legalName,
        accountUIDs: state.accountsOf(customerUID).map(({ accountUID }) => accountUID),
      })),
    account: (customerUID, accountUID) => structuredClone(state.account(customerUID, accountUID)),
    changeAccount: (customerUID, accountUID, patch) => {
      changeRecord(state, { customerUID, accountUID }, patch);
      changed();
    },
    addAccounts: (count) => {
      const added = state.add(count).map(({ customerUID, accountUID }) => ({ customerUID, accountUID }));
      changed();
      return added;
    },
    expireTokens: () => provider.tokens.expireAll(),
    snapshot: () => state.snapshot(),
    onApplied: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      provider.timers.close();
      return server.close();
    },
  };
}
