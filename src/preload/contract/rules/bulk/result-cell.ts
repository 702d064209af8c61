/** Full-width forms of = + - @, which some spreadsheets take for formulas as well. */
const wide = new Set([0xff1d, 0xff0b, 0xff0d, 0xff20]);
/** With a decimal point or, as semicolon files have them, a decimal comma. */
const negativeNumbers = [/^-(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?$/u, /^-(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/u];

function isNegativeNumber(text: string): boolean {
  return text.length > 1 && negativeNumbers.some((pattern) => pattern.test(text));
}

/** Whether a spreadsheet may run the cell as a formula; also a cell in front of which our own mark stands. */
function needsMark(text: string): boolean {
  if (text === "") return false;
  const first = text.charCodeAt(0);
  switch (first) {
    case 0x3d:
    case 0x2b:
    case 0x40:
    case 0x09:
    case 0x0d:
    case 0x0a:
      return true;
    case 0x2d:
      return !isNegativeNumber(text);
    case 0x27: {
      let at = 1;
      while (text.charCodeAt(at) === 0x27) at += 1;
      return needsMark(text.slice(at));
    }
    default:
      return wide.has(first);
  }
}

/**
 * A cell for a result file that no spreadsheet runs: a leading =, +, @, tab, CR or LF, a full-width =, +, - or @, and a
 * leading - that is not a number get a ' in front. Numbers, identifiers and all else stay as they are.
 * `readSafeCell` gives back exactly what went in.
 */
export function safeCell(text: string): string {
  return needsMark(text) ? `'${text}` : text;
}

/** Takes off the mark `safeCell` put in front, and nothing else: '00123 and 'Tis stay as they are. */
export function readSafeCell(text: string): string {
  if (text.charCodeAt(0) !== 0x27) return text;
  const rest = text.slice(1);
  return needsMark(rest) ? rest : text;
}

export interface CsvRowOptions {
  readonly delimiter?: string | undefined;
}

function quoted(cell: string, delimiter: string): string {
  const outer = cell.charCodeAt(0) === 32 || cell.charCodeAt(cell.length - 1) === 32;
  const special = outer || cell.includes('"') || cell.includes("\n") || cell.includes("\r") || cell.includes(delimiter);
  return special || cell.charCodeAt(0) === 0xfeff ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * One row of CSV (RFC 4180) with CRLF at its end. Cells are quoted only where needed; a row of one empty cell is "" so
 * that it is no blank line. Cells are written as they are: pass them through `safeCell` first for a file people open.
 */
export function csvRow(cells: readonly string[], options: CsvRowOptions = {}): string {
  const delimiter = options.delimiter ?? ",";
  if (cells.length === 1 && cells[0] === "") return '""\r\n';
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`;
}
