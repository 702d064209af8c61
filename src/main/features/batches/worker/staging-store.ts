import { sql, type Reader, type SqlValue, type Writer } from "../../../database/sql.ts";

export type FactName = "staged" | "settings" | "planned" | "edition" | "groups" | "summaries" | "stats" | "totals";

/** Rows that share a statement: a statement for each takes twice the time. */
const together = 16;
const rowsText = (rows: number): string =>
  `INSERT INTO staging_rows (row, cells, given) VALUES ${Array<string>(rows).fill("(?, ?, ?)").join(", ")}`;
const plansText = (rows: number): string =>
  `INSERT OR REPLACE INTO staging_plan (row, plan) VALUES ${Array<string>(rows).fill("(?, ?)").join(", ")}`;
const insertRowsTexts = { many: rowsText(together), one: rowsText(1) };
const savePlansTexts = { many: plansText(together), one: plansText(1) };

/** Takes rows one by one and writes them some at a time; `end` writes the last ones. */
export interface RowWriter<Row extends readonly SqlValue[]> {
  readonly add: (...row: Row) => void;
  readonly end: () => void;
}

function rowWriter<Row extends readonly SqlValue[]>(
  writer: Writer,
  texts: { readonly many: string; readonly one: string },
): RowWriter<Row> {
  let waiting: SqlValue[] = [];
  let rows = 0;
  return {
    add: (...row) => {
      waiting.push(...row);
      rows += 1;
      if (rows < together) return;
      writer.run({ text: texts.many, values: waiting });
      waiting = [];
      rows = 0;
    },
    end: () => {
      const width = waiting.length / Math.max(1, rows);
      for (let at = 0; at < waiting.length; at += width) {
        writer.run({ text: texts.one, values: waiting.slice(at, at + width) });
      }
      waiting = [];
      rows = 0;
    },
  };
}

/** A fact of the whole file, as its owner wrote it; undefined when there is none. */
export function fact<Value>(reader: Reader, name: FactName): Value | undefined {
  const row = reader.get<{ json: string }>(sql`SELECT json FROM staging_facts WHERE name = ${name}`);
  return row === undefined ? undefined : (JSON.parse(row.json) as Value);
}

export function saveFact(writer: Writer, name: FactName, value: unknown): void {
  writer.run(sql`INSERT OR REPLACE INTO staging_facts (name, json) VALUES (${name}, ${JSON.stringify(value)})`);
}

export function dropFact(writer: Writer, name: FactName): void {
  writer.run(sql`DELETE FROM staging_facts WHERE name = ${name}`);
}

/** A part of the file that is read, judged and written in one step. */
export interface Block {
  readonly block: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly rows: number;
}

export function blocksOf(reader: Reader): Block[] {
  return reader
    .all<{ block: number; first_row: number; last_row: number; rows: number }>(
      sql`SELECT block, first_row, last_row, rows FROM staging_blocks ORDER BY block`,
    )
    .map((row) => ({ block: row.block, firstRow: row.first_row, lastRow: row.last_row, rows: row.rows }));
}

export function insertBlock(writer: Writer, { block, firstRow, lastRow, rows }: Block): void {
  writer.run(sql`
    INSERT INTO staging_blocks (block, first_row, last_row, rows) VALUES (${block}, ${firstRow}, ${lastRow}, ${rows})`);
}

export function saveBlockFacts(writer: Writer, block: number, facts: Buffer, search: string | undefined): void {
  writer.run(
    search === undefined
      ? sql`UPDATE staging_blocks SET facts = ${facts} WHERE block = ${block}`
      : sql`UPDATE staging_blocks SET facts = ${facts}, search = ${search} WHERE block = ${block}`,
  );
}

export function blockFacts(reader: Reader, block: number): Buffer | undefined {
  const row = reader.get<{ facts: Buffer | null }>(sql`SELECT facts FROM staging_blocks WHERE block = ${block}`);
  return row?.facts ?? undefined;
}

export function blockSearch(reader: Reader, block: number): string {
  return (
    reader.get<{ search: string | null }>(sql`SELECT search FROM staging_blocks WHERE block = ${block}`)?.search ?? ""
  );
}

export function saveBlockSearch(writer: Writer, block: number, search: string): void {
  writer.run(sql`UPDATE staging_blocks SET search = ${search} WHERE block = ${block}`);
}

export interface StoredRow {
  readonly row: number;
  readonly cells: string;
  readonly original: string | null;
  readonly given: string | null;
}

export function rowsInto(writer: Writer): RowWriter<[row: number, cells: string, given: string | null]> {
  return rowWriter(writer, insertRowsTexts);
}

/** Puts other cells in a row's place and keeps the first ones. */
export function replaceCells(writer: Writer, row: number, cells: string): void {
  writer.run(sql`
    UPDATE staging_rows SET original = coalesce(original, cells), cells = ${cells} WHERE row = ${row}`);
}

/** How many rows hold other cells than they were staged with. */
export function correctedRows(reader: Reader): number {
  const found = reader.get<{ rows: number }>(
    sql`SELECT count(*) AS rows FROM staging_rows WHERE original IS NOT NULL AND original <> cells`,
  );
  return found?.rows ?? 0;
}

/** Keeps what a row's file had where its cells were corrected before they were staged here. */
export function saveOriginal(writer: Writer, row: number, original: string): void {
  writer.run(sql`UPDATE staging_rows SET original = ${original} WHERE row = ${row}`);
}

export function rowsBetween(reader: Reader, first: number, last: number): StoredRow[] {
  return reader.all<StoredRow>(
    sql`SELECT row, cells, original, given FROM staging_rows WHERE row BETWEEN ${first} AND ${last} ORDER BY row`,
  );
}

export function storedRow(reader: Reader, row: number): StoredRow | undefined {
  return reader.get<StoredRow>(sql`SELECT row, cells, original, given FROM staging_rows WHERE row = ${row}`);
}

/** What is wrong with a row as it was read. */
export interface RowFault {
  readonly code: "CSV-UNREADABLE" | "CSV-RAGGED";
  readonly message: string;
}

export function insertFaults(writer: Writer, row: number, faults: readonly RowFault[]): void {
  writer.run(sql`INSERT INTO staging_faults (row, json) VALUES (${row}, ${JSON.stringify(faults)})`);
}

export function replaceFaults(writer: Writer, row: number, faults: readonly RowFault[]): void {
  writer.run(sql`DELETE FROM staging_faults WHERE row = ${row}`);
  if (faults.length > 0) insertFaults(writer, row, faults);
}

export function faultsBetween(reader: Reader, first: number, last: number): ReadonlyMap<number, readonly RowFault[]> {
  const rows = reader.all<{ row: number; json: string }>(
    sql`SELECT row, json FROM staging_faults WHERE row BETWEEN ${first} AND ${last}`,
  );
  return new Map(rows.map(({ row, json }) => [row, JSON.parse(json) as RowFault[]]));
}

export function plansInto(writer: Writer): RowWriter<[row: number, plan: string]> {
  return rowWriter(writer, savePlansTexts);
}

export function savePlanText(writer: Writer, row: number, plan: string): void {
  writer.run({ text: savePlansTexts.one, values: [row, plan] });
}

export function planText(reader: Reader, row: number): string | undefined {
  return reader.get<{ plan: string }>(sql`SELECT plan FROM staging_plan WHERE row = ${row}`)?.plan;
}

export function planTextsBetween(reader: Reader, first: number, last: number): { row: number; plan: string }[] {
  return reader.all(sql`SELECT row, plan FROM staging_plan WHERE row BETWEEN ${first} AND ${last} ORDER BY row`);
}

/** Forgets which rows have problems; the rows' plans are written over. */
export function dropProblemRows(writer: Writer): void {
  writer.run(sql`DELETE FROM staging_problem_rows`);
}

export function noteProblem(writer: Writer, group: number, row: number): void {
  writer.run(sql`INSERT OR IGNORE INTO staging_problem_rows (group_no, row) VALUES (${group}, ${row})`);
}

export function forgetProblem(writer: Writer, group: number, row: number): void {
  writer.run(sql`DELETE FROM staging_problem_rows WHERE group_no = ${group} AND row = ${row}`);
}

export function rowsOfGroup(reader: Reader, group: number, afterRow: number, limit: number): number[] {
  return reader
    .all<{ row: number }>(
      sql`
      SELECT row FROM staging_problem_rows WHERE group_no = ${group} AND row > ${afterRow}
      ORDER BY row LIMIT ${limit}`,
    )
    .map(({ row }) => row);
}

export interface MadeRow {
  readonly row: number;
  readonly changeId: number | undefined;
  readonly message: string | undefined;
}

export function saveMade(
  writer: Writer,
  row: number,
  changeId: number | null,
  bucket: string | null,
  message: string | null,
): void {
  writer.run(sql`
    INSERT INTO staging_made (row, change_id, bucket, message) VALUES (${row}, ${changeId}, ${bucket}, ${message})
    ON CONFLICT (row) DO UPDATE SET change_id = excluded.change_id, bucket = excluded.bucket,
      message = excluded.message`);
}

export function madeBetween(reader: Reader, first: number, last: number): ReadonlyMap<number, MadeRow> {
  const rows = reader.all<{ row: number; change_id: number | null; message: string | null }>(
    sql`SELECT row, change_id, message FROM staging_made WHERE row BETWEEN ${first} AND ${last}`,
  );
  return new Map(
    rows.map((row) => [
      row.row,
      { row: row.row, changeId: row.change_id ?? undefined, message: row.message ?? undefined },
    ]),
  );
}

export function anyMade(reader: Reader): boolean {
  return reader.get(sql`SELECT 1 FROM staging_made LIMIT 1`) !== undefined;
}

/** Rows of which no change could be made. */
export function unmadeRows(reader: Reader): number[] {
  return reader
    .all<{ row: number }>(sql`SELECT row FROM staging_made WHERE change_id IS NULL AND bucket IS NOT NULL ORDER BY row`)
    .map(({ row }) => row);
}

/** Some change this file's rows were made into. */
export function someChangeId(reader: Reader): number | undefined {
  return reader.get<{ id: number }>(sql`SELECT change_id AS id FROM staging_made WHERE change_id IS NOT NULL LIMIT 1`)
    ?.id;
}
