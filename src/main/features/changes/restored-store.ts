import type { ChangeId } from "@contract";
import type { NotNewest } from "../../core/restored.ts";
import { sql, type Reader, type Sql, type Writer } from "../../database/sql.ts";

export interface Restoration {
  readonly noticedAtMs: number;
  readonly why: NotNewest;
  readonly newestAtMs: number | undefined;
  /** Batches up to this one were in the file when it was restored. */
  readonly lastBatchId: number;
}

/** The newest time a restored file was noticed. */
export function newestRestoration(reader: Reader): Restoration | undefined {
  const row = reader.get<{ at: number; why: NotNewest; newest: number | null; batch: number }>(sql`
    SELECT noticed_at_ms AS at, why, newest_at_ms AS newest, last_batch_id AS batch FROM work_restorations
    ORDER BY id DESC LIMIT 1`);
  return row && { noticedAtMs: row.at, why: row.why, newestAtMs: row.newest ?? undefined, lastBatchId: row.batch };
}

const mayStillLeave: Sql = sql`state IN ('waiting-for-approval', 'approved', 'outcome-unknown')`;
const unfinishedBatch: Sql = sql`state IN ('making', 'waiting', 'sending', 'paused')`;

/** Whether anything in the file could lead to a request by itself or by a mere "go on". */
export function hasWorkToHold(reader: Reader): boolean {
  return (
    reader.get(sql`SELECT 1 FROM work_changes WHERE ${mayStillLeave} LIMIT 1`) !== undefined ||
    reader.get(sql`SELECT 1 FROM work_batches WHERE ${unfinishedBatch} LIMIT 1`) !== undefined
  );
}

/**
 * Marks everything that may still leave. An unclear outcome is read anew: what was found of it may be long out of date.
 * Two statements and a history line each, however many there are. Returns how many.
 */
export function holdAll(writer: Writer, atMs: number, text: string): number {
  writer.run(sql`
    INSERT INTO work_change_events (change_id, at_ms, person, text)
    SELECT id, ${atMs}, 'Vostro', ${text} FROM work_changes WHERE ${mayStillLeave}`);
  return writer.run(sql`
    UPDATE work_changes SET compare_first = 1, revision = revision + 1, updated_at_ms = ${atMs}, message = ${text},
      held = CASE state WHEN 'approved' THEN 1 ELSE held END,
      not_before_ms = CASE state WHEN 'approved' THEN NULL ELSE not_before_ms END,
      settlement = CASE state WHEN 'outcome-unknown' THEN NULL ELSE settlement END,
      settle_at_ms = CASE state WHEN 'outcome-unknown' THEN coalesce(settle_at_ms, ${atMs}) ELSE settle_at_ms END
    WHERE ${mayStillLeave}`).changes;
}

export function insertRestoration(
  writer: Writer,
  { noticedAtMs, why, newestAtMs }: Omit<Restoration, "lastBatchId">,
  held: number,
): void {
  writer.run(sql`
    INSERT INTO work_restorations (noticed_at_ms, why, newest_at_ms, held, last_batch_id)
    SELECT ${noticedAtMs}, ${why}, ${newestAtMs ?? null}, ${held}, coalesce(max(id), 0) FROM work_batches`);
}

/** Changes that wait to be compared, after `afterId`; one that waits for approval is compared once it is approved. */
export function toCompare(reader: Reader, afterId: number, limit: number): ChangeId[] {
  return reader
    .all<{ id: ChangeId }>(
      sql`
      SELECT id FROM work_changes WHERE compare_first = 1 AND state = 'approved' AND id > ${afterId}
      ORDER BY id LIMIT ${limit}`,
    )
    .map(({ id }) => id);
}

export function countToCompare(reader: Reader, batchId?: number): number {
  const ofBatch = batchId === undefined ? sql`1` : sql`batch_id = ${batchId}`;
  return (
    reader.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM work_changes
    WHERE compare_first = 1 AND state IN ('approved', 'outcome-unknown') AND ${ofBatch}`)?.n ?? 0
  );
}
