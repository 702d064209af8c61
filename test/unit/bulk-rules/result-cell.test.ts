import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRow, readSafeCell, safeCell } from "@contract/rules/bulk/index.ts";

/** A strict reader of RFC 4180 rows with CRLF ends, for reading back what was written. */
function readRows(text: string, delimiter = ","): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        if (at >= text.length) throw new Error("A quoted cell does not end.");
        if (text[at] === '"' && text[at + 1] === '"') {
          cell += '"';
          at += 2;
        } else if (text[at] === '"') {
          at += 1;
          break;
        } else {
          cell += text[at] ?? "";
          at += 1;
        }
      }
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== "\r" && text[at] !== "\n") {
        cell += text[at] ?? "";
        at += 1;
      }
    }
    row.push(cell);
    if (text[at] === delimiter) {
      at += 1;
      if (at >= text.length) throw new Error("The last row has no end.");
    } else if (text.startsWith("\r\n", at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`Neither delimiter nor CRLF at ${String(at)}.`);
  }
  return rows;
}

const awkward = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ maxLength: 20 }),
  fc.array(fc.constantFrom(...`'=+-@\t\r\n",;01 é\uFEFF＝`), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.constantFrom("=1+1", "-5", "-5.00", "-1,250.00", "-TEL", "+WEB", "'=x", "''=x", "'00123", "00123", "@a", "-"),
);

describe("cells of a result file", () => {
  it("neutralise what a spreadsheet would run", () => {
    for (const cell of ["=1+1", "+WEB", "@SUM(A1)", "\tx", "\rx", "-TEL", "-5+3", "-1,2,3.4,5", "-", "-cmd|'/C calc'!A0"]) {
      expect(safeCell(cell)).toBe(`'${cell}`);
    }
  });

  it("leave numbers and identifiers as they are", () => {
    const numbers = ["-5", "-5.00", "-1,250.00", "-.5", "-12,50", "-1.250,00", "1E5", "12345678901234567890"];
    for (const cell of ["", "0012345678", "'Tis", "'001", "a=b", ...numbers]) {
      expect(safeCell(cell)).toBe(cell);
    }
  });

  it("come back exactly, whatever they hold", () => {
    fc.assert(
      fc.property(awkward, (cell) => {
        const written = safeCell(cell);
        expect(readSafeCell(written)).toBe(cell);
        expect(/^[=+@\t\r]/u.test(written)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("come back even from behind more apostrophes than anyone types", () => {
    const cell = `${"'".repeat(60_000)}=1`;
    expect(readSafeCell(safeCell(cell))).toBe(cell);
    expect(safeCell(cell)).toHaveLength(cell.length + 1);
  });

  it("keep what people wrote with an apostrophe", () => {
    expect(readSafeCell("'00123")).toBe("'00123");
    expect(readSafeCell("'Tis")).toBe("'Tis");
    expect(readSafeCell("'+WEB")).toBe("+WEB");
  });
});

describe("rows of CSV", () => {
  it("quote only what needs it and end with CRLF", () => {
    expect(csvRow(["001", "a,b", 'say "x"', "two\nlines", ""])).toBe('001,"a,b","say ""x""","two\nlines",\r\n');
    expect(csvRow(["a;b", "a,b"], { delimiter: ";" })).toBe('"a;b";a,b\r\n');
    expect(csvRow([""])).toBe('""\r\n');
  });

  it("are read back cell by cell, whatever the cells hold", () => {
    const rows = fc.array(fc.array(awkward, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.constantFrom(",", ";", "\t", "|"), (original, delimiter) => {
        const text = original.map((cells) => csvRow(cells.map(safeCell), { delimiter })).join("");
        const back = readRows(text, delimiter).map((cells) => cells.map(readSafeCell));
        expect(back).toEqual(original);
      }),
      { numRuns: 1500 },
    );
  });
});
