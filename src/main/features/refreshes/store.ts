import { refreshSnapshot, type Environment, type RefreshEvent, type RefreshId, type RefreshSnapshot } from "@contract";
import { joinSql, sql, type Reader, type Sql, type SqlValue, type Writer } from "../../database/sql.ts";
import type { Pair } from "./judge.ts";
import { refreshFromRow, type RefreshPatch, type RefreshRecord, type RefreshStored } from "./refresh-record.ts";

const inFlight = sql`state IN ('clicked','sent','answered','still-running')`;
/** Ended in a way that a person must act on, until a person says it is done. */
const attention = sql`done_at_ms IS NULL AND state IN ('partly-succeeded','failed','given-up')
  AND act IN ('customer','operations','sender')`;
const conditions = { running: inFlight, attention, all: sql`1` } as const;
export type RefreshView = keyof typeof conditions;

const columns: Readonly<Record<keyof RefreshPatch, string>> = {
  state: "state",
  act: "act",
  hinted: "hinted",
  code: "code",
  message: "message",
  sentAtMs: "sent_at_ms",
  answeredAtMs: "answered_at_ms",
  seenAtMs: "seen_at_ms",
  endedAtMs: "ended_at_ms",
  nextLookAtMs: "next_look_at_ms",
  doneAtMs: "done_at_ms",
  coolUntilMs: "cool_until_ms",
  accounts: "accounts",
  accountsMoved: "accounts_moved",
  looks: "looks",
  sameLooks: "same_looks",
  watchedMs: "watched_ms",
};

type NewRefresh = Pick<
  RefreshRecord,
  | "connectionId"
  | "provider"
  | "environment"
  | "customerId"
  | "customerName"
  | "institutionLoginId"
  | "reason"
  | "madeBy"
  | "message"
  | "clickedAtMs"
>;

/** The index on customers in flight refuses a second one of the same customer. */
export function insertRefresh(writer: Writer, given: NewRefresh): RefreshId {
  return writer.run(sql`INSERT INTO work_refreshes (connection_id, provider, environment, customer_uid, customer_name,
      institution_login_id, state, reason, made_by_id, made_by_name, act, message, clicked_at_ms)
    VALUES (${given.connectionId}, ${given.provider}, ${given.environment}, ${given.customerId}, ${given.customerName},
      ${given.institutionLoginId ?? null}, 'clicked', ${given.reason}, ${given.madeBy.id}, ${given.madeBy.name}, 'nobody',
      ${given.message}, ${given.clickedAtMs})`).lastId as RefreshId;
}

export function findRefresh(reader: Reader, id: RefreshId): RefreshRecord | undefined {
  const row = reader.get<RefreshStored>(sql`SELECT * FROM work_refreshes WHERE id = ${id}`);
  return row === undefined ? undefined : refreshFromRow(row);
}

/** False when the refresh is no longer in the state it was seen in. */
export function patchRefresh(
  writer: Writer,
  { id, state }: Pick<RefreshRecord, "id" | "state">,
  patch: RefreshPatch,
): boolean {
  const sets = Object.entries(patch).map(([name, value]): Sql => {
    const bound: SqlValue = typeof value === "boolean" ? Number(value) : value;
    return { text: `${columns[name as keyof RefreshPatch]} = ?`, values: [bound] };
  });
  if (sets.length === 0) return true;
  return (
    writer.run(sql`UPDATE work_refreshes SET ${joinSql(sets, ", ")}
      WHERE id = ${id} AND state = ${state}`).changes === 1
  );
}

/** Newest first; `beforeId` continues after the last row of the page before. */
export function pageOfRefreshes(
  reader: Reader,
  query: { readonly view: RefreshView; readonly beforeId: number | undefined; readonly limit: number },
): RefreshRecord[] {
  const where = [conditions[query.view], ...(query.beforeId === undefined ? [] : [sql`id < ${query.beforeId}`])];
  return reader
    .all<RefreshStored>(
      sql`SELECT * FROM work_refreshes WHERE ${joinSql(where, " AND ")} ORDER BY id DESC LIMIT ${query.limit}`,
    )
    .map(refreshFromRow);
}

export function countRefreshes(reader: Reader, view: RefreshView): number {
  return reader.get<{ n: number }>(sql`SELECT count(*) AS n FROM work_refreshes WHERE ${conditions[view]}`)?.n ?? 0;
}

/** Oldest first. */
export function refreshesIn(reader: Reader, states: readonly RefreshRecord["state"][]): RefreshRecord[] {
  const list = joinSql(states.map((state) => sql`${state}`), ", ");
  return reader
    .all<RefreshStored>(sql`SELECT * FROM work_refreshes WHERE state IN (${list}) ORDER BY id`)
    .map(refreshFromRow);
}

/** Of one customer, whichever connection leads to it: the one in flight, and until when it cools down. */
export function customerStanding(
  reader: Reader,
  environment: Environment,
  customerId: string,
): { readonly inFlight: RefreshRecord | undefined; readonly coolUntilMs: number | undefined } {
  const ofCustomer = sql`environment = ${environment} AND customer_uid = ${customerId}`;
  const row = reader.get<RefreshStored>(sql`SELECT * FROM work_refreshes WHERE ${ofCustomer} AND ${inFlight}`);
  const cool = reader.get<{ until: number | null }>(
    sql`SELECT max(cool_until_ms) AS until FROM work_refreshes WHERE ${ofCustomer}`,
  );
  return { inFlight: row === undefined ? undefined : refreshFromRow(row), coolUntilMs: cool?.until ?? undefined };
}

interface PairStored {
  readonly account_uid: string;
  readonly before_json: string | null;
  readonly after_json: string | null;
}

function snapshotFrom(json: string): RefreshSnapshot {
  return refreshSnapshot.parse(JSON.parse(json));
}

export function pairsOf(reader: Reader, id: RefreshId): Pair[] {
  return reader
    .all<PairStored>(sql`SELECT account_uid, before_json, after_json FROM work_refresh_accounts
      WHERE refresh_id = ${id} ORDER BY before_json IS NULL, rowid`)
    .map(({ account_uid: accountId, before_json: before, after_json: after }) => ({
      accountId,
      ...(before === null ? {} : { before: snapshotFrom(before) }),
      ...(after === null ? {} : { after: snapshotFrom(after) }),
    }));
}

export function saveBefore(writer: Writer, id: RefreshId, snapshots: ReadonlyMap<string, RefreshSnapshot>): void {
  for (const [accountId, snapshot] of snapshots) {
    writer.run(sql`INSERT INTO work_refresh_accounts (refresh_id, account_uid, before_json)
      VALUES (${id}, ${accountId}, ${JSON.stringify(snapshot)})`);
  }
}

/** What was read last stands alone: an account that is no longer there has no `after`. */
export function saveAfter(writer: Writer, id: RefreshId, snapshots: ReadonlyMap<string, RefreshSnapshot>): void {
  writer.run(sql`UPDATE work_refresh_accounts SET after_json = NULL WHERE refresh_id = ${id}`);
  writer.run(sql`DELETE FROM work_refresh_accounts WHERE refresh_id = ${id} AND before_json IS NULL`);
  for (const [accountId, snapshot] of snapshots) {
    writer.run(sql`INSERT INTO work_refresh_accounts (refresh_id, account_uid, after_json)
      VALUES (${id}, ${accountId}, ${JSON.stringify(snapshot)})
      ON CONFLICT (refresh_id, account_uid) DO UPDATE SET after_json = excluded.after_json`);
  }
}

export function insertEvent(writer: Writer, id: RefreshId, event: RefreshEvent): void {
  writer.run(sql`INSERT INTO work_refresh_events (refresh_id, at_ms, kind, title, text)
    VALUES (${id}, ${event.atMs}, ${event.kind}, ${event.title}, ${event.text})`);
}

export function eventsOf(reader: Reader, id: RefreshId): RefreshEvent[] {
  return reader
    .all<{ at_ms: number; kind: RefreshEvent["kind"]; title: string; text: string }>(
      sql`SELECT at_ms, kind, title, text FROM work_refresh_events WHERE refresh_id = ${id} ORDER BY id`,
    )
    .map(({ at_ms: atMs, ...event }) => ({ atMs, ...event }));
}

/** The highest moment of the steady clock that was written. */
export function latestMoment(reader: Reader): number {
  return reader.get<{ latest_ms: number }>(sql`SELECT latest_ms FROM work_refresh_clock WHERE id = 1`)?.latest_ms ?? 0;
}

export function noteMoment(writer: Writer, steadyMs: number): void {
  writer.run(sql`INSERT INTO work_refresh_clock (id, latest_ms) VALUES (1, ${steadyMs})
    ON CONFLICT (id) DO UPDATE SET latest_ms = max(latest_ms, excluded.latest_ms)`);
}

/** The customer's name as last read from any connection; the id where none is known. */
export function customerName(reader: Reader, customerId: string): string {
  const row = reader.get<{ name: string }>(
    sql`SELECT name FROM cache_customers WHERE customer_uid = ${customerId} ORDER BY read_at_ms DESC LIMIT 1`,
  );
  return row?.name ?? customerId;
}
