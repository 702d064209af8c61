import {
  finzlyFieldName,
  fieldValue,
  type AccountId,
  type ConnectionId,
  type FieldValue,
  type FinzlyFieldName,
} from "@contract";
import { z } from "zod";
import { joinSql, sql, type Reader, type Sql, type SqlValue, type Writer } from "../../database/sql.ts";
import type { AccountAddress, ProviderCustomer } from "../../providers/provider.ts";
import {
  accountFromRow,
  accountSaid,
  accountToRow,
  derivedColumns,
  type AccountRowStored,
  type CachedAccount,
} from "./account-record.ts";
import type { WrittenValue } from "./known-values.ts";

const keptSnapshots = 20;

/** Which account, by the provider's own identifiers. */
export interface AccountKey extends AccountAddress {
  readonly connectionId: ConnectionId;
}

const isKey = ({ connectionId, customerUid, accountUid }: AccountKey): Sql => sql`
  connection_id = ${connectionId} AND customer_uid COLLATE BINARY = ${customerUid}
  AND account_uid COLLATE BINARY = ${accountUid}`;

export function accountById(reader: Reader, id: AccountId): CachedAccount | undefined {
  const row = reader.get<AccountRowStored>(sql`SELECT * FROM cache_accounts WHERE id = ${id}`);
  return row === undefined ? undefined : accountFromRow(row);
}

export function accountByKey(reader: Reader, key: AccountKey): CachedAccount | undefined {
  const row = reader.get<AccountRowStored>(sql`SELECT * FROM cache_accounts WHERE ${isKey(key)}`);
  return row === undefined ? undefined : accountFromRow(row);
}

interface WrittenRow {
  readonly seq: number;
  readonly field: string;
  readonly value_json: string;
  readonly source: WrittenValue["source"];
  readonly at_ms: number;
}

export function writtenValues(reader: Reader, key: AccountKey): WrittenValue[] {
  return reader
    .all<WrittenRow>(
      sql`
      SELECT seq, field, value_json, source, at_ms FROM work_written
      WHERE connection_id = ${key.connectionId} AND customer_uid = ${key.customerUid}
        AND account_uid = ${key.accountUid}
      ORDER BY seq`,
    )
    .map((row) => ({
      seq: row.seq,
      field: finzlyFieldName.parse(row.field),
      value: fieldValue.parse(JSON.parse(row.value_json)),
      source: row.source,
      atMs: row.at_ms,
    }));
}

/** The newest written value of the whole file: a read that starts after it can have seen it. */
export function newestWrittenSeq(reader: Reader): number {
  return reader.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM work_written`)?.seq ?? 0;
}

/** Replaces what was last written of these fields. */
export function saveWritten(
  writer: Writer,
  key: AccountKey,
  values: { readonly [F in FinzlyFieldName]?: FieldValue },
  source: WrittenValue["source"],
  atMs: number,
): void {
  const { connectionId, customerUid, accountUid } = key;
  const rows = Object.entries(values).map(([field, value]) => ({
    text: "(?, ?, ?, ?, ?, ?, ?)",
    values: [connectionId, customerUid, accountUid, field, JSON.stringify(value), source, atMs],
  }));
  if (rows.length === 0) return;
  writer.run(sql`
    INSERT OR REPLACE INTO work_written (connection_id, customer_uid, account_uid, field, value_json, source, at_ms)
    VALUES ${joinSql(rows, ", ")}`);
}

function assignments(columns: Readonly<Record<string, SqlValue>>): Sql {
  const parts = Object.entries(columns).map(([name, value]) => ({ text: `${name} = ?`, values: [value] }));
  return joinSql(parts, ", ");
}

/** Writes a new account; ids are never given twice. */
export function insertAccount(
  writer: Writer,
  account: Omit<CachedAccount, "id">,
  written: readonly WrittenValue[],
): AccountId {
  const columns: Readonly<Record<string, SqlValue>> = { ...accountToRow(account, written) };
  const names = { text: Object.keys(columns).join(", "), values: [] };
  const values = joinSql(
    Object.values(columns).map((value) => sql`${value}`),
    ", ",
  );
  return writer.run(sql`INSERT INTO cache_accounts (${names}) VALUES (${values})`).lastId as AccountId;
}

/** Writes what differs from the row as it stands: an index is touched only where its column moves. */
function writeMoved(
  writer: Writer,
  id: AccountId,
  before: Readonly<Record<string, SqlValue>>,
  now: Readonly<Record<string, SqlValue>>,
): void {
  const moved = Object.entries(now).filter(([name, value]) => before[name] !== value);
  if (moved.length === 0) return;
  writer.run(sql`UPDATE cache_accounts SET ${assignments(Object.fromEntries(moved))} WHERE id = ${id}`);
}

export function updateAccount(writer: Writer, account: CachedAccount, written: readonly WrittenValue[]): void {
  const before = writer.get<Record<string, SqlValue>>(sql`SELECT * FROM cache_accounts WHERE id = ${account.id}`);
  if (before !== undefined) writeMoved(writer, account.id, before, { ...accountToRow(account, written) });
}

/**
 * Notes values as written, and brings what lists sort and search by up to date; `last4` where that changes with them.
 * What the provider said stays as it is and is not read. Returns false when there is no such account.
 */
export function writeValues(
  writer: Writer,
  id: AccountId,
  values: { readonly [F in FinzlyFieldName]?: FieldValue },
  source: WrittenValue["source"],
  atMs: number,
  last4: string | undefined,
): boolean {
  type Row = Omit<AccountRowStored, "facts_json" | "raw_json">;
  const row = writer.get<Row>(sql`
    SELECT connection_id, customer_uid, customer_name, account_uid, account_name, last4, type, currency, funding_basis,
      debit_limit_minor, credit_limit_minor, ach_company_id, sec_codes_json, search_text, known_json
    FROM cache_accounts WHERE id = ${id}`);
  if (row === undefined) return false;
  const account = accountSaid(row);
  saveWritten(writer, account, values, source, atMs);
  const now = derivedColumns({ ...account, last4: last4 ?? account.last4 }, writtenValues(writer, account));
  writeMoved(writer, id, { ...row }, now);
  return true;
}

/** Keeps an older state of the account, the newest twenty of them. */
export function saveSnapshot(writer: Writer, account: CachedAccount): void {
  writer.run(sql`
    INSERT INTO cache_snapshots (account_id, read_at_ms, known_json, facts_json, raw_json)
    VALUES (${account.id}, ${account.readAtMs ?? 0}, ${JSON.stringify(account.read)}, ${JSON.stringify(account.facts)},
      ${JSON.stringify(account.raw)})`);
  writer.run(sql`
    DELETE FROM cache_snapshots WHERE account_id = ${account.id} AND id <= (
      SELECT id FROM cache_snapshots WHERE account_id = ${account.id} ORDER BY id DESC
      LIMIT 1 OFFSET ${keptSnapshots})`);
}

export type Snapshot = Pick<CachedAccount, "read" | "facts"> & { readonly readAtMs: number };

/** Older states, newest first. */
export function snapshotsOf(reader: Reader, id: AccountId): Snapshot[] {
  return reader
    .all<{ read_at_ms: number; known_json: string; facts_json: string }>(
      sql`
      SELECT read_at_ms, known_json, facts_json FROM cache_snapshots WHERE account_id = ${id} ORDER BY id DESC`,
    )
    .map((row) => ({
      readAtMs: row.read_at_ms,
      read: JSON.parse(row.known_json) as Snapshot["read"],
      facts: JSON.parse(row.facts_json) as Snapshot["facts"],
    }));
}

export function saveCustomer(
  writer: Writer,
  connectionId: ConnectionId,
  customer: ProviderCustomer,
  atMs: number,
): void {
  const codes = customer.secCodes === undefined ? null : JSON.stringify(customer.secCodes);
  writer.run(sql`
    INSERT INTO cache_customers (connection_id, customer_uid, name, sec_codes_json, ach_company_id, raw_json,
      read_at_ms)
    VALUES (${connectionId}, ${customer.customerUid}, ${customer.name}, ${codes}, ${customer.achCompanyId ?? null},
      ${JSON.stringify(customer.raw)}, ${atMs})
    ON CONFLICT (connection_id, customer_uid) DO UPDATE SET name = excluded.name,
      sec_codes_json = excluded.sec_codes_json,
      ach_company_id = excluded.ach_company_id, raw_json = excluded.raw_json, read_at_ms = excluded.read_at_ms`);
}

export interface CachedCustomer {
  readonly name: string;
  readonly secCodes: readonly string[] | undefined;
}

export function customerOf(
  reader: Reader,
  connectionId: ConnectionId,
  customerUid: string,
): CachedCustomer | undefined {
  const row = reader.get<{ name: string; sec_codes_json: string | null }>(sql`
    SELECT name, sec_codes_json FROM cache_customers
    WHERE connection_id = ${connectionId} AND customer_uid = ${customerUid}`);
  if (row === undefined) return undefined;
  const secCodes = row.sec_codes_json === null ? undefined : z.array(z.string()).parse(JSON.parse(row.sec_codes_json));
  return { name: row.name, secCodes };
}

/** When an account was last read from any provider. */
export function newestReadAtMs(reader: Reader): number | undefined {
  const atMs = reader.get<{ at: number | null }>(sql`SELECT max(read_at_ms) AS at FROM cache_accounts`)?.at ?? -1;
  return atMs < 0 ? undefined : atMs;
}

/** Account ids above `afterId`, ascending. */
export function idsInOrder(reader: Reader, afterId: number, limit: number): AccountId[] {
  const rows = reader.all<{ id: AccountId }>(
    sql`SELECT id FROM cache_accounts WHERE id > ${afterId} ORDER BY id LIMIT ${limit}`,
  );
  return rows.map((row) => row.id);
}
