import type { AggregatorSnapshot, StoredAccount, StoredCustomer, StoredLogin } from "./records.ts";
import { seedAggregator } from "./seed.ts";

/** The aggregator's database. Records are replaced, never changed in place. */
export interface Tables {
  readonly customers: readonly StoredCustomer[];
  customer(customerId: string): StoredCustomer | undefined;
  /** In the order of their display positions. */
  accountsOf(customerId: string): readonly StoredAccount[];
  accountsOfLogin(loginId: string): readonly StoredAccount[];
  account(accountId: string): StoredAccount | undefined;
  loginsOf(customerId: string): readonly StoredLogin[];
  login(loginId: string): StoredLogin | undefined;
  putAccount(account: StoredAccount): void;
  putLogin(login: StoredLogin): void;
  removeAccount(accountId: string): void;
  /** Removes a login with its accounts. */
  removeLogin(loginId: string): void;
  snapshot(): Omit<AggregatorSnapshot, "running">;
}

/** Keeps records and remembers which of them no longer are as seeded. */
function createStore<T extends { readonly id: string; readonly customerId: string }>(
  seeded: readonly T[],
  changed: readonly T[],
  removedIds: readonly string[],
) {
  const byId = new Map(seeded.map((one) => [one.id, one]));
  const touched = new Set<string>();
  const removed = new Set(removedIds);
  const put = (one: T): void => {
    byId.set(one.id, one);
    touched.add(one.id);
  };
  for (const id of removed) byId.delete(id);
  for (const one of changed) put(structuredClone(one));
  return {
    get: (id: string): T | undefined => byId.get(id),
    where: (fits: (one: T) => boolean): readonly T[] => [...byId.values()].filter(fits),
    put,
    remove: (id: string): void => {
      if (!byId.delete(id)) return;
      touched.delete(id);
      removed.add(id);
    },
    changed: (): readonly T[] => [...touched].flatMap((id) => structuredClone(byId.get(id)) ?? []),
    removed: (): readonly string[] => [...removed],
  };
}

/** Builds the seeded database and lays a snapshot over it. Throws when the snapshot was taken from another seed. */
export function createTables(seed: number, nowS: number, snapshot: AggregatorSnapshot | undefined): Tables {
  if (snapshot !== undefined && (snapshot.version !== 1 || snapshot.seed !== seed)) {
    throw new Error("The snapshot belongs to another seed or version");
  }
  const seededAtS = snapshot?.seededAtS ?? nowS;
  const seeded = seedAggregator(seed, seededAtS);
  const accounts = createStore(seeded.accounts, snapshot?.accounts ?? [], snapshot?.removedAccounts ?? []);
  const logins = createStore(seeded.logins, snapshot?.logins ?? [], snapshot?.removedLogins ?? []);
  const customers = new Map(seeded.customers.map((customer) => [customer.id, customer]));
  const ordered = (found: readonly StoredAccount[]): readonly StoredAccount[] =>
    found.toSorted((left, right) => left.displayPosition - right.displayPosition || Number(left.id) - Number(right.id));

  return {
    customers: seeded.customers,
    customer: (customerId) => customers.get(customerId),
    accountsOf: (customerId) => ordered(accounts.where((account) => account.customerId === customerId)),
    accountsOfLogin: (loginId) => ordered(accounts.where((account) => account.institutionLoginId === loginId)),
    account: accounts.get,
    loginsOf: (customerId) => logins.where((login) => login.customerId === customerId),
    login: logins.get,
    putAccount: accounts.put,
    putLogin: logins.put,
    removeAccount: accounts.remove,
    removeLogin: (loginId) => {
      for (const { id } of accounts.where((account) => account.institutionLoginId === loginId)) accounts.remove(id);
      logins.remove(loginId);
    },
    snapshot: () => ({
      version: 1,
      seed,
      seededAtS,
      accounts: accounts.changed(),
      removedAccounts: accounts.removed(),
      logins: logins.changed(),
      removedLogins: logins.removed(),
    }),
  };
}
