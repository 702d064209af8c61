import type { Reading } from "@contract";
import { finished } from "node:stream/promises";
import { Parser } from "csv-parse";
import { limits, unreadable } from "./limits.ts";

/** One record of the file. Lines count from 1 and are those an editor shows. */
export interface CsvRecord {
  readonly cells: string[];
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface CsvRows {
  /** Takes UTF-8; records go to the listener at once. Failure input-invalid when a record outgrows every limit. */
  write(bytes: Buffer): void;
  /** Takes the end of the text. */
  end(): Promise<void>;
}

/** Hands each record on as it is parsed, without a stream of objects in between. */
class RecordParser extends Parser {
  readonly #onRecord: (cells: string[]) => void;

  constructor(options: ConstructorParameters<typeof Parser>[0], onRecord: (cells: string[]) => void) {
    super(options);
    this.#onRecord = onRecord;
  }

  override push(record: unknown): boolean {
    if (record === null) return super.push(null);
    this.#onRecord(record as string[]);
    return true;
  }
}

function countOf(cells: readonly string[], lineEnd: string): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf(lineEnd); at !== -1; at = cell.indexOf(lineEnd, at + 1)) count += 1;
  }
  return count;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function failureOf(error: unknown): unknown {
  const code = codeOf(error);
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE") {
    return unreadable("A quotation mark is opened and never closed, so the rest of the file is one cell.", error);
  }
  return error;
}

/**
 * Reads records from UTF-8 text with csv-parse: nothing is cast, trimmed or skipped, ragged rows and lone quotation
 * marks come through as they stand. `onRecord` may throw; the error then comes out of `write` or `end`.
 */
export function createCsvRows(reading: Reading, lineEnd: "\n" | "\r", onRecord: (record: CsvRecord) => void): CsvRows {
  let nextLine = 1;
  let linesBefore = 1;
  let failure: unknown;
  const take = (cells: string[]): void => {
    const lines = parser.info.lines;
    const breaks = lines - linesBefore > 1 ? countOf(cells, lineEnd) : 0;
    linesBefore = lines;
    const firstLine = nextLine;
    nextLine += breaks + 1;
    if (failure !== undefined) return;
    try {
      onRecord({ cells, firstLine, lastLine: firstLine + breaks });
    } catch (error) {
      failure = error;
    }
  };
  const parser: RecordParser = new RecordParser(
    {
      delimiter: reading.delimiter,
      quote: reading.quote === "" ? null : reading.quote,
      escape: reading.quote === "" ? null : reading.quote,
      record_delimiter: lineEnd === "\n" ? ["\r\n", "\n"] : ["\r"],
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: limits.columns * limits.cellBytes,
    },
    take,
  );
  parser.on("error", (error) => {
    failure ??= failureOf(error);
  });
  const check = (): void => {
    if (failure !== undefined) throw failure;
  };
  return {
    write(bytes) {
      check();
      if (bytes.length > 0) parser.write(bytes);
      check();
    },
    async end() {
      check();
      parser.end();
      try {
        await finished(parser, { readable: false });
      } catch (error) {
        failure ??= failureOf(error);
      }
      check();
    },
  };
}
