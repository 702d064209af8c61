import type { Reading } from "@contract";
import type { Store } from "../../../database/sql.ts";
import type { FirstLook, StagedFile } from "../staging.ts";
import { createCsvRows } from "./csv-rows.ts";
import { fileColumns } from "./file-columns.ts";
import { notATable } from "./file-kind.ts";
import type { ByteSource } from "./file-source.ts";
import { figure, limits as usualLimits, tooManyBytes, unreadable, type Limits } from "./limits.ts";
import { createLineScan } from "./line-scan.ts";
import { createRowStager, type RowStager } from "./row-stager.ts";
import { seldom, type Run } from "./run.ts";
import { lineEndOf, sniff } from "./sniff.ts";
import { saveFact } from "./staging-store.ts";
import { createUtf8Feed } from "./utf8-feed.ts";

const empty = "The file is empty. Choose the one with the rows.";
/** Small, so that one quotation mark slows little text down. */
const partBytes = 64 * 1024;
const headerOnly = "The file has a header but no rows below it.";

function refuse(sample: Buffer, isSure: boolean): void {
  const words = notATable(sample);
  if (words !== undefined) {
    const what = `This is ${words}, not a CSV file, whatever its name says.`;
    throw unreadable(`${what} Save the table as CSV and choose that file.`);
  }
  const head = sample.subarray(0, 4096);
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  const hasMark = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isSure || hasMark || zeros * 10 < head.length) return;
  throw unreadable("This file does not hold text, or UTF-16 text without its byte order mark. Save it as CSV UTF-8.");
}

function firstLook(stager: RowStager, detected: Reading, reading: Reading): FirstLook {
  const { columns, firstRows, raggedRows, readProblems } = stager.state();
  const headers = columns.map(({ header }) => header);
  return { detected, reading, headers, ...fileColumns(columns, firstRows), raggedRows, readProblems };
}

function neverClosed(open: { readonly line: number; readonly column: number } | undefined): Error {
  const place = open === undefined ? "" : ` at line ${figure(open.line)}, character ${figure(open.column)}`;
  const where = open === undefined ? "A quotation mark" : `The quotation mark${place}`;
  return unreadable(`${where} is never closed, so the rest of the file is one cell. Close it, or take it out.`);
}

/**
 * Reads a source from start to end into the staging file: detects (or obeys) how it is written, hashes it, keeps every
 * row as text. Failure input-invalid in words when it is no table, empty, beyond a limit, or changes meanwhile.
 */
export async function readFile(
  store: Pick<Store, "transaction">,
  source: ByteSource,
  wanted: Reading | undefined,
  limits: Limits,
  run: Run,
): Promise<StagedFile> {
  if (source.bytes === 0) throw unreadable(empty);
  if (source.bytes > limits.bytes) throw tooManyBytes(source.bytes, limits.bytes);
  const progress = seldom(run.progress);
  let bytesDone = 0;
  let begun: ReturnType<typeof beginReading> | undefined;
  let sample: Buffer | undefined;
  let isLookedAt = false;
  const begin = (bytes: Buffer) => {
    const made = beginReading(store, bytes, bytesDone + bytes.length >= source.bytes, wanted, limits);
    progress({ rowsDone: 0, bytesDone, bytesTotal: source.bytes, reading: made.reading });
    return made;
  };
  const take = (bytes: Buffer, last: boolean): void => {
    const reading = (begun ??= begin(bytes));
    for (let from = 0; from < bytes.length; from += partBytes) {
      const part = bytes.subarray(from, from + partBytes);
      bytesDone += part.length;
      reading.write(part, last && from + partBytes >= bytes.length);
      const { rows } = reading.stager;
      const isFirst = !isLookedAt && rows() > 0;
      isLookedAt ||= isFirst;
      const first = isFirst ? { first: firstLook(reading.stager, reading.detected, reading.reading) } : {};
      progress({ rowsDone: rows(), bytesDone, bytesTotal: source.bytes, ...first });
    }
  };
  for await (const part of source.parts()) {
    run.goOn();
    if (sample !== undefined) take(sample, false);
    sample = part;
  }
  run.goOn();
  if (sample !== undefined) take(sample, true);
  if (begun === undefined) throw unreadable(empty);
  begun.end();
  const { detected, reading, stager } = begun;
  const { columns, firstRows, rows, raggedRows, readProblems } = stager.state();
  if (rows === 0) throw unreadable(columns.length === 0 ? empty : headerOnly);
  const staged: StagedFile = {
    sha256: source.sha256(),
    bytes: source.bytes,
    rows,
    detected,
    reading,
    headers: columns.map(({ header }) => header),
    ...fileColumns(columns, firstRows),
    raggedRows,
    readProblems,
  };
  store.transaction((writer) => {
    saveFact(writer, "stats", columns);
    saveFact(writer, "staged", staged);
  });
  return staged;
}

function beginReading(
  store: Pick<Store, "transaction">,
  sample: Buffer,
  isAll: boolean,
  wanted: Reading | undefined,
  limits: Limits,
) {
  refuse(sample, wanted !== undefined);
  const sniffed = sniff(sample, isAll);
  const reading = wanted ?? sniffed.reading;
  const lineEnd = wanted === undefined ? sniffed.lineEnd : lineEndOf(sample, wanted);
  const feed = createUtf8Feed(reading.encoding);
  const scan = createLineScan({ delimiter: reading.delimiter, quote: reading.quote, lineEnd });
  const stager = createRowStager(store, reading, limits);
  const rows = createCsvRows(reading, lineEnd, (record) => stager.take(record));
  return {
    detected: sniffed.reading,
    reading,
    stager,
    write(bytes: Buffer, last: boolean): void {
      const { bytes: text, unreadable: places } = feed.push(bytes, last);
      const scanned = scan.scan(text, places, last);
      stager.expect(scanned.faults);
      rows.write(scanned);
    },
    end(): void {
      const open = scan.openQuote();
      if (open !== undefined) throw neverClosed(open);
      rows.end();
      stager.finish();
    },
  };
}

const rehearsedRows = 800;

/** Goes once in vain through all that comes before a first look, so that the next one meets code that is made already. */
export function rehearse(): void {
  const writesNothing = (): never => {
    throw new Error("A rehearsal writes nothing.");
  };
  const rows = (name: string): string =>
    Array.from({ length: rehearsedRows }, (_, at) => `C${at},000${at},${name},1000.50,Yes,PPD|CCD,\r\n`).join("");
  const head = "customerUID,accountUID,accountName,debitExposureLimit,enableWire,secCodes,costCenter\r\nragged\r\n";
  const sample = Buffer.from(head + rows("Operating"));
  const { stager, detected, reading, write } = beginReading(
    { transaction: writesNothing },
    sample,
    true,
    undefined,
    usualLimits,
  );
  write(sample, false);
  write(Buffer.from(rows('"A, ""B"""')), true);
  firstLook(stager, detected, reading);
}
