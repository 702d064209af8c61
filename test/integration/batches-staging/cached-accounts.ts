import type { AccountId, ConnectionId, FieldValue, FinzlyFieldName } from "../../../src/preload/contract/index.ts";
import { sql, type Store } from "../../../src/main/database/sql.ts";
import { insertAccount, saveCustomer } from "../../../src/main/features/accounts/store.ts";

export type Values = { readonly [F in FinzlyFieldName]?: FieldValue };

/** What an account of these tests holds unless a test says otherwise. */
export const usualValues: Values = {
  accountType: "Deposit",
  accountSubType: "Checking",
  systemOfRecords: "Other Core",
  accountNumber: "0012345678",
  currency: "USD",
  accountName: "Operating account",
  masterGl: "GL-100",
  enableOffset: "No",
  enableWire: "Yes",
  defaultOffset: "No",
  feeAccount: "No",
  returnAccount: "No",
  countryCode: "US",
  routingNumber: "021000021",
  bankIdType: "NID",
  enableCallbacks: false,
  callbackLimit: 1_000_000,
  costCenter: "CC-7",
  isUnderWritten: true,
  isAchPrefund: false,
  debitExposureLimit: 25_000_000,
  creditExposureLimit: 10_000_000,
  accountAnalysis: false,
  secCodes: ["CCD", "PPD"],
  achCompanyId: "1234567890",
};

/** When the accounts of these tests were read. */
export const readAtMs = Date.UTC(2026, 10, 20, 9, 0);

/** A connection, for accounts to belong to. */
export function addConnection(store: Store): ConnectionId {
  return store.transaction(
    (writer) =>
      writer.run(sql`
      INSERT INTO work_connections (provider, name, environment, api_base_url, settings_json, can_read,
        concurrency, requests_per_second, connect_timeout_ms, headers_timeout_ms, body_timeout_ms, settle_window_ms,
        busy_retries, created_at_ms, updated_at_ms)
      VALUES ('finzly', ${`Finzly ${performance.now()}`}, 'training', 'http://localhost',
        '{"tokenUrl":"http://localhost","clientAuth":"basic"}', 1, 4, 100,
        1000, 1000, 1000, 1000, 2, ${readAtMs}, ${readAtMs})`).lastId,
  ) as ConnectionId;
}

export interface NewAccount {
  readonly customerUid: string;
  readonly accountUid: string;
  readonly customerName?: string;
  readonly values?: Values;
  readonly secCodes?: readonly string[];
}

/** Puts accounts into the cache as a load would. Returns their ids in order. */
export function addAccounts(store: Store, connectionId: ConnectionId, accounts: readonly NewAccount[]): AccountId[] {
  return store.transaction((writer) =>
    accounts.map(({ customerUid, accountUid, customerName = `Customer ${customerUid}`, values, secCodes }) => {
      const all: Values = { ...usualValues, ...values };
      const read = Object.fromEntries(
        Object.entries(all).map(([field, value]) => [field, { value, atMs: readAtMs, seq: 0 }]),
      );
      if (secCodes !== undefined) {
        saveCustomer(
          writer,
          connectionId,
          { customerUid, name: customerName, secCodes, raw: {} } as Parameters<typeof saveCustomer>[2],
          readAtMs,
        );
      }
      const account = {
        connectionId,
        customerUid,
        customerName,
        accountUid,
        accountName: String(all.accountName ?? ""),
        last4: String(all.accountNumber ?? "").slice(-4),
        status: "ACTIVE",
        typeLabel: "",
        ledgerMinor: 12_345,
        read,
        facts: [],
        raw: {},
        readAtMs,
        attempt: undefined,
        deleted: undefined,
        missingSinceMs: undefined,
      };
      return insertAccount(writer, account, []);
    }),
  );
}
