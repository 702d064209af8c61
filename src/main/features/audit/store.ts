import { joinSql, sql, type Reader, type Sql, type Writer } from "../../database/sql.ts";
import type { ChainedRow } from "./hash-chain.ts";

export interface StoredAuditRow extends ChainedRow {
  readonly previousHash: string;
  readonly hash: string;
}

export interface AuditHead {
  readonly entries: number;
  readonly hash: string;
}

interface AuditColumns {
  readonly seq: number;
  readonly at_ms: number;
  readonly person_id: number | null;
  readonly person: string;
  readonly action: string;
  readonly subject: string;
  readonly summary: string;
  readonly before_json: string | null;
  readonly after_json: string | null;
  readonly correlation_id: string;
  readonly previous_hash: string;
  readonly hash: string;
}

const auditRowFromRow = (row: AuditColumns): StoredAuditRow => ({
  seq: row.seq,
  atMs: row.at_ms,
  personId: row.person_id,
  person: row.person,
  action: row.action,
  subject: row.subject,
  summary: row.summary,
  before: row.before_json,
  after: row.after_json,
  correlationId: row.correlation_id,
  previousHash: row.previous_hash,
  hash: row.hash,
});

/** Number of rows and hash of the newest one, as kept beside the trail. */
export function auditHead(reader: Reader): AuditHead {
  const head = reader.get<AuditHead>(sql`SELECT entries, hash FROM work_audit_head WHERE id = 1`);
  return head ?? { entries: 0, hash: "" };
}

/** Moves the head on to the newest row. */
export function saveAuditHead(writer: Writer, { entries, hash }: AuditHead): void {
  writer.run(sql`UPDATE work_audit_head SET entries = ${entries}, hash = ${hash} WHERE id = 1`);
}

/** Adds the row; the head has to follow in the same transaction. */
export function insertAuditRow(writer: Writer, row: StoredAuditRow): void {
  writer.run(sql`INSERT INTO work_audit
    (seq, at_ms, person_id, person, action, subject, summary, before_json, after_json, correlation_id,
      previous_hash, hash)
    VALUES (${row.seq}, ${row.atMs}, ${row.personId}, ${row.person}, ${row.action}, ${row.subject}, ${row.summary},
      ${row.before}, ${row.after}, ${row.correlationId}, ${row.previousHash}, ${row.hash})`);
}

/** Rows after `seq`, oldest first. */
export function auditRowsAfter(reader: Reader, seq: number, limit: number): StoredAuditRow[] {
  return reader
    .all<AuditColumns>(sql`SELECT * FROM work_audit WHERE seq > ${seq} ORDER BY seq LIMIT ${limit}`)
    .map(auditRowFromRow);
}

/** Failure: `undefined` when there is no such row. */
export function auditRowAt(reader: Reader, seq: number): StoredAuditRow | undefined {
  const row = reader.get<AuditColumns>(sql`SELECT * FROM work_audit WHERE seq = ${seq}`);
  return row === undefined ? undefined : auditRowFromRow(row);
}

/** Whether a row of this correlation id stands after `seq`. */
export function hasAuditRow(reader: Reader, seq: number, correlationId: string): boolean {
  const found = reader.get(
    sql`SELECT 1 FROM work_audit WHERE seq > ${seq} AND correlation_id = ${correlationId} LIMIT 1`,
  );
  return found !== undefined;
}

export interface AuditFilter {
  readonly search?: string | undefined;
  readonly area?: string | undefined;
  readonly subject?: string | undefined;
  readonly beforeSeq?: number | undefined;
  /** The oldest row to look at. */
  readonly fromSeq?: number | undefined;
  readonly limit: number;
}

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

/** Newest first; at most `limit` rows older than `beforeSeq`, none older than `fromSeq`. */
export function auditPage(reader: Reader, filter: AuditFilter): StoredAuditRow[] {
  const where: Sql[] = [];
  if (filter.beforeSeq !== undefined) where.push(sql`seq < ${filter.beforeSeq}`);
  if (filter.fromSeq !== undefined) where.push(sql`seq >= ${filter.fromSeq}`);
  if (filter.area !== undefined) where.push(sql`action >= ${`${filter.area}.`} AND action < ${`${filter.area}/`}`);
  if (filter.subject !== undefined) where.push(sql`subject = ${filter.subject}`);
  if (filter.search !== undefined && filter.search.trim() !== "") {
    const like = pattern(filter.search.trim());
    where.push(sql`(summary LIKE ${like} ESCAPE '\\' OR person LIKE ${like} ESCAPE '\\'
      OR subject LIKE ${like} ESCAPE '\\' OR action LIKE ${like} ESCAPE '\\')`);
  }
  const condition = where.length === 0 ? sql`` : sql`WHERE ${joinSql(where, " AND ")}`;
  return reader
    .all<AuditColumns>(sql`SELECT * FROM work_audit ${condition} ORDER BY seq DESC LIMIT ${filter.limit}`)
    .map(auditRowFromRow);
}
