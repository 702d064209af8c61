import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reading } from "../../../src/preload/contract/index.ts";
import type { StagedFile } from "../../../src/main/features/batches/staging.ts";
import { never, openStagingDesk, rowsOf, settingsFor, unwatched, type StagingDesk } from "./staging-desk.ts";

let desk: StagingDesk;

beforeEach(() => {
  desk = openStagingDesk();
});

afterEach(() => desk.dispose());

const folder = new URL("../../fixtures/csv/", import.meta.url);

interface Readable {
  readonly file: string;
  readonly note: string;
  readonly encoding: Reading["encoding"];
  readonly delimiter: Reading["delimiter"];
  /** Of the three rows, where they are not `names`. */
  readonly accountNames?: readonly string[];
  /** The seventh cell of each row, where it is worth a look. */
  readonly remarks?: readonly string[];
}

const names = ["Café Brüder – Payroll", "Naïve Trading £ Escrow", "“Harbor” Title"];

const readable: readonly Readable[] = [
  {
    file: "excel-csv.csv",
    note: "Excel on Windows, “CSV (Comma delimited)”: windows-1252, CRLF, an en dash, a pound sign and curly quotes",
    encoding: "windows-1252",
    delimiter: ",",
  },
  {
    file: "excel-csv-utf-8.csv",
    note: "Excel, “CSV UTF-8”: a byte order mark that is no part of the first heading",
    encoding: "utf-8",
    delimiter: ",",
  },
  {
    file: "mac.csv",
    note: "Excel for Mac, “CSV (Macintosh)”: CR alone ends a line, none after the last one",
    encoding: "utf-8",
    delimiter: ",",
  },
  {
    file: "semicolon-locale.csv",
    note: "Excel with German settings: semicolons, 1.250.000,50",
    encoding: "windows-1252",
    delimiter: ";",
  },
  {
    file: "utf-16-export.csv",
    note: "“Unicode Text” and many core banking exports: UTF-16 LE with its mark, tabs",
    encoding: "utf-16le",
    delimiter: "\t",
  },
  {
    file: "utf-16-be-export.csv",
    note: "the same from a mainframe gateway: UTF-16 BE",
    encoding: "utf-16be",
    delimiter: "\t",
  },
  {
    file: "quoted-newlines.csv",
    note: "remarks with line breaks, quotation marks and commas inside quotes",
    encoding: "utf-8",
    delimiter: ",",
    accountNames: ["Payroll, 3rd floor", "Naïve Trading £ Escrow", "“Harbor” Title"],
    remarks: ['asked by "Treasury",\r\nby phone', "", "two\nlines"],
  },
  {
    file: "trailing-blank-lines.csv",
    note: "cleared rows that Excel still writes: blank lines and lines of commas only",
    encoding: "utf-8",
    delimiter: ",",
  },
  {
    file: "header-with-spaces.csv",
    note: "headings typed by hand: blanks around and inside them, other capitals, behind a byte order mark",
    encoding: "utf-8",
    delimiter: ",",
  },
  {
    file: "two-hundred-columns.csv",
    note: "a whole core banking extract, of which six columns matter",
    encoding: "utf-8",
    delimiter: ",",
  },
];

const read = (file: string): Promise<StagedFile> =>
  desk.open().read({ kind: "file", path: fileURLToPath(new URL(file, folder)) }, undefined, unwatched, never);

describe("the files a bank really has", () => {
  it.each(readable)("$file is read and checked to the last cell: $note", async (fixture) => {
    desk.add(
      [
        ["CUST-1001", "70001"],
        ["CUST-1001", "70002"],
        ["CUST-1002", "70003"],
      ].map(([customerUid = "", accountUid = ""]) => ({ customerUid, accountUid, secCodes: ["CCD", "TEL"] })),
    );
    const staged = await read(fixture.file);
    expect([staged.reading.encoding, staged.reading.delimiter]).toEqual([fixture.encoding, fixture.delimiter]);
    expect([staged.rows, staged.raggedRows, staged.readProblems]).toEqual([3, 0, []]);
    expect(staged.columns.slice(0, 6).map(({ target }) => target)).toEqual([
      "customerUID",
      "accountUID",
      "accountName",
      "achCompanyId",
      "debitExposureLimit",
      "secCodes",
    ]);
    expect(staged.preview.map((cells) => cells[2])).toEqual(fixture.accountNames ?? names);
    expect(staged.preview.map((cells) => cells[3])).toEqual(["1234567890", "0045678901", "9876543210"]);
    if (fixture.remarks !== undefined) expect(staged.preview.map((cells) => cells[6])).toEqual(fixture.remarks);
    const staging = desk.open();
    const planned = await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    const rows = await rowsOf(staging);
    expect(rows.flatMap(({ problems }) => problems.filter(({ severity }) => severity === "error"))).toEqual([]);
    expect(rows.map(({ changes }) => changes.find(({ field }) => field === "debitExposureLimit")?.to)).toEqual([
      26_000_000, 125_000_050, 10,
    ]);
    expect(planned.totals.chosen).toBe(3);
  });

  it("one-column.csv, account numbers alone: shows them masked", async () => {
    const staged = await read("one-column.csv");
    expect([staged.headers, staged.preview]).toEqual([
      ["accountNumber"],
      [["•••• 1230"], ["•••• 1231"], ["•••• 1232"]],
    ]);
  });

  it.each([
    ["empty.csv", "a failed download", "The file is empty"],
    ["header-only.csv", "an export that found nothing", "a header but no rows"],
    ["statement.pdf.csv", "a PDF statement renamed", "a PDF document"],
  ])("%s, %s, is refused in words", async (file, _note, words) => {
    await expect(read(file)).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining(words),
    });
  });

  it("has a test for every fixture", () => {
    const tested = [...readable.map(({ file }) => file), "one-column.csv", "empty.csv", "header-only.csv"];
    expect(readdirSync(folder).toSorted()).toEqual([...tested, "statement.pdf.csv"].toSorted());
  });
});
