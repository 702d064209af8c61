import type { AccountId, Attempt, ChangeId, ChangeKind, ChangeState, ConnectionId, KnownFields } from "@contract";
import { joinSql, sql, type Reader, type Sql, type Writer } from "../../database/sql.ts";
import type { PreparedWrite } from "../../providers/provider.ts";
import type { StoredAccount } from "../accounts/account-access.ts";
import {
  changeFromRow,
  rowFromPatch,
  type ChangePatch,
  type ChangeRecord,
  type ChangeRowStored,
} from "./change-record.ts";
import { openStates } from "./lifecycle.ts";

export interface NewChange {
  readonly kind?: ChangeKind;
  readonly accountId: AccountId;
  readonly connectionId: ConnectionId;
  readonly customerUid: string;
  readonly accountUid: string;
  readonly currency: string;
  readonly base: KnownFields;
  readonly madeBy: { readonly id: number; readonly name: string };
  readonly atMs: number;
  readonly batch?: { readonly id: number; readonly row: number; readonly reversesId: ChangeId | undefined } | undefined;
}

/** What a new change says of its account, as it is known now. */
export function aboutAccount({
  id: accountId,
  connectionId,
  customerUid,
  accountUid,
  currency,
  known: base,
}: StoredAccount): Pick<
  NewChange,
  "accountId" | "connectionId" | "customerUid" | "accountUid" | "currency" | "base"
> {
  return { accountId, connectionId, customerUid, accountUid, currency, base };
}

/** Which provider address a connection leads to; with customer and account it says which account this is. */
const addressOf = (id: ConnectionId): Sql => sql`(SELECT address_id FROM work_connections WHERE id = ${id})`;

export function insertChange(writer: Writer, change: NewChange): ChangeId {
  const { lastId } = writer.run(sql`
    INSERT INTO work_changes (account_id, connection_id, customer_uid, account_uid, state, currency, base_json,
      proposed_json, made_by_id, made_by_name, created_at_ms, updated_at_ms, batch_id, batch_row, reverses_id,
      address_id, kind)
    VALUES (${change.accountId}, ${change.connectionId}, ${change.customerUid}, ${change.accountUid}, 'draft',
      ${change.currency}, ${JSON.stringify(change.base)}, '{}', ${change.madeBy.id}, ${change.madeBy.name},
      ${change.atMs}, ${change.atMs}, ${change.batch?.id ?? null}, ${change.batch?.row ?? null},
      ${change.batch?.reversesId ?? null}, ${addressOf(change.connectionId)}, ${change.kind ?? "update"})`);
  return lastId as ChangeId;
}

/**
 * Sets the columns of `patch`, raises the revision. Returns false when the change was not in `from` any more, or (where
 * `revision` is given) was touched since it was seen.
 */
export function patchChange(
  writer: Writer,
  seen: { readonly id: ChangeId; readonly state: ChangeState; readonly revision?: number },
  patch: ChangePatch,
  atMs: number,
): boolean {
  const sets = rowFromPatch(patch).map(([column, value]): Sql => ({ text: `${column} = ?`, values: [value] }));
  const columns = joinSql([...sets, sql`updated_at_ms = ${atMs}`, sql`revision = revision + 1`], ", ");
  const unmoved = seen.revision === undefined ? sql`1` : sql`revision = ${seen.revision}`;
  return (
    writer.run(sql`UPDATE work_changes SET ${columns} WHERE id = ${seen.id} AND state = ${seen.state} AND ${unmoved}`)
      .changes === 1
  );
}

export function findChange(reader: Reader, id: ChangeId): ChangeRecord | undefined {
  const row = reader.get<ChangeRowStored>(sql`SELECT * FROM work_changes WHERE id = ${id}`);
  return row && changeFromRow(row);
}

/** The newest change of the account that is in one of `states`, and of `batchId` where that is given. */
export function findOfAccount(
  reader: Reader,
  accountId: AccountId,
  states: readonly ChangeState[],
  batchId?: number,
): ChangeRecord | undefined {
  const ofBatch = batchId === undefined ? sql`1` : sql`batch_id = ${batchId}`;
  const row = reader.get<ChangeRowStored>(sql`
    SELECT * FROM work_changes WHERE account_id = ${accountId} AND +state IN (${listOf(states)}) AND ${ofBatch}
    ORDER BY id DESC LIMIT 1`);
  return row && changeFromRow(row);
}

/** The newest open change of the account, through whichever connection to the same provider address it was made. */
export function findOpen(
  reader: Reader,
  account: Pick<ChangeRecord, "connectionId" | "customerUid" | "accountUid">,
): ChangeRecord | undefined {
  const row = reader.get<ChangeRowStored>(sql`
    SELECT * FROM work_changes WHERE address_id = ${addressOf(account.connectionId)}
      AND customer_uid = ${account.customerUid} AND account_uid = ${account.accountUid}
      AND +state IN (${listOf(openStates)}) ORDER BY id DESC LIMIT 1`);
  return row && changeFromRow(row);
}

const listOf = (values: readonly (string | number)[]): Sql =>
  joinSql(
    values.map((value) => sql`${value}`),
    ", ",
  );

/** The next place in the queue; order is by this number, never by the clock. */
export function nextQueueSeq(reader: Reader): number {
  return (
    reader.get<{ next: number }>(sql`
    SELECT coalesce(max(queue_seq), 0) + 1 AS next FROM work_changes WHERE queue_seq IS NOT NULL`)?.next ?? 1
  );
}

/** Batches that have something to send and may send now; 0 stands for changes made one by one. */
function sendableGroups(reader: Reader): number[] {
  return reader
    .all<{ batch_id: number }>(
      sql`
      SELECT n.batch_id FROM work_change_counts AS n LEFT JOIN work_change_gates AS g ON g.batch_id = n.batch_id
      WHERE n.state = 'approved' AND n.held = 0 AND n.n > 0 AND (n.batch_id = 0 OR g.open = 1) ORDER BY n.batch_id`,
    )
    .map((row) => row.batch_id);
}

/** `o` is another change of the account of `c`. */
const sameAccount = sql`o.address_id = c.address_id AND o.customer_uid = c.customer_uid
  AND o.account_uid = c.account_uid AND o.id <> c.id`;

/** No wait is longer: one that seems to be comes from a wall clock that was turned back. */
export const longestRestMs = 600_000;

/**
 * Approved changes of a connection that may go now: not held, not resting, their batch neither paused nor stopped, and
 * no earlier change of the same account, through any connection, approved, sending or of unknown outcome. Changes made one by one go before
 * those of batches, so that a person never waits for a batch; otherwise in queue order.
 */
export function readyChanges(reader: Reader, connectionId: ConnectionId, nowMs: number, limit: number): ChangeRecord[] {
  const found: ChangeRecord[] = [];
  for (const group of sendableGroups(reader)) {
    if (found.length >= limit) break;
    const rows = reader.all<ChangeRowStored>(sql`
      SELECT * FROM work_changes AS c
      WHERE c.connection_id = ${connectionId} AND c.batch_id IS ${group === 0 ? null : group}
        AND c.state = 'approved' AND c.held = 0 AND c.compare_first = 0
        AND (c.not_before_ms IS NULL OR c.not_before_ms NOT BETWEEN ${nowMs + 1} AND ${nowMs + longestRestMs})
        AND NOT EXISTS (SELECT 1 FROM work_changes AS o
          WHERE ${sameAccount} AND (o.state IN ('sending', 'outcome-unknown')
              OR (o.state = 'approved' AND o.queue_seq < c.queue_seq)))
      ORDER BY c.queue_seq LIMIT ${limit - found.length}`);
    found.push(...rows.map(changeFromRow));
  }
  return found;
}

/** Whether another change of the same account is on its way or of unknown outcome. */
export function anotherInFlight(reader: Reader, change: ChangeRecord): boolean {
  const found = reader.get(sql`
    SELECT 1 FROM work_changes AS c JOIN work_changes AS o ON ${sameAccount}
    WHERE c.id = ${change.id} AND o.state IN ('sending', 'outcome-unknown') LIMIT 1`);
  return found !== undefined;
}

/** Other connections with an approved change of the same account: one that may have waited for this change. */
export function waitingElsewhere(reader: Reader, change: ChangeRecord): ConnectionId[] {
  return reader
    .all<{ id: ConnectionId }>(
      sql`
      SELECT DISTINCT o.connection_id AS id FROM work_changes AS c JOIN work_changes AS o ON ${sameAccount}
      WHERE c.id = ${change.id} AND o.state = 'approved' AND o.connection_id <> c.connection_id`,
    )
    .map((row) => row.id);
}

/** Whether the change's batch may send now; a change made by itself always may. */
export function gateIsOpen(reader: Reader, { batchId }: Pick<ChangeRecord, "batchId">): boolean {
  if (batchId === undefined) return true;
  return reader.get(sql`SELECT 1 FROM work_change_gates WHERE batch_id = ${batchId} AND open = 1`) !== undefined;
}

/** Lets a batch send, or holds it back; what is under way ends by itself. */
export function setGate(writer: Writer, batchId: number, open: boolean): void {
  writer.run(sql`
    INSERT INTO work_change_gates (batch_id, open) VALUES (${batchId}, ${open ? 1 : 0})
    ON CONFLICT DO UPDATE SET open = excluded.open`);
}

/** When the next resting change of the connection may go, if any. */
export function nextReadyAtMs(reader: Reader, connectionId: ConnectionId): number | undefined {
  return (
    reader.get<{ at: number | null }>(sql`
    SELECT min(c.not_before_ms) AS at FROM work_changes AS c LEFT JOIN work_change_gates AS g ON g.batch_id = c.batch_id
    WHERE c.connection_id = ${connectionId} AND c.state = 'approved' AND c.held = 0 AND c.not_before_ms IS NOT NULL
      AND (c.batch_id IS NULL OR g.open = 1)`)?.at ?? undefined
  );
}

/** Connections with approved changes, found by stepping through the index from one to the next. */
export function connectionsWithWork(reader: Reader): ConnectionId[] {
  return reader
    .all<{ id: ConnectionId }>(
      sql`
      WITH RECURSIVE step (id) AS (
        SELECT min(connection_id) FROM work_changes WHERE state = 'approved'
        UNION ALL
        SELECT (SELECT min(connection_id) FROM work_changes WHERE state = 'approved' AND connection_id > step.id)
        FROM step WHERE step.id IS NOT NULL)
      SELECT id FROM step WHERE id IS NOT NULL`,
    )
    .map((row) => row.id);
}

export function changesInState(reader: Reader, state: ChangeState): ChangeRecord[] {
  return reader
    .all<ChangeRowStored>(sql`SELECT * FROM work_changes WHERE state = ${state} ORDER BY id`)
    .map(changeFromRow);
}

export interface Unsettled {
  readonly id: ChangeId;
  readonly connectionId: ConnectionId;
  readonly settleAtMs: number;
}

/** Changes of unknown outcome that nobody has settled and whose settle window has an end. */
export function unsettledChanges(reader: Reader): Unsettled[] {
  return reader.all<Unsettled>(sql`
    SELECT id, connection_id AS connectionId, settle_at_ms AS settleAtMs FROM work_changes
    WHERE state = 'outcome-unknown' AND settle_at_ms IS NOT NULL ORDER BY id`);
}

export interface StoredAttempt extends Attempt {
  readonly body: string;
}

/** The intent: exact bytes and host, committed before the first byte leaves. */
export function insertAttempt(
  writer: Writer,
  attempt: { changeId: ChangeId; why: string; prepared: PreparedWrite; startedAtMs: number; correlationId: string },
): number {
  const { prepared } = attempt;
  return writer.run(sql`
    INSERT INTO work_attempts (change_id, why, method, origin, path, body, started_at_ms, correlation_id)
    VALUES (${attempt.changeId}, ${attempt.why}, ${prepared.method}, ${prepared.origin}, ${prepared.path},
      ${prepared.body}, ${attempt.startedAtMs}, ${attempt.correlationId})`).lastId;
}

export function finishAttempt(
  writer: Writer,
  id: number,
  end: {
    outcome: Attempt["outcome"];
    atMs: number;
    httpStatus?: number | undefined;
    providerCode?: string | undefined;
    message?: string | undefined;
  },
): void {
  writer.run(sql`
    UPDATE work_attempts SET outcome = ${end.outcome}, finished_at_ms = ${end.atMs}, http_status = ${end.httpStatus ?? null},
      provider_code = ${end.providerCode ?? null}, message = ${end.message ?? null} WHERE id = ${id}`);
}

/** Attempts the app did not live to see the end of. */
export function abandonAttempts(writer: Writer, changeId: ChangeId, atMs: number, message: string): void {
  writer.run(sql`
    UPDATE work_attempts SET outcome = 'unknown', finished_at_ms = ${atMs}, message = ${message}
    WHERE change_id = ${changeId} AND outcome = 'in-flight'`);
}

export function attemptsOf(reader: Reader, changeId: ChangeId): Attempt[] {
  interface Row {
    id: number;
    started_at_ms: number;
    finished_at_ms: number | null;
    outcome: Attempt["outcome"];
    http_status: number | null;
    provider_code: string | null;
    message: string | null;
  }
  return reader.all<Row>(sql`SELECT * FROM work_attempts WHERE change_id = ${changeId} ORDER BY id`).map((row) => ({
    id: row.id,
    startedAtMs: row.started_at_ms,
    finishedAtMs: row.finished_at_ms ?? undefined,
    outcome: row.outcome,
    httpStatus: row.http_status ?? undefined,
    providerCode: row.provider_code ?? undefined,
    message: row.message ?? undefined,
  }));
}

export function insertEvent(writer: Writer, changeId: ChangeId, atMs: number, person: string, text: string): void {
  writer.run(sql`
    INSERT INTO work_change_events (change_id, at_ms, person, text) VALUES (${changeId}, ${atMs}, ${person}, ${text})`);
}

export function eventsOf(reader: Reader, changeId: ChangeId): { atMs: number; person: string; text: string }[] {
  return reader
    .all<{ at_ms: number; person: string; text: string }>(
      sql`
      SELECT at_ms, person, text FROM work_change_events WHERE change_id = ${changeId} ORDER BY id`,
    )
    .map((row) => ({ atMs: row.at_ms, person: row.person, text: row.text }));
}
