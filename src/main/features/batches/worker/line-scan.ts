import { wholeCharacters } from "./sniff.ts";

/** Something in the text that no reader should guess about, by line and character, both from 1. */
export interface LineFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Scanned {
  /** What a reader may be given now; the last bytes wait for what follows them. */
  readonly bytes: Buffer;
  readonly faults: readonly LineFault[];
  /** Where in `bytes` the last record ends that ends there; 0 when none does. */
  readonly recordEnd: number;
  /** Whether a quotation mark stands in `bytes`, or was open before. */
  readonly quoted: boolean;
}

export interface LineScan {
  scan(bytes: Buffer, unreadable: readonly number[], last: boolean): Scanned;
  /** Where the quotation mark stands that is open now. */
  openQuote(): { readonly line: number; readonly column: number } | undefined;
}

interface Writing {
  readonly delimiter: string;
  readonly quote: string;
  readonly lineEnd: "\n" | "\r";
}

interface Mark {
  readonly at: number;
  readonly kind: "nul" | "unreadable" | "lone-quote" | "opening";
}

const cr = 13;
const lf = 10;
/** A closing quotation mark is judged by the two bytes after it. */
const heldBack = 2;
const mostMarks = 2000;

const sentences = {
  nul: "A NUL character stands here; the row is not used as long as it does.",
  unreadable: "A character could not be read in this encoding; the row is not used as long as it stands here.",
  "lone-quote": "A quotation mark stands alone here; the row is not used until it is doubled or taken out.",
} as const;

/**
 * Watches the text go by for what must be told by line and column: NUL, characters that could not be read, quotation
 * marks that neither open nor close a cell. Quotation marks mean what csv-parse takes them for with `relax_quotes`.
 */
export function createLineScan({ delimiter, quote, lineEnd }: Writing): LineScan {
  const quoteByte = quote === "" ? -1 : quote.charCodeAt(0);
  const delimiterByte = delimiter.charCodeAt(0);
  const endByte = lineEnd.charCodeAt(0);
  let carried = Buffer.alloc(0);
  let before = -1;
  let inside = false;
  let line = 1;
  let lineChars = 0;
  let skip = 0;
  let waiting: number[] = [];
  let opened: { line: number; column: number } | undefined;

  const isLineEnd = (bytes: Buffer, at: number): boolean => {
    const unit = bytes[at];
    return unit === lf ? endByte === lf : unit === cr && (endByte === cr || bytes[at + 1] === lf);
  };

  /** Tells the quotation marks; returns where the last record ends, and whether there was any mark. */
  const quoteMarks = (bytes: Buffer, end: number, marks: Mark[]): Pick<Scanned, "recordEnd" | "quoted"> => {
    let opening = -1;
    let recordEnd = 0;
    let outsideFrom = inside ? end : skip;
    let quoted = inside || skip > 0;
    let at = bytes.indexOf(quoteByte, skip);
    const noteEnd = (until: number): void => {
      const last = until <= outsideFrom ? -1 : bytes.lastIndexOf(endByte, until - 1);
      if (last >= outsideFrom) recordEnd = last + 1;
    };
    skip = Math.max(0, skip - end);
    for (; at !== -1 && at < end; at = bytes.indexOf(quoteByte, at + 1)) {
      quoted = true;
      if (!inside) {
        const previous = at === 0 ? before : (bytes[at - 1] ?? -1);
        inside = previous === -1 || previous === delimiterByte || previous === endByte;
        if (inside) {
          opening = at;
          noteEnd(at);
        } else if (marks.length < mostMarks) marks.push({ at, kind: "lone-quote" });
      } else if (bytes[at + 1] === quoteByte) {
        at += 1;
        skip = Math.max(0, at + 1 - end);
      } else {
        const isClosing = at + 1 >= bytes.length || bytes[at + 1] === delimiterByte || isLineEnd(bytes, at + 1);
        inside = false;
        outsideFrom = at + 1;
        if (!isClosing && marks.length < mostMarks) marks.push({ at, kind: "lone-quote" });
      }
    }
    if (inside && opening >= 0) marks.push({ at: opening, kind: "opening" });
    if (!inside) noteEnd(end);
    return { recordEnd, quoted };
  };

  const located = (bytes: Buffer, end: number, marks: readonly Mark[]): LineFault[] => {
    const faults: LineFault[] = [];
    let lineStart = 0;
    let next = 0;
    const tell = (until: number): void => {
      for (let mark = marks[next]; mark !== undefined && mark.at < until; mark = marks[next]) {
        const column = lineChars + bytes.toString("utf8", lineStart, mark.at).length + 1;
        if (mark.kind === "opening") opened = { line, column };
        else faults.push({ line, column, message: sentences[mark.kind] });
        next += 1;
      }
    };
    for (let at = bytes.indexOf(endByte); at !== -1 && at < end; at = bytes.indexOf(endByte, lineStart)) {
      if (next < marks.length) tell(at);
      line += 1;
      lineStart = at + 1;
      lineChars = 0;
    }
    if (next < marks.length) tell(end);
    lineChars += bytes.toString("utf8", lineStart, end).length;
    return faults;
  };

  return {
    scan(chunk, unreadable, last) {
      const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
      const sure = last ? bytes : wholeCharacters(bytes.subarray(0, Math.max(0, bytes.length - heldBack)));
      const end = sure.length;
      const told = [...waiting, ...unreadable.map((at) => at + carried.length)];
      waiting = told.filter((at) => at >= end).map((at) => at - end);
      const marks: Mark[] = told.filter((at) => at < end).map((at) => ({ at, kind: "unreadable" }));
      for (
        let at = bytes.indexOf(0);
        at !== -1 && at < end && marks.length < mostMarks;
        at = bytes.indexOf(0, at + 1)
      ) {
        marks.push({ at, kind: "nul" });
      }
      const records =
        quoteByte === -1
          ? { recordEnd: end === 0 ? 0 : bytes.lastIndexOf(endByte, end - 1) + 1, quoted: false }
          : quoteMarks(bytes, end, marks);
      const faults = located(
        bytes,
        end,
        marks.toSorted((a, b) => a.at - b.at),
      );
      if (end > 0) before = bytes[end - 1] ?? -1;
      carried = Buffer.from(bytes.subarray(end));
      return { bytes: bytes.subarray(0, end), faults, ...records };
    },
    openQuote: () => (inside ? opened : undefined),
  };
}
