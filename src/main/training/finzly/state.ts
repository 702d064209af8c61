import type { AccountPatch, FinzlySnapshot, StoredAccount, StoredCustomer } from "./records.ts";
import { firstFreeAccountUID, seedData } from "./seed.ts";
import type { AccountRegistry } from "./validate-update.ts";

/** The simulated provider's database. Records are replaced, never changed in place. */
export interface ProviderState extends AccountRegistry {
  readonly customers: readonly StoredCustomer[];
  customer(customerUID: string): StoredCustomer | undefined;
  accountsOf(customerUID: string): readonly StoredAccount[];
  account(customerUID: string, accountUID: string): StoredAccount | undefined;
  change(accountUID: string, patch: AccountPatch): void;
  remove(accountUID: string): void;
  add(count: number): readonly StoredAccount[];
  snapshot(): FinzlySnapshot;
}

interface Tables {
  readonly byUID: Map<string, StoredAccount>;
  readonly byCustomer: Map<string, Set<string>>;
  readonly byNumber: Map<string, string>;
  readonly companyIdCount: Map<string, number>;
}

function countCompanyId(tables: Tables, account: StoredAccount, step: 1 | -1): void {
  const id = account.achCompanyId ?? "";
  if (id !== "") tables.companyIdCount.set(id, (tables.companyIdCount.get(id) ?? 0) + step);
}

function takeOut(tables: Tables, accountUID: string): StoredAccount | undefined {
  const account = tables.byUID.get(accountUID);
  if (account === undefined) return undefined;
  tables.byUID.delete(accountUID);
  tables.byCustomer.get(account.customerUID)?.delete(accountUID);
  if (tables.byNumber.get(account.accountNumber) === accountUID) tables.byNumber.delete(account.accountNumber);
  countCompanyId(tables, account, -1);
  return account;
}

function putIn(tables: Tables, account: StoredAccount): void {
  takeOut(tables, account.accountUID);
  tables.byUID.set(account.accountUID, account);
  const owned = tables.byCustomer.get(account.customerUID) ?? new Set();
  tables.byCustomer.set(account.customerUID, owned.add(account.accountUID));
  tables.byNumber.set(account.accountNumber, account.accountUID);
  countCompanyId(tables, account, 1);
}

function extraAccount(customer: StoredCustomer, index: number): StoredAccount {
  const ordinal = String(index + 1).padStart(7, "0");
  return {
    customerUID: customer.customerUID,
    accountUID: String(firstFreeAccountUID + index),
    status: "Active",
    accountType: "Deposit",
    accountSubType: "Checking",
    systemOfRecords: "Other Core",
    accountNumber: `X${ordinal}${customer.customerUID}`,
    currency: "USD",
    accountName: `Clearing ${ordinal}`,
    masterGl: null,
    enableOffset: "No",
    enableWire: "No",
    defaultOffset: "No",
    feeAccount: "No",
    returnAccount: "No",
    fboAccountNumber: null,
    countryCode: "US",
    routingNumber: "101206101",
    bankIdType: "NID",
    bankName: "Lead Bank",
    enableCallbacks: false,
    callbackLimitMinor: null,
    costCenter: customer.costCenters[0] ?? "",
    isUnderWritten: false,
    isAchPrefund: false,
    debitExposureLimitMinor: null,
    creditExposureLimitMinor: null,
    accountAnalysis: false,
    reason: null,
    secCodes: ["CCD", "PPD"],
    achCompanyId: customer.achCompanyID,
    accountFeatures: {},
    additionalAttributes: [],
    ledgerBalanceMinor: 1_000_000,
    availableBalanceMinor: 1_000_000,
    externalAccount: null,
  };
}

/** Builds the seeded database and lays a snapshot over it. Throws when the snapshot was taken from another seed. */
export function createState(seed: number, snapshot: FinzlySnapshot | undefined): ProviderState {
  if (snapshot !== undefined && (snapshot.version !== 1 || snapshot.seed !== seed)) {
    throw new Error("The snapshot belongs to another seed or version");
  }
  const seeded = seedData(seed);
  const tables: Tables = {
    byUID: new Map(),
    byCustomer: new Map(),
    byNumber: new Map(),
    companyIdCount: new Map(),
  };
  const touched = new Set<string>();
  const removed = new Set<string>(snapshot?.removed);
  let addedCount = snapshot?.addedCount ?? 0;
  for (const account of seeded.accounts) putIn(tables, account);
  for (const accountUID of removed) takeOut(tables, accountUID);
  for (const account of snapshot?.changed ?? []) {
    putIn(tables, structuredClone(account));
    touched.add(account.accountUID);
  }
  const customerByUID = new Map(seeded.customers.map((customer) => [customer.customerUID, customer]));
  const widelyAllowed = seeded.customers.filter((customer) => customer.secCodes.length > 3);
  const store = (account: StoredAccount): void => {
    putIn(tables, account);
    touched.add(account.accountUID);
  };

  return {
    customers: seeded.customers,
    customer: (customerUID) => customerByUID.get(customerUID),
    accountsOf: (customerUID) =>
      [...(tables.byCustomer.get(customerUID) ?? [])]
        .flatMap((accountUID) => tables.byUID.get(accountUID) ?? [])
        .toSorted((left, right) => Number(left.accountUID) - Number(right.accountUID)),
    account: (customerUID, accountUID) => {
      const account = tables.byUID.get(accountUID);
      return account?.customerUID === customerUID ? account : undefined;
    },
    ownerOfNumber: (accountNumber) => tables.byNumber.get(accountNumber),
    othersWithCompanyId: (achCompanyId, accountUID) => {
      const own = tables.byUID.get(accountUID)?.achCompanyId === achCompanyId ? 1 : 0;
      return (tables.companyIdCount.get(achCompanyId) ?? 0) - own;
    },
    change: (accountUID, patch) => {
      const account = tables.byUID.get(accountUID);
      if (account !== undefined) store({ ...account, ...patch });
    },
    remove: (accountUID) => {
      if (takeOut(tables, accountUID) === undefined) return;
      touched.delete(accountUID);
      removed.add(accountUID);
    },
    add: (count) => {
      const added = Array.from({ length: count }, (_, step) => {
        const index = addedCount + step;
        const customer = widelyAllowed[index % widelyAllowed.length];
        return customer === undefined ? [] : [extraAccount(customer, index)];
      }).flat();
      addedCount += count;
      for (const account of added) store(account);
      return added;
    },
    snapshot: () => ({
      version: 1,
      seed,
      addedCount,
      changed: [...touched].flatMap((accountUID) => structuredClone(tables.byUID.get(accountUID)) ?? []),
      removed: [...removed],
    }),
  };
}
