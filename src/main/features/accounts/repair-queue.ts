import type { AccountId, ConnectionId, OutputOf, ParsedInputOf, ProviderKind, RepairCounts, RepairRow } from "@contract";
import { accountTypeOf } from "@contract/rules/aggregation/account-types.ts";
import { aggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { z } from "zod";
import { VostroFailure } from "../../core/failures.ts";
import { sql, type Reader } from "../../database/sql.ts";
import { freshnessOf, statusOf } from "./aggregated-detail.ts";
import { neverRead } from "./account-record.ts";

const noCounts: RepairCounts = { customer: 0, operations: 0, wait: 0, provider: 0 };

/** How many accounts wait for whom, as kept by the file. */
export function repairCountsOf(reader: Reader): RepairCounts {
  const rows = reader.all<{ act: string; n: number }>(sql`SELECT act, n FROM cache_repair_counts`);
  const kept = Object.fromEntries(rows.map(({ act, n }) => [act, n]));
  return {
    customer: kept["customer"] ?? noCounts.customer,
    operations: kept["operations"] ?? noCounts.operations,
    wait: kept["wait"] ?? noCounts.wait,
    provider: kept["provider"] ?? noCounts.provider,
  };
}

interface QueueRow {
  readonly account_id: AccountId;
  readonly connection_id: ConnectionId;
  readonly customer_uid: string;
  readonly customer_name: string;
  readonly account_name: string;
  readonly last4: string;
  readonly read_at_ms: number;
  readonly record_json: string;
  readonly provider: ProviderKind;
}

function rowOf(row: QueueRow): RepairRow {
  const record = aggregatedRecord.parse(JSON.parse(row.record_json));
  return {
    id: row.account_id,
    connectionId: row.connection_id,
    provider: row.provider,
    customerUid: row.customer_uid,
    customerName: row.customer_name,
    accountName: row.account_name,
    typeLabel: accountTypeOf(record.type).label,
    freshness: freshnessOf(record),
    status: statusOf(record, { last4: row.last4, accountName: row.account_name }),
    ...(record.currency === undefined ? {} : { currency: record.currency }),
    ...(row.last4 === "" ? {} : { last4: row.last4 }),
    ...(record.institutionId === undefined ? {} : { institutionId: record.institutionId }),
    ...(row.read_at_ms === neverRead ? {} : { readAtMs: row.read_at_ms }),
  };
}

const place = z.tuple([z.string(), z.number().int()]);

function decode(cursor: string | undefined): readonly [customerUid: string, id: number] {
  if (cursor === undefined) return ["", 0];
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new VostroFailure("input-invalid", "This list moved on. Open it again.");
    throw error;
  }
}

/** One page of the accounts that wait for `act`, a customer's together, cut by (customer, account) along one index. */
export function repairPageOf(reader: Reader, query: ParsedInputOf<"accounts.repairPage">): OutputOf<"accounts.repairPage"> {
  const [customerUid, id] = decode(query.cursor);
  const found = reader.all<QueueRow>(sql`
    SELECT g.account_id, a.connection_id, a.customer_uid, a.customer_name, a.account_name, a.last4, a.read_at_ms,
      g.record_json, c.provider
    FROM cache_aggregated AS g
      CROSS JOIN cache_accounts AS a ON a.id = g.account_id
      CROSS JOIN work_connections AS c ON c.id = a.connection_id
    WHERE g.act = ${query.act} AND (g.customer_uid, g.account_id) > (${customerUid}, ${id})
    ORDER BY g.customer_uid, g.account_id LIMIT ${query.limit + 1}`);
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  if (found.length <= query.limit || last === undefined) return { rows: rows.map(rowOf) };
  const nextCursor = Buffer.from(JSON.stringify([last.customer_uid, last.account_id]), "utf8").toString("base64url");
  return { rows: rows.map(rowOf), nextCursor };
}
