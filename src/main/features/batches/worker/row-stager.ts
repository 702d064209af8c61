import type { BatchDetail, Reading } from "@contract";
import { createColumnStats, isBlankCell, type ColumnStatsCollector } from "@contract/rules/bulk/index.ts";
import type { Store } from "../../../database/sql.ts";
import type { CsvRecord } from "./csv-rows.ts";
import type { ReadColumn } from "./file-columns.ts";
import { figure, tooLongCell, tooManyColumns, tooManyRows, type Limits } from "./limits.ts";
import type { LineFault } from "./line-scan.ts";
import { isRagged, raggedMessage } from "./row-width.ts";
import { insertBlock, insertFaults, rowsInto, type RowFault } from "./staging-store.ts";

/** A block is judged in one step, so it is small in rows and in bytes. */
export const blockRows = 4096;
const blockChars = 4_000_000;
/** Rows of one transaction. */
const stepRows = 16_384;
const stepChars = 16_000_000;
const keptSamples = 50;
const keptFirstRows = 100;
const toldProblems = 200;

/** What a reading came to. */
export interface StagedRows {
  readonly rows: number;
  readonly columns: readonly ReadColumn[];
  readonly firstRows: readonly (readonly string[])[];
  readonly raggedRows: number;
  readonly readProblems: BatchDetail["readProblems"];
}

export interface RowStager {
  take(record: CsvRecord): void;
  /** Faults of lines that are still to come. */
  expect(faults: readonly LineFault[]): void;
  /** Writes what is left. */
  finish(): void;
  /** How many rows there are so far. */
  rows(): number;
  state(): StagedRows;
}

interface Pending {
  readonly row: number;
  readonly json: string;
  readonly faults: readonly RowFault[];
}

function isBlank(cells: readonly string[]): boolean {
  return (cells[0] ?? "") === "" && cells.every(isBlankCell);
}

/**
 * Takes records as they are parsed: checks the limits, gathers what the columns have in common, and writes the rows in
 * steps. Blank rows are counted but not kept. A row with faults is kept and told.
 */
export function createRowStager(
  store: Pick<Store, "transaction">,
  reading: Pick<Reading, "header">,
  limits: Limits,
): RowStager {
  const longestQuick = Math.floor(limits.cellBytes / 3);
  let headers: string[] | undefined;
  let stats: ColumnStatsCollector[] = [];
  let samples: string[][] = [];
  let row = 0;
  let rows = 0;
  let block = 0;
  let raggedRows = 0;
  let untold = 0;
  let pending: Pending[] = [];
  let pendingChars = 0;
  const firstRows: string[][] = [];
  const readProblems: BatchDetail["readProblems"] = [];
  let waiting: LineFault[] = [];

  const tell = (line: number, column: number | undefined, message: string): void => {
    if (readProblems.length < toldProblems)
      readProblems.push({ line, ...(column === undefined ? {} : { column }), message });
    else untold += 1;
  };

  const write = (): void => {
    if (pending.length === 0) return;
    const written = pending;
    pending = [];
    pendingChars = 0;
    store.transaction((writer) => {
      const into = rowsInto(writer);
      let from = 0;
      while (from < written.length) {
        let to = from;
        for (let chars = 0; to < written.length && to - from < blockRows && chars < blockChars; to += 1) {
          const { row: number, json, faults } = written[to] ?? { row: 0, json: "", faults: [] };
          into.add(number, json, null);
          if (faults.length > 0) insertFaults(writer, number, faults);
          chars += json.length;
        }
        const [first, last] = [written[from], written[to - 1]];
        if (first !== undefined && last !== undefined) {
          insertBlock(writer, { block, firstRow: first.row, lastRow: last.row, rows: to - from });
        }
        block += 1;
        from = to;
      }
      into.end();
    });
  };

  const checkCells = (cells: readonly string[]): void => {
    if (cells.length > limits.columns) throw tooManyColumns(row, cells.length, limits.columns);
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] ?? "";
      if (cell.length > longestQuick && Buffer.byteLength(cell) > limits.cellBytes) {
        throw tooLongCell(row, at + 1, limits.cellBytes);
      }
    }
  };

  const begin = (cells: readonly string[]): boolean => {
    headers = reading.header ? [...cells] : cells.map((_, at) => `Column ${at + 1}`);
    stats = headers.map(createColumnStats);
    samples = headers.map(() => []);
    return reading.header;
  };

  const gather = (cells: readonly string[]): void => {
    for (let at = 0; at < stats.length; at += 1) {
      const cell = cells[at];
      if (cell === undefined || cell === "") continue;
      stats[at]?.add(cell);
      const kept = samples[at];
      if (kept !== undefined && kept.length < keptSamples && !isBlankCell(cell)) kept.push(cell);
    }
  };

  const raggedFault = (cells: readonly string[], expected: number, line: number): RowFault[] => {
    if (!isRagged(cells, expected)) return [];
    raggedRows += 1;
    const message = raggedMessage(cells.length, expected);
    tell(line, undefined, message);
    return [{ code: "CSV-RAGGED", message }];
  };

  const lineFaults = (lastLine: number): RowFault[] => {
    if ((waiting[0]?.line ?? Number.POSITIVE_INFINITY) > lastLine) return [];
    const mine = waiting.filter((fault) => fault.line <= lastLine);
    waiting = waiting.filter((fault) => fault.line > lastLine);
    return mine.map(({ line, column, message }) => {
      tell(line, column, message);
      return { code: "CSV-UNREADABLE", message: `Line ${figure(line)}, character ${figure(column)}: ${message}` };
    });
  };

  return {
    expect: (faults) => {
      if (faults.length > 0) waiting = [...waiting, ...faults];
    },
    take({ cells, firstLine, lastLine }) {
      row += 1;
      checkCells(cells);
      const unreadable = lineFaults(lastLine);
      if (isBlank(cells)) return;
      if (headers === undefined && begin(cells)) return;
      rows += 1;
      if (rows > limits.rows) throw tooManyRows(limits.rows);
      gather(cells);
      if (firstRows.length < keptFirstRows) firstRows.push(cells);
      const json = JSON.stringify(cells);
      const ragged = raggedFault(cells, headers?.length ?? cells.length, firstLine);
      pending.push({
        row,
        json,
        faults: unreadable.length + ragged.length === 0 ? unreadable : [...unreadable, ...ragged],
      });
      pendingChars += json.length;
      if (pending.length >= stepRows || pendingChars >= stepChars) write();
    },
    finish: write,
    rows: () => rows,
    state: () => ({
      rows,
      columns: (headers ?? []).map((header, at) => ({
        header,
        samples: samples[at] ?? [],
        stats: (stats[at] ?? createColumnStats()).snapshot(),
      })),
      firstRows,
      raggedRows,
      readProblems:
        untold === 0
          ? readProblems
          : [...readProblems, { line: row, message: `${figure(untold)} more lines have problems like these.` }],
    }),
  };
}
