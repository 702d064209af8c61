import type { AccountId, ConnectionId } from "@contract";
import { whoMustAct } from "@contract/rules/aggregation/freshness.ts";
import { aggregatedRecord, type AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { sql, type Reader, type Writer } from "../../database/sql.ts";

/** Keeps what an aggregator said of the account, in place of what it said before. */
export function saveAggregated(writer: Writer, id: AccountId, record: AggregatedRecord): void {
  writer.run(sql`
    INSERT INTO cache_aggregated (account_id, customer_uid, institution_id, institution_login_id, type,
      status_code, balance_date_s, success_date_s, attempt_date_s, act, record_json)
    VALUES (${id}, ${record.customerId}, ${record.institutionId ?? null}, ${record.institutionLoginId ?? null},
      ${record.type ?? ""}, ${record.statusCode ?? null}, ${record.balanceDateS ?? null},
      ${record.successDateS ?? null}, ${record.attemptDateS ?? null}, ${whoMustAct(record)}, ${JSON.stringify(record)})
    ON CONFLICT (account_id) DO UPDATE SET customer_uid = excluded.customer_uid,
      institution_id = excluded.institution_id, institution_login_id = excluded.institution_login_id,
      type = excluded.type, status_code = excluded.status_code, balance_date_s = excluded.balance_date_s,
      success_date_s = excluded.success_date_s, attempt_date_s = excluded.attempt_date_s, act = excluded.act,
      record_json = excluded.record_json`);
}

/** Takes an account that is gone out of the repair queue. */
export function waitForNobody(writer: Writer, id: AccountId): void {
  writer.run(sql`UPDATE cache_aggregated SET act = 'nobody' WHERE account_id = ${id}`);
}

/** What an aggregator last said of the account; undefined for an account of no aggregator. */
export function aggregatedOf(reader: Reader, id: AccountId): AggregatedRecord | undefined {
  const row = reader.get<{ record_json: string }>(
    sql`SELECT record_json FROM cache_aggregated WHERE account_id = ${id}`,
  );
  return row === undefined ? undefined : aggregatedRecord.parse(JSON.parse(row.record_json));
}

/** The records of these accounts, by account; accounts of no aggregator have none. */
export function aggregatedOfAccounts(
  reader: Reader,
  ids: readonly AccountId[],
): ReadonlyMap<AccountId, AggregatedRecord> {
  const rows = reader.all<{ account_id: AccountId; record_json: string }>(sql`
    SELECT account_id, record_json FROM cache_aggregated
    WHERE account_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return new Map(rows.map((row) => [row.account_id, aggregatedRecord.parse(JSON.parse(row.record_json))]));
}

/** The accounts of one customer at one connection that an aggregator reads. */
export function aggregatedIdsOfCustomer(
  reader: Reader,
  connectionId: ConnectionId,
  customerUid: string,
): AccountId[] {
  return reader
    .all<{ account_id: AccountId }>(sql`
      SELECT g.account_id FROM cache_aggregated AS g JOIN cache_accounts AS a ON a.id = g.account_id
      WHERE g.customer_uid = ${customerUid} AND a.connection_id = ${connectionId} ORDER BY g.account_id`)
    .map(({ account_id: id }) => id);
}

/** Every cached record of one customer at one connection, by account id. */
export function aggregatedOfCustomer(
  reader: Reader,
  connectionId: ConnectionId,
  customerUid: string,
): { readonly id: AccountId; readonly record: AggregatedRecord }[] {
  const rows = reader.all<{ account_id: AccountId; record_json: string }>(sql`
    SELECT g.account_id, g.record_json FROM cache_aggregated AS g JOIN cache_accounts AS a ON a.id = g.account_id
    WHERE g.customer_uid = ${customerUid} AND a.connection_id = ${connectionId} ORDER BY g.account_id`);
  return rows.map((row) => ({ id: row.account_id, record: aggregatedRecord.parse(JSON.parse(row.record_json)) }));
}
