import type { AccountId, ChangeState, ConnectionId, FieldValue, FinzlyFieldName, KnownFields } from "@contract";
import { joinSql, sql, type Reader } from "../../../database/sql.ts";

/** What was read, as the cache keeps it: the values, and the time most of them were read at. */
export interface CachedStoredValues {
  readonly atMs: number;
  readonly seq: number;
  readonly values: { readonly [F in FinzlyFieldName]?: FieldValue };
  readonly others?: { readonly [F in FinzlyFieldName]?: readonly [atMs: number, seq: number] };
}
export interface CachedWrittenValue {
  readonly seq: number;
  readonly field: FinzlyFieldName;
  readonly value: FieldValue;
  readonly source: "vostro-wrote" | "entered-by-hand";
  readonly atMs: number;
}

/** What the worker borrows from other features, given at composition. */
export interface AccountRules {
  readonly storedValues: (text: string) => CachedStoredValues;
  readonly knownOf: (stored: CachedStoredValues, written: readonly CachedWrittenValue[]) => KnownFields;
  /** States of a change that stands in the way of another one. */
  readonly openChangeStates: readonly ChangeState[];
}

/** An account as the cache knows it now. Full numbers inside. */
export interface CachedAccount {
  readonly id: AccountId;
  readonly connectionId: ConnectionId;
  readonly customerUid: string;
  readonly accountUid: string;
  readonly customerName: string;
  readonly accountName: string;
  readonly last4: string;
  /** What is known and where each value comes from; put together when asked for. */
  readonly known: () => KnownFields;
  /** The same, without where each value comes from, when the provider returned all of them in one read. */
  readonly oneRead: CachedStoredValues | undefined;
  readonly customerSecCodes: () => readonly string[] | undefined;
}

/** The account cache as rows are judged against it. */
export interface AccountCache {
  readonly byId: (id: number) => CachedAccount | undefined;
  readonly byUids: (connectionId: ConnectionId, customerUid: string, accountUid: string) => CachedAccount | undefined;
  readonly byLastFour: (connectionId: ConnectionId, customerUid: string, last4: string) => CachedAccount[];
  readonly hasCustomer: (connectionId: ConnectionId, customerUid: string) => boolean;
  readonly hasAccountUid: (connectionId: ConnectionId, accountUid: string) => boolean;
  readonly hasCompanyId: (companyId: string) => boolean;
  /** Lengths of the identifiers of some accounts → how many. */
  readonly uidLengths: (connectionId: ConnectionId, which: "customer" | "account") => ReadonlyMap<number, number>;
  /** The state of a change that is open for this account. */
  readonly openChange: (account: CachedAccount) => ChangeState | undefined;
}

interface AccountRow {
  readonly id: AccountId;
  readonly connection_id: ConnectionId;
  readonly customer_uid: string;
  readonly customer_name: string;
  readonly account_uid: string;
  readonly account_name: string;
  readonly last4: string;
  readonly known_json: string;
}

interface WrittenRow {
  readonly seq: number;
  readonly field: string;
  readonly value_json: string;
  readonly source: CachedWrittenValue["source"];
  readonly at_ms: number;
}

const keptCustomers = 20_000;
const sampledUids = 5_000;
const columns = {
  text: "id, connection_id, customer_uid, customer_name, account_uid, account_name, last4, known_json",
  values: [],
};

/** One text for every row of a file: a statement made anew for each costs as much as finding it. */
const byUidsText = `SELECT ${columns.text} FROM cache_accounts
  WHERE connection_id = ? AND customer_uid COLLATE BINARY = ? AND account_uid COLLATE BINARY = ?`;

function createCustomerCodes(
  read: Reader,
): (connectionId: ConnectionId, customerUid: string) => readonly string[] | undefined {
  const kept = new Map<string, readonly string[] | undefined>();
  return (connectionId, customerUid) => {
    const key = `${connectionId} ${customerUid}`;
    if (kept.has(key)) return kept.get(key);
    const row = read.get<{ sec_codes_json: string | null }>(sql`
      SELECT sec_codes_json FROM cache_customers
      WHERE connection_id = ${connectionId} AND customer_uid = ${customerUid}`);
    const codes = row?.sec_codes_json == null ? undefined : (JSON.parse(row.sec_codes_json) as string[]);
    if (kept.size >= keptCustomers) kept.clear();
    kept.set(key, codes);
    return codes;
  };
}

function createWritten(read: Reader): (row: AccountRow) => readonly CachedWrittenValue[] {
  const none: readonly CachedWrittenValue[] = [];
  if (read.get(sql`SELECT 1 FROM work_written LIMIT 1`) === undefined) return () => none;
  return (row) =>
    read
      .all<WrittenRow>(
        sql`
        SELECT seq, field, value_json, source, at_ms FROM work_written
        WHERE connection_id = ${row.connection_id} AND customer_uid = ${row.customer_uid}
          AND account_uid = ${row.account_uid} ORDER BY seq`,
      )
      .map(({ seq, field, value_json, source, at_ms }) => ({
        seq,
        field: field as FinzlyFieldName,
        value: JSON.parse(value_json) as FieldValue,
        source,
        atMs: at_ms,
      }));
}

/** Looks accounts up in an open workspace file. Values written while it is in use are seen only by a new one. */
export function createAccountCache(read: Reader, rules: AccountRules): AccountCache {
  const codesOf = createCustomerCodes(read);
  const writtenOf = createWritten(read);
  const states = joinSql(
    rules.openChangeStates.map((state) => sql`${state}`),
    ", ",
  );
  const anyOpen = read.get(sql`SELECT 1 FROM work_changes WHERE state IN (${states}) LIMIT 1`) !== undefined;
  const account = (row: AccountRow): CachedAccount => {
    const stored = rules.storedValues(row.known_json);
    const written = writtenOf(row);
    const isOneRead = written.length === 0 && stored.others === undefined;
    let known: KnownFields | undefined;
    return {
      id: row.id,
      connectionId: row.connection_id,
      customerUid: row.customer_uid,
      accountUid: row.account_uid,
      customerName: row.customer_name,
      accountName: row.account_name,
      last4: row.last4,
      known: () => (known ??= rules.knownOf(stored, written)),
      oneRead: isOneRead ? stored : undefined,
      customerSecCodes: () => codesOf(row.connection_id, row.customer_uid),
    };
  };
  const one = (row: AccountRow | undefined): CachedAccount | undefined =>
    row === undefined ? undefined : account(row);
  return {
    byId: (id) => one(read.get<AccountRow>(sql`SELECT ${columns} FROM cache_accounts WHERE id = ${id}`)),
    byUids: (connectionId, customerUid, accountUid) =>
      one(read.get<AccountRow>({ text: byUidsText, values: [connectionId, customerUid, accountUid] })),
    byLastFour: (connectionId, customerUid, last4) =>
      read
        .all<AccountRow>(
          sql`
          SELECT ${columns} FROM cache_accounts INDEXED BY cache_accounts_uid WHERE connection_id = ${connectionId}
            AND customer_uid COLLATE BINARY = ${customerUid} AND last4 = ${last4} LIMIT 2`,
        )
        .map(account),
    hasCustomer: (connectionId, customerUid) =>
      read.get(sql`
        SELECT 1 FROM cache_accounts WHERE connection_id = ${connectionId}
          AND customer_uid COLLATE BINARY = ${customerUid} LIMIT 1`) !== undefined,
    hasAccountUid: (connectionId, accountUid) =>
      read.get(sql`
        SELECT 1 FROM cache_accounts INDEXED BY cache_accounts_account_uid
        WHERE account_uid = ${accountUid} AND connection_id = ${connectionId} LIMIT 1`) !== undefined,
    hasCompanyId: (companyId) =>
      read.get(sql`SELECT 1 FROM cache_accounts WHERE ach_company_id = ${companyId} LIMIT 1`) !== undefined,
    uidLengths: (connectionId, which) => {
      const uid = which === "customer" ? { text: "customer_uid", values: [] } : { text: "account_uid", values: [] };
      const rows = read.all<{ length: number; n: number }>(sql`
        SELECT length(uid) AS length, count(*) AS n FROM (
          SELECT ${uid} AS uid FROM cache_accounts WHERE connection_id = ${connectionId} LIMIT ${sampledUids}
        ) GROUP BY 1`);
      return new Map(rows.map(({ length, n }) => [length, n]));
    },
    openChange: ({ connectionId, customerUid, accountUid }) =>
      anyOpen
        ? read.get<{ state: ChangeState }>(sql`
            SELECT state FROM work_changes
            WHERE address_id = (SELECT address_id FROM work_connections WHERE id = ${connectionId})
              AND customer_uid = ${customerUid} AND account_uid = ${accountUid} AND +state IN (${states})
            LIMIT 1`)?.state
        : undefined,
  };
}
