import type { Reading } from "@contract";
import { isUtf8 } from "node:buffer";

/** How the first part of a file reads, and what the reading needs besides. */
export interface Sniffed {
  readonly reading: Reading;
  /** The character that ends a line: LF (also of CRLF), or a lone CR. */
  readonly lineEnd: "\n" | "\r";
}

const delimiters = [",", ";", "\t", "|"] as const;
const triedRows = 200;

/** Bytes of the byte order mark the buffer begins with, if it is one of `encoding`. */
export function markLength(bytes: Buffer, encoding: Reading["encoding"]): number {
  if (encoding === "utf-8") return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (encoding === "utf-16le") return bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0;
  if (encoding === "utf-16be") return bytes[0] === 0xfe && bytes[1] === 0xff ? 2 : 0;
  return 0;
}

/** The bytes without a multi-byte character that the cut at their end may have torn apart. */
export function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const unit = bytes[bytes.length - back] ?? 0;
    if (unit < 0x80) return bytes;
    if (unit >= 0xc0) {
      const needed = unit >= 0xf0 ? 4 : unit >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

function encodingOf(sample: Buffer, isAll: boolean): Reading["encoding"] {
  for (const encoding of ["utf-8", "utf-16le", "utf-16be"] as const) {
    if (markLength(sample, encoding) > 0) return encoding;
  }
  return isUtf8(isAll ? sample : wholeCharacters(sample)) ? "utf-8" : "windows-1252";
}

/** The sample as text; what is torn at its end is left out, what cannot be read becomes U+FFFD. */
export function sampleText(sample: Buffer, encoding: Reading["encoding"]): string {
  const text = new TextDecoder(encoding, { ignoreBOM: false }).decode(sample, { stream: true });
  return text.codePointAt(0) === 0xfeff ? text.slice(1) : text;
}

interface Shape {
  readonly rows: readonly (readonly string[])[];
  readonly lineEnd: "\n" | "\r";
}

/** Cuts the sample into rows as a reader of this delimiter and quote would; only to find out how it is written. */
function shapeOf(text: string, delimiter: string, quote: string): Shape {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let lineEnd: "\n" | "\r" = "\n";
  for (let at = 0; at < text.length && rows.length < triedRows; at += 1) {
    const unit = text[at] ?? "";
    if (quoted) {
      if (unit !== quote) cell += unit;
      else if (text[at + 1] === quote) {
        cell += quote;
        at += 1;
      } else quoted = false;
    } else if (unit === quote && cell === "" && quote !== "") quoted = true;
    else if (unit === delimiter) {
      row.push(cell);
      cell = "";
    } else if (unit === "\n" || unit === "\r") {
      if (unit === "\r" && text[at + 1] === "\n") at += 1;
      else if (unit === "\r" && rows.length === 0) lineEnd = "\r";
      row.push(cell);
      rows.push(row);
      row = [];
      cell = "";
    } else cell += unit;
  }
  if (rows.length < triedRows && (row.length > 0 || cell !== "") && !quoted) rows.push([...row, cell]);
  return { rows, lineEnd };
}

/** Much less for a delimiter that does not stand in the heading: it may only group the digits of amounts. */
const notInHeading = 0.25;

/** How well a delimiter fits: the width most rows agree on, weighed by how many agree. */
function fit({ rows }: Shape): number {
  const widths = rows.filter((row) => row.length > 1 || row[0] !== "").map((row) => row.length);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, agreeing] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return width <= 1 || widths.length === 0
    ? 0
    : (agreeing / widths.length) ** 2 * Math.min(width, 50) * (widths[0] === 1 ? notInHeading : 1) +
        (width === widths[0] ? 1 : 0);
}

function quoteOf(text: string): Reading["quote"] {
  const begins = (quote: string): number =>
    text.split(new RegExp(`(?:^|[,;\\t|\\r\\n])${quote}(?=[^${quote}\\r\\n]*${quote}(?:[,;\\t|\\r\\n]|$))`, "u"))
      .length - 1;
  const double = begins('"');
  return double === 0 && begins("'") >= 3 ? "'" : '"';
}

function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const first = rows.find((row) => row.some((cell) => cell.trim() !== "")) ?? [];
  return !first.some(
    (cell) => /\d/u.test(cell) && /^[\s$€£+\-\u2212()\d.,'’/:]+$/u.test(cell) && /\d{3}|^\d+$/u.test(cell),
  );
}

/**
 * Finds out how a file is written from its first bytes. Encoding: by byte order mark, else UTF-8 when the whole sample
 * is valid UTF-8, else windows-1252. `isAll`: the sample is the whole file.
 */
export function sniff(sample: Buffer, isAll: boolean): Sniffed {
  const encoding = encodingOf(sample, isAll);
  const text = sampleText(sample, encoding);
  const quote = quoteOf(text);
  const tried = delimiters.map((delimiter) => ({ delimiter, shape: shapeOf(text, delimiter, quote) }));
  const best = tried.reduce((a, b) => (fit(b.shape) > fit(a.shape) ? b : a));
  const header = looksLikeHeader(best.shape.rows);
  return { reading: { encoding, delimiter: best.delimiter, quote, header }, lineEnd: best.shape.lineEnd };
}

/** How lines end when a person says how the file is written. */
export function lineEndOf(sample: Buffer, reading: Reading): "\n" | "\r" {
  return shapeOf(sampleText(sample, reading.encoding), reading.delimiter, reading.quote).lineEnd;
}
