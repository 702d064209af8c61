import type { Reading } from "@contract";
import { createHash } from "node:crypto";
import type { Reader, Store } from "../../../database/sql.ts";
import type { GivenRow, StagedFile } from "../staging.ts";
import { fileColumns, shownRows, type ReadColumn } from "./file-columns.ts";
import { unreadable, tooManyRows, type Limits } from "./limits.ts";
import { blockRows } from "./row-stager.ts";
import { breathe, seldom, type Run } from "./run.ts";
import {
  fact,
  faultsBetween,
  insertBlock,
  insertFaults,
  rowsInto,
  saveFact,
  saveOriginal,
  storedRow,
  type RowFault,
} from "./staging-store.ts";

const asGiven: Reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };
const nothingGiven = "There are no rows to work on.";

interface RowToStage {
  readonly row: number;
  readonly cells: string;
  /** As the file had them, where somebody corrected some. */
  readonly original?: string | null;
  readonly given: string | null;
  readonly faults: readonly RowFault[];
}

interface Counted {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

async function stage(
  store: Pick<Store, "transaction">,
  total: number,
  limits: Limits,
  run: Run,
  take: (from: number, to: number) => RowToStage[],
): Promise<Counted> {
  if (total === 0) throw unreadable(nothingGiven);
  if (total > limits.rows) throw tooManyRows(limits.rows);
  const progress = seldom(run.progress);
  const hash = createHash("sha256");
  let bytes = 0;
  let rows = 0;
  for (let from = 0, block = 0; from < total; from += blockRows, block += 1) {
    run.goOn();
    const taken = take(from, Math.min(total, from + blockRows));
    store.transaction((writer) => {
      const into = rowsInto(writer);
      for (const { row, cells, given, faults } of taken) {
        into.add(row, cells, given);
        if (faults.length > 0) insertFaults(writer, row, faults);
        const text = given ?? cells;
        hash.update(text).update("\n");
        bytes += Buffer.byteLength(text);
      }
      into.end();
      for (const { row, original } of taken) if (typeof original === "string") saveOriginal(writer, row, original);
      const [first, last] = [taken[0], taken.at(-1)];
      if (first !== undefined && last !== undefined) {
        insertBlock(writer, { block, firstRow: first.row, lastRow: last.row, rows: taken.length });
      }
    });
    rows += taken.length;
    progress({ rowsDone: rows, rowsTotal: total });
    await breathe();
  }
  return { rows, bytes, sha256: hash.digest("hex") };
}

function keepStaged(
  store: Pick<Store, "transaction">,
  staged: StagedFile,
  columns: readonly ReadColumn[],
): StagedFile {
  store.transaction((writer) => {
    saveFact(writer, "stats", columns);
    saveFact(writer, "staged", staged);
  });
  return staged;
}

/** Stages rows that Vostro itself asks for. They are numbered from 1; they have no columns. */
export async function readGiven(
  store: Pick<Store, "transaction">,
  rows: readonly GivenRow[],
  limits: Limits,
  run: Run,
): Promise<StagedFile> {
  const counted = await stage(store, rows.length, limits, run, (from, to) =>
    rows.slice(from, to).map((given, place) => ({
      row: from + place + 1,
      cells: JSON.stringify(given.cells ?? []),
      given: JSON.stringify(given),
      faults: [],
    })),
  );
  const none = {
    headers: [],
    preview: [],
    columns: [],
    keyChoices: [],
    headerFingerprint: "",
    raggedRows: 0,
    readProblems: [],
  };
  return keepStaged(store, { ...counted, detected: asGiven, reading: asGiven, ...none }, []);
}

/** Stages rows of another batch once more, cells and row numbers as they stand there. */
export async function readRowsOf(
  store: Pick<Store, "transaction">,
  from: Reader,
  wanted: readonly number[],
  limits: Limits,
  run: Run,
): Promise<StagedFile> {
  const staged = fact<StagedFile>(from, "staged");
  if (staged === undefined)
    throw unreadable("The rows of the first batch are no longer there, so they cannot be used again.");
  const rows = [...new Set(wanted)].toSorted((a, b) => a - b);
  const counted = await stage(store, rows.length, limits, run, (first, last) =>
    rows.slice(first, last).flatMap((row) => {
      const stored = storedRow(from, row);
      if (stored === undefined) return [];
      return [{ ...stored, faults: faultsBetween(from, row, row).get(row) ?? [] }];
    }),
  );
  const columns = fact<ReadColumn[]>(from, "stats") ?? [];
  const firstRows = rows.slice(0, shownRows).flatMap((row) => {
    const stored = storedRow(from, row);
    return stored === undefined ? [] : [JSON.parse(stored.cells) as string[]];
  });
  const { preview } = fileColumns(columns, firstRows);
  return keepStaged(store, { ...staged, ...counted, preview, raggedRows: 0, readProblems: [] }, columns);
}
