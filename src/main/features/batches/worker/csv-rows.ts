import type { Reading } from "@contract";
import { parse } from "csv-parse/sync";
import { limits, unreadable } from "./limits.ts";
import type { Scanned } from "./line-scan.ts";

/** One record of the file. Lines count from 1 and are those an editor shows. */
export interface CsvRecord {
  readonly cells: string[];
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface CsvRows {
  /** Takes UTF-8; records go to the listener at once. Failure input-invalid when a record outgrows every limit. */
  write(part: Pick<Scanned, "bytes" | "recordEnd" | "quoted">): void;
  /** Takes the end of the text. */
  end(): void;
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

const neverEnds =
  "A row of the file is longer than 500 cells of 64 kB. Look for a quotation mark that is opened and never closed.";

function failureOf(error: unknown): unknown {
  const code = codeOf(error);
  return code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE" ? unreadable(neverEnds, error) : error;
}

const longestRecord = limits.columns * limits.cellBytes;

/**
 * Reads records from UTF-8 text: nothing is cast, trimmed or skipped, ragged rows and lone quotation marks come through
 * as they stand. Text without a quotation mark is cut at line ends and delimiters; all other text is read by csv-parse.
 * `onRecord` may throw; the error then comes out of `write` or `end`.
 */
export function createCsvRows(reading: Reading, lineEnd: "\n" | "\r", onRecord: (record: CsvRecord) => void): CsvRows {
  const { delimiter, quote } = reading;
  let nextLine = 1;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let waitingQuoted = false;

  const plainLine = (line: string): void => {
    onRecord({ cells: line.split(delimiter), firstLine: nextLine, lastLine: nextLine });
    nextLine += 1;
  };

  const plainText = (text: string): void => {
    const lines = text.split(lineEnd);
    const unended = lines.pop() ?? "";
    for (const line of lines) {
      const isCrLf = lineEnd === "\n" && line.charCodeAt(line.length - 1) === 13;
      plainLine(isCrLf ? line.slice(0, -1) : line);
    }
    if (unended !== "") plainLine(unended);
  };

  const quotedText = (text: Buffer): void => {
    let failure: { readonly error: unknown } | undefined;
    const take = (cells: string[]): null => {
      const breaks = countOf(cells, lineEnd);
      const firstLine = nextLine;
      nextLine += breaks + 1;
      if (failure !== undefined) return null;
      try {
        onRecord({ cells, firstLine, lastLine: firstLine + breaks });
      } catch (error) {
        failure = { error };
      }
      return null;
    };
    try {
      parse(text, {
        delimiter,
        quote,
        escape: quote,
        record_delimiter: lineEnd === "\n" ? ["\r\n", "\n"] : ["\r"],
        relax_quotes: true,
        relax_column_count: true,
        max_record_size: longestRecord,
        on_record: take,
      });
    } catch (error) {
      failure ??= { error: failureOf(error) };
    }
    if (failure !== undefined) throw failure.error;
  };

  const read = (text: Buffer, isQuoted: boolean): void => {
    if (text.length === 0) return;
    if (isQuoted) quotedText(text);
    else plainText(text.toString("utf8"));
  };

  const wait = (bytes: Buffer, isQuoted: boolean): void => {
    if (bytes.length === 0) return;
    waiting.push(bytes);
    waitingBytes += bytes.length;
    waitingQuoted ||= isQuoted;
    if (waitingBytes > longestRecord) throw unreadable(neverEnds);
  };

  const taken = (bytes: Buffer): Buffer => {
    const all = waiting.length === 0 ? bytes : Buffer.concat([...waiting, bytes]);
    waiting = [];
    waitingBytes = 0;
    return all;
  };

  return {
    write({ bytes, recordEnd, quoted }) {
      if (recordEnd === 0) return wait(bytes, quoted);
      const isQuoted = quoted || waitingQuoted;
      waitingQuoted = false;
      read(taken(bytes.subarray(0, recordEnd)), isQuoted);
      const rest = bytes.subarray(recordEnd);
      wait(rest, quoted && rest.includes(quote));
    },
    end() {
      read(taken(Buffer.alloc(0)), waitingQuoted);
    },
  };
}
