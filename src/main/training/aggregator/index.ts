import { createTimers } from "../shared/timers.ts";
import { settleAttempt } from "./attempt.ts";
import { institutions } from "./institutions.ts";
import type { AggregatorSnapshot, Institution, RunningRefresh } from "./records.ts";
import type { StoredAccount, StoredCustomer, StoredLogin } from "./records.ts";
import { createTables, type Tables } from "./tables.ts";

export { accountTypes, groupOf, typesOf } from "./account-types.ts";
export { printedCustomerId, resoldCustomerId } from "./sample-accounts.ts";
export { accountCodes, loginCodes } from "./seeded-codes.ts";
export type {
  AggregatorSnapshot, Decimal, Detail, DetailValue, Institution, RunningRefresh, StoredAccount, StoredCustomer,
  StoredLogin, WireForm,
} from "./records.ts";

export interface AggregatorOptions {
  /** Chooses the seeded data, 1 by default; the same seed and moment give the same data. */
  readonly seed?: number;
  /** Multiplies how long refreshes take; 1, the default, is as slow as the provider (0 to 300 s). */
  readonly timeScale?: number;
  /** What an earlier run changed; must come from the same seed. */
  readonly snapshot?: AggregatorSnapshot;
  readonly nowMs?: () => number;
}

/** How a login's attempt ended: 0 for success. */
export interface LoginOutcome {
  readonly loginId: string;
  readonly code: number;
  /** What the bank asks the customer; null when it asks nothing. */
  readonly question: string | null;
}

export interface RefreshOrder {
  readonly customerId: string;
  /** Absent: every login of the customer. */
  readonly loginId?: string;
  /** True: the refresh starts and never ends, like one that the provider lost. */
  readonly neverEnds?: boolean;
}

/**
 * The aggregator behind the simulated providers: customers, their sign-ins at institutions, their accounts, and the
 * refreshes that run. Providers that share one see each other's refreshes.
 */
export interface Aggregator {
  readonly customers: readonly StoredCustomer[];
  customer(customerId: string): StoredCustomer | undefined;
  institution(institutionId: string): Institution | undefined;
  accountsOf(customerId: string): readonly StoredAccount[];
  /** A copy of the aggregator's own record; undefined when that customer does not have it. */
  account(customerId: string, accountId: string): StoredAccount | undefined;
  loginsOf(customerId: string): readonly StoredLogin[];
  modifyAccount(accountId: string, patch: Partial<Pick<StoredAccount, "number" | "name">>): void;
  removeAccount(accountId: string): void;
  removeLogin(loginId: string): void;
  /** Changes a record behind everybody's back. Throws a RangeError when there is no such account. */
  changeAccount(customerId: string, accountId: string, patch: Partial<StoredAccount>): void;
  /** Changes how the next refreshes of a login go. Throws a RangeError when there is no such login. */
  changeLogin(loginId: string, patch: Partial<Omit<StoredLogin, "id" | "customerId">>): void;
  /**
   * Starts a refresh, which then runs to its end whoever listens. "busy", and nothing starts, when one of the logins is
   * already being refreshed. `done` is told once, when the last login has ended.
   */
  startRefresh(order: RefreshOrder, done: (outcomes: readonly LoginOutcome[]) => void): "started" | "busy";
  running(): readonly RunningRefresh[];
  /** Forgets a refresh that never ends. */
  endLost(loginId: string): void;
  snapshot(): AggregatorSnapshot;
  /** Calls the listener after every change of a record and every start of a refresh. Returns how to stop. */
  onApplied(listener: () => void): () => void;
  /** Stops every refresh where it stands; a snapshot taken before goes on with them. */
  close(): void;
}

function patchAccount(tables: Tables, customerId: string, accountId: string, patch: Partial<StoredAccount>): void {
  const account = tables.account(accountId);
  if (account?.customerId !== customerId) throw new RangeError("There is no such account");
  tables.putAccount({ ...account, ...structuredClone(patch), id: accountId, customerId });
}

interface Runs {
  start(logins: readonly StoredLogin[], neverEnds: boolean, done: (outcomes: readonly LoginOutcome[]) => void): boolean;
  list(): readonly RunningRefresh[];
  forget(loginId: string): void;
  close(): void;
}

function createRuns(
  settle: (loginId: string) => LoginOutcome | undefined,
  clock: { readonly nowMs: () => number; readonly timeScale: number },
  earlier: readonly RunningRefresh[],
): Runs {
  const timers = createTimers();
  const running = new Map<string, RunningRefresh>();
  const run = (refresh: RunningRefresh, ended: (outcome: LoginOutcome | undefined) => void): void => {
    running.set(refresh.loginId, refresh);
    if (refresh.endsAtMs === null) return;
    timers.after(Math.max(0, refresh.endsAtMs - clock.nowMs()), () => {
      running.delete(refresh.loginId);
      ended(settle(refresh.loginId));
    });
  };
  for (const refresh of earlier) run(refresh, () => undefined);
  return {
    start: (logins, neverEnds, done) => {
      if (logins.some(({ id }) => running.has(id))) return false;
      const outcomes: LoginOutcome[] = [];
      let left = logins.length;
      if (left === 0) timers.after(0, () => done([]));
      for (const { id, refreshS } of logins) {
        const endsAtMs = neverEnds ? null : clock.nowMs() + refreshS * 1000 * clock.timeScale;
        run({ loginId: id, endsAtMs }, (outcome) => {
          if (outcome !== undefined) outcomes.push(outcome);
          left -= 1;
          if (left === 0) done(outcomes);
        });
      }
      return true;
    },
    list: () => [...running.values()],
    forget: (loginId) => {
      if (running.get(loginId)?.endsAtMs === null) running.delete(loginId);
    },
    close: () => timers.close(),
  };
}

/** Creates an aggregator. Throws when the snapshot belongs to another seed. */
export function createAggregator(options: AggregatorOptions = {}): Aggregator {
  const nowMs = options.nowMs ?? Date.now;
  const nowS = (): number => Math.floor(nowMs() / 1000);
  const tables = createTables(options.seed ?? options.snapshot?.seed ?? 1, nowS(), options.snapshot);
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const settle = (loginId: string): LoginOutcome | undefined => {
    const login = tables.login(loginId);
    if (login === undefined) return undefined;
    settleAttempt(tables, login, nowS());
    changed();
    return { loginId, code: login.outcomeCode, question: login.question };
  };
  const clock = { nowMs, timeScale: options.timeScale ?? 1 };
  const runs = createRuns(settle, clock, options.snapshot?.running ?? []);

  return {
    customers: tables.customers,
    customer: tables.customer,
    institution: (institutionId) => institutions.find(({ id }) => id === institutionId),
    accountsOf: tables.accountsOf,
    account: (customerId, accountId) => {
      const account = tables.account(accountId);
      return account?.customerId === customerId ? structuredClone(account) : undefined;
    },
    loginsOf: tables.loginsOf,
    modifyAccount: (accountId, patch) => {
      const account = tables.account(accountId);
      if (account === undefined) return;
      tables.putAccount({ ...account, ...patch, lastUpdatedDateS: nowS() });
      changed();
    },
    removeAccount: (accountId) => {
      tables.removeAccount(accountId);
      changed();
    },
    removeLogin: (loginId) => {
      tables.removeLogin(loginId);
      changed();
    },
    changeAccount: (customerId, accountId, patch) => {
      patchAccount(tables, customerId, accountId, patch);
      changed();
    },
    changeLogin: (loginId, patch) => {
      const login = tables.login(loginId);
      if (login === undefined) throw new RangeError("There is no such login");
      tables.putLogin({ ...login, ...structuredClone(patch) });
      changed();
    },
    startRefresh: ({ customerId, loginId, neverEnds }, done) => {
      const logins = tables.loginsOf(customerId).filter(({ id }) => loginId === undefined || id === loginId);
      if (!runs.start(logins, neverEnds ?? false, done)) return "busy";
      changed();
      return "started";
    },
    running: runs.list,
    endLost: runs.forget,
    snapshot: () => ({ ...tables.snapshot(), running: runs.list() }),
    onApplied: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: runs.close,
  };
}
