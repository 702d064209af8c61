import type { AccountId, ChangeId, ChangeState, KnownFields } from "@contract";
import { joinSql, sql, type Reader, type Sql, type Writer } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { AcceptedChange, ChangeCount, RowOutcome } from "./change-access.ts";
import { changeFromRow, type ChangeRecord, type ChangeRowStored } from "./change-record.ts";
import { move, type Deed } from "./transition.ts";

const listOf = (values: readonly (string | number)[]): Sql =>
  joinSql(
    values.map((value) => sql`${value}`),
    ", ",
  );

/** How many changes of a batch are in each state, from the kept counts. */
export function countsOfBatch(reader: Reader, batchId: number): ChangeCount[] {
  return reader
    .all<{ state: ChangeState; held: number; n: number }>(
      sql`
      SELECT state, held, n FROM work_change_counts WHERE batch_id = ${batchId} AND n > 0`,
    )
    .map(({ state, held, n }) => ({ state, held: held === 1, count: n }));
}

/** Changes whose automatic tries are used up may go again. */
export function releaseHeldOfBatch(writer: Writer, batchId: number, atMs: number): void {
  writer.run(sql`
    UPDATE work_changes SET held = 0, tries = 0, not_before_ms = NULL, revision = revision + 1, updated_at_ms = ${atMs}
    WHERE batch_id = ${batchId} AND state = 'approved' AND held = 1 AND compare_first = 0`);
}

function changesOfBatch(reader: Reader, batchId: number, state: ChangeState, also: Sql, limit: number): ChangeRecord[] {
  return reader
    .all<ChangeRowStored>(
      sql`
      SELECT * FROM work_changes WHERE batch_id = ${batchId} AND state = ${state} AND ${also}
      ORDER BY batch_row LIMIT ${limit}`,
    )
    .map(changeFromRow);
}

function withdrawEach(
  writer: Writer,
  audit: AuditTrail,
  changes: readonly ChangeRecord[],
  reason: string,
  deed: Deed,
): number {
  for (const change of changes) {
    move(
      writer,
      audit,
      change,
      "withdraw",
      { message: reason, queueSeq: null },
      { ...deed, text: `Withdrawn: ${reason}` },
    );
  }
  return changes.length;
}

/** Withdraws up to `limit` changes that have not left; one a person asked to send again, or that is compared first, is left alone. */
export function withdrawLeftOfBatch(
  writer: Writer,
  audit: AuditTrail,
  batchId: number,
  wanted: { readonly reason: string; readonly limit: number },
  deed: Deed,
): number {
  const approved = changesOfBatch(writer, batchId, "approved", sql`resend = 0 AND compare_first = 0`, wanted.limit);
  const room = wanted.limit - approved.length;
  const waiting = room === 0 ? [] : changesOfBatch(writer, batchId, "waiting-for-approval", sql`1`, room);
  return withdrawEach(writer, audit, [...approved, ...waiting], wanted.reason, deed);
}

/** Withdraws up to `limit` conflicts and drafts that came back: nothing of theirs is at the provider. */
export function closeUnsentOfBatch(
  writer: Writer,
  audit: AuditTrail,
  batchId: number,
  wanted: { readonly reason: string; readonly limit: number },
  deed: Deed,
): number {
  const conflicts = changesOfBatch(writer, batchId, "conflict", sql`1`, wanted.limit);
  const room = wanted.limit - conflicts.length;
  const drafts = room === 0 ? [] : changesOfBatch(writer, batchId, "draft", sql`1`, room);
  return withdrawEach(writer, audit, [...conflicts, ...drafts], wanted.reason, deed);
}

interface OutcomeRow {
  batch_row: number;
  id: ChangeId;
  state: ChangeState;
  set_aside: number;
  message: string | null;
  provider_message: string | null;
  provider_code: string | null;
  sent_at_ms: number | null;
  attempts: number;
}

/** What became of these rows; the message is the change's own, or what the provider said. */
export function outcomesOfBatch(reader: Reader, batchId: number, rows: readonly number[]): Map<number, RowOutcome> {
  if (rows.length === 0) return new Map();
  const found = reader.all<OutcomeRow>(sql`
    SELECT batch_row, id, state, set_aside, message, provider_message, provider_code, sent_at_ms,
      (SELECT count(*) FROM work_attempts AS a WHERE a.change_id = c.id) AS attempts
    FROM work_changes AS c WHERE batch_id = ${batchId} AND batch_row IN (${listOf(rows)})`);
  return new Map(
    found.map((row) => [
      row.batch_row,
      {
        row: row.batch_row,
        changeId: row.id,
        state: row.state,
        setAside: row.set_aside === 1,
        message: row.message ?? row.provider_message ?? undefined,
        providerCode: row.provider_code ?? undefined,
        attempts: row.attempts,
        atMs: row.sent_at_ms ?? undefined,
      },
    ]),
  );
}

/** Which change each row became, after `afterRow`, in row order. */
export function madeRowsOfBatch(
  reader: Reader,
  batchId: number,
  afterRow: number,
  limit: number,
): { row: number; changeId: ChangeId }[] {
  return reader
    .all<{ row: number; id: ChangeId }>(
      sql`
      SELECT batch_row AS row, id FROM work_changes WHERE batch_id = ${batchId} AND batch_row > ${afterRow}
      ORDER BY batch_row LIMIT ${limit}`,
    )
    .map(({ row, id }) => ({ row, changeId: id }));
}

/** Accepted changes after `afterRow`, in row order. */
export function acceptedOfBatch(reader: Reader, batchId: number, afterRow: number, limit: number): AcceptedChange[] {
  interface Row {
    batch_row: number;
    account_id: AccountId;
    currency: string;
    base_json: string;
    update_json: string;
    updated_at_ms: number;
  }
  return reader
    .all<Row>(
      sql`
      SELECT batch_row, account_id, currency, base_json, update_json, updated_at_ms FROM work_changes
      WHERE batch_id = ${batchId} AND state = 'accepted' AND batch_row > ${afterRow} ORDER BY batch_row LIMIT ${limit}`,
    )
    .map((row) => ({
      row: row.batch_row,
      accountId: row.account_id,
      currency: row.currency,
      base: JSON.parse(row.base_json) as KnownFields,
      written: JSON.parse(row.update_json) as AcceptedChange["written"],
      atMs: row.updated_at_ms,
    }));
}

/**
 * Rows after `afterRow` whose change did not reach the provider's books: refused, conflicting, returned, taken back with
 * the batch. What a person withdrew by itself is not among them.
 */
export function unsentRowsOfBatch(reader: Reader, batchId: number, afterRow: number, limit: number): number[] {
  return reader
    .all<{ row: number }>(
      sql`
      SELECT batch_row AS row FROM work_changes WHERE batch_id = ${batchId} AND batch_row > ${afterRow}
        AND set_aside = 0
        AND +state IN ('refused', 'conflict', 'withdrawn', 'draft', 'rejected', 'expired') ORDER BY batch_row LIMIT ${limit}`,
    )
    .map(({ row }) => row);
}

/** How many changes of the batch a person withdrew by themselves. */
export function setAsideOfBatch(reader: Reader, batchId: number): number {
  return (
    reader.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM work_changes WHERE batch_id = ${batchId} AND set_aside = 1`)?.n ?? 0
  );
}
