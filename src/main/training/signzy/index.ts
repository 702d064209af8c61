import { createAggregator, type Aggregator } from "../aggregator/index.ts";
import { createLedger, type LedgerOf, type LedgerRecord } from "../shared/ledger.ts";
import { startLoopbackServer } from "../shared/loopback-server.ts";
import { createTimers } from "../shared/timers.ts";
import type { AccountsForm } from "./endpoints.ts";
import { takeRequest, type LedgerIds, type Provider } from "./exchange.ts";
import type { FaultKind } from "./fault-kinds.ts";
import { createFaultBoard, type FaultPanel } from "./fault-panel.ts";
import { apiPath, loginPath, logoutPath, usualPaths, type SignzyPaths, type SignzyRoute } from "./routes.ts";
import { createSignIn, type SignInStyle } from "./sign-in.ts";

export { errorShapes, type ErrorShape } from "./errors.ts";
export type { AccountsForm } from "./endpoints.ts";
export { signzyFaultKinds } from "./fault-kinds.ts";
export type { FaultKind, FaultKindText, FaultParameter, FaultScope } from "./fault-kinds.ts";
export type { ActiveFault, FaultPanel, FaultSpec } from "./fault-panel.ts";
export { signzyRoutes, type SignzyPaths, type SignzyRoute } from "./routes.ts";
export type { SignInStyle } from "./sign-in.ts";

/** One request as the simulated Signzy saw it; `applied` of a refresh says that it was started. */
export type LedgerEntry = LedgerRecord<SignzyRoute, FaultKind> & LedgerIds;
export type Ledger = LedgerOf<LedgerEntry>;

export interface SignzySimulatorOptions {
  /** A loopback port; 0, the default, takes any free one. */
  readonly port?: number;
  /** The aggregator whose accounts it refreshes; its owner closes it. One of its own, seeded with 1, when absent. */
  readonly aggregator?: Aggregator;
  /** Each environment has credentials of its own; "pre-production" by default. */
  readonly environment?: "production" | "pre-production";
  /** "both" by default. */
  readonly signIn?: SignInStyle;
  /** The raw token of an account manager; "training-ENVIRONMENT-token" by default. */
  readonly staticToken?: string;
  readonly username?: string;
  readonly password?: string;
  /** Seconds a login's token lives, 7200 by default. */
  readonly tokenLifetimeS?: number;
  /** Paths under /api/v3; "bank-connect/refresh-customer" and "bank-connect/customer-accounts" by default. */
  readonly paths?: Partial<SignzyPaths>;
  /** "array" by default, as the provider's sample has it. */
  readonly accountsForm?: AccountsForm;
  /** Whether refresh errors name the aggregation code; false by default, since no document says so. */
  readonly forwardsCodes?: boolean;
  /** Milliseconds every API request waits before it is worked on. */
  readonly delayMs?: number;
  readonly nowMs?: () => number;
}

/** A running simulated Signzy: a real HTTP server in front of an aggregator. */
export interface SignzySimulator {
  /** http://127.0.0.1:PORT, in place of the provider's host. */
  readonly origin: string;
  readonly refreshUrl: string;
  readonly accountsUrl: string;
  readonly loginUrl: string;
  readonly logoutUrl: string;
  readonly faults: FaultPanel;
  readonly ledger: Ledger;
  readonly aggregator: Aggregator;
  /** How many refreshes were asked for, of one customer or of all; refused and struck ones count. */
  refreshPosts(customerId?: string): number;
  /** Makes every token of a login invalid. */
  expireTokens(): void;
  /** Failed logins since the last good one; five lock the user. */
  failedLogins(): number;
  isLocked(): boolean;
  unlock(): void;
  /** Stops at once: open sockets are destroyed. */
  close(): Promise<void>;
}

function buildProvider(options: SignzySimulatorOptions): Provider {
  const nowMs = options.nowMs ?? Date.now;
  const environment = options.environment ?? "pre-production";
  return {
    aggregator: options.aggregator ?? createAggregator({ nowMs }),
    accountsForm: options.accountsForm ?? "array",
    forwardsCodes: options.forwardsCodes ?? false,
    signIn: createSignIn({
      style: options.signIn ?? "both",
      staticToken: options.staticToken ?? `training-${environment}-token`,
      username: options.username ?? "training-user",
      password: options.password ?? `training-${environment}-password`,
      tokenLifetimeS: options.tokenLifetimeS ?? 7200,
      nowMs,
    }),
    board: createFaultBoard(),
    book: createLedger(nowMs, ["login"]),
    timers: createTimers(),
    paths: { ...usualPaths, ...options.paths },
    delayMs: options.delayMs ?? 0,
  };
}

/** Starts the simulated Signzy on 127.0.0.1. Rejects when the port is taken. */
export async function startSignzySimulator(options: SignzySimulatorOptions = {}): Promise<SignzySimulator> {
  const provider = buildProvider(options);
  const { aggregator, signIn, paths } = provider;
  const server = await startLoopbackServer(options.port ?? 0, (request, response) =>
    takeRequest(provider, request, response),
  );
  return {
    origin: server.origin,
    refreshUrl: `${server.origin}${apiPath}/${paths.refresh}`,
    accountsUrl: `${server.origin}${apiPath}/${paths.accounts}`,
    loginUrl: `${server.origin}${loginPath}`,
    logoutUrl: `${server.origin}${logoutPath}`,
    faults: provider.board.panel,
    ledger: provider.book.ledger,
    aggregator,
    refreshPosts: (customerId) =>
      provider.book.ledger
        .entries()
        .filter(({ route }) => route === "refresh")
        .filter((entry) => customerId === undefined || entry.customerId === customerId).length,
    expireTokens: signIn.expireAll,
    failedLogins: signIn.failures,
    isLocked: signIn.isLocked,
    unlock: signIn.unlock,
    close: () => {
      provider.timers.close();
      if (options.aggregator === undefined) aggregator.close();
      return server.close();
    },
  };
}
