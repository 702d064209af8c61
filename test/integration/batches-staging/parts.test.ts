import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCsvRows, type CsvRecord } from "../../../src/main/features/batches/worker/csv-rows.ts";
import { createLineScan, type LineFault } from "../../../src/main/features/batches/worker/line-scan.ts";
import { createUtf8Feed } from "../../../src/main/features/batches/worker/utf8-feed.ts";

const encodings = ["utf-8", "utf-16le", "windows-1252"] as const;

interface Read {
  readonly text: string;
  readonly faults: readonly LineFault[];
  readonly open: ReturnType<ReturnType<typeof createLineScan>["openQuote"]>;
}

/** Reads bytes in the parts the cuts make. */
function readIn(
  bytes: Buffer,
  cuts: readonly number[],
  encoding: (typeof encodings)[number],
  lineEnd: "\n" | "\r",
): Read {
  const feed = createUtf8Feed(encoding);
  const scan = createLineScan({ delimiter: ",", quote: '"', lineEnd });
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  let from = 0;
  let text = "";
  const faults: LineFault[] = [];
  for (const to of [...ends, bytes.length]) {
    const { bytes: part, unreadable } = feed.push(bytes.subarray(from, to), to === bytes.length);
    const scanned = scan.scan(part, unreadable, to === bytes.length);
    text += scanned.bytes.toString("latin1");
    faults.push(...scanned.faults);
    from = to;
    if (to === bytes.length) break;
  }
  return { text, faults, open: scan.openQuote() };
}

const asRead = { relax_quotes: true, relax_column_count: true } as const;

/** Reads records in the parts the cuts make. */
function recordsIn(bytes: Buffer, cuts: readonly number[], lineEnd: "\n" | "\r"): CsvRecord[] {
  const reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: false } as const;
  const records: CsvRecord[] = [];
  const scan = createLineScan({ delimiter: ",", quote: '"', lineEnd });
  const rows = createCsvRows(reading, lineEnd, (record) => records.push(record));
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  let from = 0;
  for (const to of [...ends, bytes.length]) {
    rows.write(scan.scan(bytes.subarray(from, to), [], to === bytes.length));
    from = to;
    if (to === bytes.length) break;
  }
  rows.end();
  return records;
}

describe("a file read in parts", () => {
  const piece = fc.constantFrom("a", '"', '""', ",", "\n", "\r\n", "\r", "é", "€", "😀", "\0", ',"', '"\n');
  const broken = fc.constantFrom(Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.from([0xf0, 0x9f]), Buffer.from("x"));

  it("says the same and gives the same text wherever it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: piece.map((text) => Buffer.from(text)) }, broken), { maxLength: 40 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.constantFrom(...encodings),
        fc.constantFrom("\n" as const, "\r" as const),
        (pieces, cuts, encoding, lineEnd) => {
          const bytes = Buffer.concat(pieces);
          expect(readIn(bytes, cuts, encoding, lineEnd)).toEqual(readIn(bytes, [], encoding, lineEnd));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("keeps every valid text as it is and finds nothing unreadable in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.nat(), { maxLength: 6 }), (text, cuts) => {
        const plain = text.replaceAll(/["\0\uFEFF]/gu, "");
        const read = readIn(Buffer.from(plain), cuts, "utf-8", "\n");
        expect([Buffer.from(read.text, "latin1").toString("utf8"), read.faults]).toEqual([plain, []]);
      }),
    );
  });

  it("has the very records csv-parse makes of the whole text, wherever it is cut, each at its line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom("a", ",", "\n") }, piece), { maxLength: 60 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.constantFrom("\n" as const, "\r" as const),
        (pieces, cuts, lineEnd) => {
          const text = Buffer.from(pieces.join(""));
          const { open } = readIn(text, [], "utf-8", lineEnd);
          fc.pre(open === undefined);
          const whole = parse(text, { ...asRead, record_delimiter: lineEnd === "\n" ? ["\r\n", "\n"] : ["\r"] });
          const records = recordsIn(text, cuts, lineEnd);
          expect(records.map(({ cells }) => cells)).toEqual(whole);
          const breaks = (cells: readonly string[]): number => cells.join("").split(lineEnd).length - 1;
          let line = 1;
          for (const { cells, firstLine, lastLine } of records) {
            expect([firstLine, lastLine]).toEqual([line, line + breaks(cells)]);
            line = lastLine + 1;
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
