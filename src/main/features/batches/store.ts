import {
  batchSourcesNamed,
  batchStatesNamed,
  type BatchId,
  type BatchState,
  type BatchStep,
  type Bucket,
  type ColumnDraft,
} from "@contract";
import { joinSql, sql, type Reader, type Sql, type Writer } from "../../database/sql.ts";
import {
  batchFromRow,
  rowFromBatchPatch,
  type BatchPatch,
  type BatchRecord,
  type BatchRowStored,
  type ListedBatch,
  type NamedPerson,
} from "./batch-record.ts";

export interface NewBatch {
  readonly name: string;
  readonly source: BatchRecord["source"];
  readonly sourcePath?: string | undefined;
  readonly fileName?: string | undefined;
  readonly connectionId?: number | undefined;
  readonly parent?: BatchRecord["parent"];
  readonly madeBy: NamedPerson;
  readonly atMs: number;
}

export function insertBatch(writer: Writer, batch: NewBatch): BatchId {
  const { lastId } = writer.run(sql`
    INSERT INTO work_batches (name, state, source, source_path, file_name, connection_id, parent_id, parent_what,
      made_by_id, made_by_name, created_at_ms, updated_at_ms)
    VALUES (${batch.name}, 'reading', ${batch.source}, ${batch.sourcePath ?? null}, ${batch.fileName ?? null},
      ${batch.connectionId ?? null}, ${batch.parent?.id ?? null}, ${batch.parent?.what ?? null}, ${batch.madeBy.id},
      ${batch.madeBy.name}, ${batch.atMs}, ${batch.atMs})`);
  return lastId as BatchId;
}

export function findBatch(reader: Reader, id: BatchId): BatchRecord | undefined {
  const row = reader.get<BatchRowStored>(sql`SELECT * FROM work_batches WHERE id = ${id}`);
  return row && batchFromRow(row);
}

/** Sets the columns of `patch` and raises the revision. False when the batch is no longer in the state it was seen in. */
export function patchBatch(
  writer: Writer,
  seen: Pick<BatchRecord, "id" | "state">,
  patch: BatchPatch,
  atMs: number,
): boolean {
  const sets = rowFromBatchPatch(patch).map(([column, value]): Sql => ({ text: `${column} = ?`, values: [value] }));
  const columns = joinSql([...sets, sql`updated_at_ms = ${atMs}`, sql`revision = revision + 1`], ", ");
  const { changes } = writer.run(sql`
    UPDATE work_batches SET ${columns} WHERE id = ${seen.id} AND state = ${seen.state}`);
  return changes === 1;
}

export interface BatchPlace {
  readonly step: BatchStep;
  readonly reasonCategory: string;
  readonly reason: string;
  readonly authorisationRef: string;
  readonly stopAfterRefusals?: number | undefined;
  readonly columnDraft?: ColumnDraft | undefined;
}

/**
 * Where a person is in a batch that is not confirmed yet; while it is read, the columns stay as they were kept before.
 * False when it is confirmed, or when they were there before.
 */
export function rememberPlace(writer: Writer, id: BatchId, place: BatchPlace): boolean {
  const { step, reasonCategory, reason, authorisationRef, stopAfterRefusals = null, columnDraft } = place;
  const draft = columnDraft === undefined ? null : JSON.stringify(columnDraft);
  const kept = sql`CASE WHEN state IN ('columns', 'checking', 'compare') THEN ${draft} ELSE column_draft_json END`;
  const { changes } = writer.run(sql`
    UPDATE work_batches SET step = ${step}, reason_category = ${reasonCategory}, reason = ${reason},
      authorisation_ref = ${authorisationRef}, stop_after_refusals = ${stopAfterRefusals},
      column_draft_json = ${kept}
    WHERE id = ${id} AND state IN ('reading', 'columns', 'checking', 'compare', 'failed')
      AND (step, reason_category, reason, authorisation_ref, stop_after_refusals, column_draft_json)
        IS NOT (${step}, ${reasonCategory}, ${reason}, ${authorisationRef}, ${stopAfterRefusals}, ${kept})`);
  return changes === 1;
}

/** How far the making has come; in the transaction that made the rows. */
export function noteMaking(
  writer: Writer,
  id: BatchId,
  step: { readonly toRow: number; readonly made: number; readonly unmade: number },
): void {
  writer.run(sql`
    UPDATE work_batches SET made_to_row = ${step.toRow}, made = made + ${step.made}, unmade = unmade + ${step.unmade}
    WHERE id = ${id}`);
}

export function noteNoted(writer: Writer, id: BatchId, toRow: number): void {
  writer.run(sql`UPDATE work_batches SET noted_to_row = ${toRow} WHERE id = ${id}`);
}

export function batchesInState(reader: Reader, states: readonly BatchState[]): BatchRecord[] {
  const list = joinSql(
    states.map((state) => sql`${state}`),
    ", ",
  );
  return reader
    .all<BatchRowStored>(sql`SELECT * FROM work_batches WHERE state IN (${list}) ORDER BY id`)
    .map(batchFromRow);
}

/** Batches that were ended early and whose changes have not all been taken back. */
export function batchesToEmpty(reader: Reader): BatchRecord[] {
  return reader
    .all<BatchRowStored>(
      sql`
      SELECT * FROM work_batches WHERE state IN ('stopped', 'withdrawn') AND finished_at_ms IS NULL ORDER BY id`,
    )
    .map(batchFromRow);
}

/** What lists show: without the rows and columns of the file, which are long and would be read for every batch. */
const listed = {
  text: `id, name, state, revision, source, source_path, file_name, sha256, bytes, rows, message, staging_no, read_from,
    read_message, connection_id, key_kind,
    map_name, counts_json, totals_json, largest_increase_tenths, plan_edition, compared_at_ms, withdrawn_by_name,
    reason_category, reason, authorisation_ref, stop_after_refusals,
    step, second_person, parent_id, parent_what, chosen, made, unmade, made_to_row, noted_to_row,
    made_all, made_by_id, made_by_name, confirmed_by_id, confirmed_by_name, created_at_ms, updated_at_ms, started_at_ms,
    finished_at_ms`,
  values: [],
} satisfies Sql;

/** The words searched for, but for the dots of a hash that is shown cut. */
function wordsOf(search = ""): string[] {
  return search.split(/[\s…]+/u).filter((word) => word !== "");
}

/** The batch meant by its number as its page shows it, "B-0012". */
function numbered(word: string): number | null {
  const digits = /^b-(\d{1,9})$/iu.exec(word)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Whether a batch is shown with a word in its list or on its page: state and source are stored in other words than are
 * shown.
 */
function showsWord(word: string): Sql {
  const like = `%${word.replaceAll(/[\\%_]/gu, (mark) => `\\${mark}`)}%`;
  const states = joinSql(batchStatesNamed(word).map((state) => sql`${state}`), ", ");
  const sources = joinSql(batchSourcesNamed(word).map((source) => sql`${source}`), ", ");
  return sql`(name LIKE ${like} ESCAPE '\\' OR coalesce(file_name, '') LIKE ${like} ESCAPE '\\'
    OR coalesce(sha256, '') LIKE ${like} ESCAPE '\\' OR made_by_name LIKE ${like} ESCAPE '\\'
    OR coalesce(confirmed_by_name, '') LIKE ${like} ESCAPE '\\' OR authorisation_ref LIKE ${like} ESCAPE '\\'
    OR coalesce(message, '') LIKE ${like} ESCAPE '\\' OR state IN (${states})
    OR (file_name IS NULL AND source IN (${sources})) OR id = ${numbered(word)})`;
}

const notListed = { staged_json: null, columns_json: null, column_draft_json: null, compared_with: null };

/** Newest first; `beforeId` continues after the last one of the page before. */
export function pageOfBatches(
  reader: Reader,
  query: { readonly search?: string | undefined; readonly beforeId?: number | undefined; readonly limit: number },
): ListedBatch[] {
  const where: Sql[] = [sql`1`];
  if (query.beforeId !== undefined) where.push(sql`id < ${query.beforeId}`);
  where.push(...wordsOf(query.search).map(showsWord));
  return reader
    .all<Omit<BatchRowStored, "staged_json" | "columns_json" | "column_draft_json" | "compared_with">>(
      sql`
      SELECT ${listed} FROM work_batches WHERE ${joinSql(where, " AND ")} ORDER BY id DESC LIMIT ${query.limit}`,
    )
    .map((row) => batchFromRow({ ...row, ...notListed }));
}

/** The newest earlier batch of the same bytes that was not given up. */
export function sameFileOf(
  reader: Reader,
  batch: Pick<BatchRecord, "id" | "sha256" | "source">,
): BatchRecord | undefined {
  if (batch.sha256 === undefined || (batch.source !== "file" && batch.source !== "paste")) return undefined;
  const row = reader.get<BatchRowStored>(sql`
    SELECT * FROM work_batches WHERE sha256 = ${batch.sha256} AND id < ${batch.id} AND source IN ('file', 'paste')
      AND state NOT IN ('withdrawn', 'failed') ORDER BY id DESC LIMIT 1`);
  return row && batchFromRow(row);
}

export function childrenOf(reader: Reader, id: BatchId): BatchRecord[] {
  return reader
    .all<BatchRowStored>(sql`SELECT * FROM work_batches WHERE parent_id = ${id} ORDER BY id`)
    .map(batchFromRow);
}

/** The batch whose changes this one puts back: its parent's, or that of the undo it sends again. */
export function undoneBy(reader: Reader, batch: BatchRecord): BatchId | undefined {
  for (let at: BatchRecord | undefined = batch; at?.parent !== undefined; at = findBatch(reader, at.parent.id)) {
    if (at.parent.what === "undo") return at.parent.id;
  }
  return undefined;
}

/**
 * Every other batch that sent rows of this one again, or in its stead those of the batch it came from; row numbers are
 * the same in all.
 */
export function otherRetriesOf(reader: Reader, batch: BatchRecord): BatchId[] {
  const own = new Set([batch.id]);
  let first = batch;
  while (first.parent?.what === "retry") {
    const before = findBatch(reader, first.parent.id);
    if (before === undefined) break;
    own.add(before.id);
    first = before;
  }
  return retriesOf(reader, first.id).filter((id) => !own.has(id));
}

function retriesOf(reader: Reader, id: BatchId): BatchId[] {
  return reader
    .all<{ id: BatchId }>(
      sql`
      WITH RECURSIVE again (id) AS (
        SELECT id FROM work_batches WHERE parent_id = ${id} AND parent_what = 'retry'
        UNION SELECT child.id FROM work_batches AS child JOIN again ON child.parent_id = again.id
          WHERE child.parent_what = 'retry')
      SELECT id FROM again ORDER BY id`,
    )
    .map((row) => row.id);
}

/**
 * How many rows of the batch that did not reach the books one of the others sent since, or may have, or a person
 * withdrew there one by one.
 */
export function countSentSince(
  reader: Reader,
  { id, madeAll, madeToRow }: Pick<BatchRecord, "id" | "madeAll" | "madeToRow">,
  others: readonly BatchId[],
): number {
  const list = joinSql(
    others.map((other) => sql`${other}`),
    ", ",
  );
  const unsent = { text: "('refused', 'conflict', 'withdrawn', 'draft', 'rejected', 'expired')", values: [] };
  const found = reader.get<{ n: number }>(sql`
    SELECT count(DISTINCT since.batch_row) AS n FROM work_changes AS since
    WHERE since.batch_id IN (${list}) AND (since.set_aside = 1 OR +since.state NOT IN ${unsent}) AND (
      EXISTS (SELECT 1 FROM work_changes AS own WHERE own.batch_id = ${id} AND own.batch_row = since.batch_row
        AND own.set_aside = 0 AND +own.state IN ${unsent})
      OR EXISTS (SELECT 1 FROM work_batch_unmade AS own WHERE own.batch_id = ${id} AND own.row = since.batch_row
        AND own.bucket <> 'no-change')
      OR (${madeAll ? 0 : 1} AND since.batch_row > ${madeToRow}))`);
  return found?.n ?? 0;
}

/** Rows of which no change was made because the account held already what they propose. */
export function countUnchanged(reader: Reader, id: BatchId): number {
  const found = reader.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM work_batch_unmade WHERE batch_id = ${id} AND bucket = 'no-change'`);
  return found?.n ?? 0;
}

export interface UnmadeRow {
  readonly row: number;
  readonly bucket: Bucket;
  readonly message: string;
}

export function insertUnmade(writer: Writer, id: BatchId, { row, bucket, message }: UnmadeRow): void {
  writer.run(sql`
    INSERT INTO work_batch_unmade (batch_id, row, bucket, message) VALUES (${id}, ${row}, ${bucket}, ${message})`);
}

/** Rows after `afterRow` that no change could be made of, in row order. */
export function unmadeRows(reader: Reader, id: BatchId, afterRow: number, limit: number): UnmadeRow[] {
  return reader.all<UnmadeRow>(sql`
    SELECT row, bucket, message FROM work_batch_unmade WHERE batch_id = ${id} AND row > ${afterRow}
    ORDER BY row LIMIT ${limit}`);
}
