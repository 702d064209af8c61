import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reading } from "../../../src/preload/contract/index.ts";
import type { StagedFile, Staging } from "../../../src/main/features/batches/staging.ts";
import { never, openStagingDesk, planCsv, rowsOf, settingsFor, unwatched, type StagingDesk } from "./staging-desk.ts";

let desk: StagingDesk;

beforeEach(() => {
  desk = openStagingDesk();
});

afterEach(() => desk.dispose());

const read = (content: string | Buffer, reading?: Reading): Promise<StagedFile> =>
  desk.open().read({ kind: "file", path: desk.csv(content) }, reading, unwatched, never);

async function cellsOf(content: string | Buffer, reading?: Reading): Promise<readonly (readonly string[])[]> {
  const staging = desk.open();
  const staged = await staging.read({ kind: "file", path: desk.csv(content) }, reading, unwatched, never);
  expect(staged.preview).toHaveLength(staged.rows);
  return staged.preview;
}

const header = "customerUID,accountUID,costCenter";

/** Whole files as banks have them are in `fixture-files.test.ts`. */
describe("files as programs write them", () => {
  it("reads the lines of an old Mac: CR alone, also with a line feed inside a cell", async () => {
    expect(await cellsOf(`${header}\rC1,1,"two\nlines"\rC2,2,x\r`)).toEqual([
      ["C1", "1", "two\nlines"],
      ["C2", "2", "x"],
    ]);
  });

  it("takes the tab, however many commas group the digits of amounts copied as a spreadsheet shows them", async () => {
    const names = ["customerUID", "accountUID", "debitExposureLimit", "creditExposureLimit", "callbackLimit"];
    const rows = Array.from({ length: 300 }, (_, at) => ["C1", String(at), "1,250,000.00", "1,000,000", "9,999,999.99"]);
    const text = [names, ...rows].map((row) => row.join("\t")).join("\r\n");
    const staged = await desk.open().read({ kind: "text", text }, undefined, unwatched, never);
    expect([staged.reading.delimiter, staged.headers, staged.rows]).toEqual(["\t", names, 300]);
  });

  it.each([";", "\t", "|"] as const)("finds the delimiter %j, with commas inside cells", async (delimiter) => {
    const lines = ["customerUID,accountUID,debitExposureLimit", "C1,1,#", "C2,2,#"];
    const content = lines.map((line) => line.replaceAll(",", delimiter).replace("#", "1.000,00")).join("\n");
    const staged = await read(content);
    expect(staged.reading.delimiter).toBe(delimiter);
    expect(staged.preview[1]).toEqual(["C2", "2", "1.000,00"]);
    expect(staged.columns[2]).toMatchObject({ decimal: ",", understood: ["1,000.00", "1,000.00"] });
  });

  it("reads single quotes, and obeys a person who says otherwise", async () => {
    const content = `${header}\n'C1','1','a,b'\n'C2','2','it''s'\n`;
    expect(await cellsOf(content)).toEqual([
      ["C1", "1", "a,b"],
      ["C2", "2", "it's"],
    ]);
    const told = await read(content, { encoding: "utf-8", delimiter: ",", quote: "", header: true });
    expect(told.detected.quote).toBe("'");
    expect(told.preview[1]).toEqual(["'C2'", "'2'", "'it''s'"]);
  });

  it("passes over blank lines and rows of delimiters only, and counts rows as a spreadsheet does", async () => {
    desk.add([
      { customerUid: "C1", accountUid: "1" },
      { customerUid: "C1", accountUid: "2" },
    ]);
    const staging = desk.open();
    const path = desk.csv(`${header}\r\nC1,1,x\r\n\r\n,,\r\nC1,2,y\r\n\r\n\r\n`);
    const staged = await staging.read({ kind: "file", path }, undefined, unwatched, never);
    expect(staged.rows).toBe(2);
    await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect((await rowsOf(staging)).map(({ row }) => row)).toEqual([2, 5]);
  });

  it("keeps a header with spaces as it is and still knows it", async () => {
    const staged = await read("  Customer UID , ACCOUNT uid,Cost  Center\nC1,1,x\n");
    expect(staged.headers).toEqual(["  Customer UID ", " ACCOUNT uid", "Cost  Center"]);
    expect(staged.columns.map(({ target }) => target)).toEqual(["customerUID", "accountUID", "costCenter"]);
  });

  it("reads a file without a header", async () => {
    const staged = await read("C1,0017,25000.00\nC2,0018,5.00\n");
    expect(staged.reading.header).toBe(false);
    expect([staged.headers[0], staged.rows]).toEqual(["Column 1", 2]);
  });

  it("takes headers such as __proto__ for plain names", async () => {
    const staged = await read("__proto__,constructor,customerUID\na,b,C1\n");
    expect(staged.columns.map(({ header: name, target }) => [name, target])).toEqual([
      ["__proto__", "ignore"],
      ["constructor", "ignore"],
      ["customerUID", "customerUID"],
    ]);
  });

  it("reads text from the clipboard as rows of a spreadsheet", async () => {
    const staged = await desk
      .open()
      .read({ kind: "text", text: 'customerUID\taccountUID\nC1\t"a\nb"\n' }, undefined, unwatched, never);
    expect([staged.reading.delimiter, staged.preview]).toEqual(["\t", [["C1", "a\nb"]]]);
  });

  it("keeps identifiers character for character", async () => {
    const cells = ["0012", " 7 ", "0.10", "12345678901234567890", "1E5", "١٢٣"];
    expect(await cellsOf(`a,b,c,d,e,f\n${cells.join(",")}\n`)).toEqual([cells]);
  });

  it("knows the same bytes again by their hash", async () => {
    const [one, same, other] = [
      await read(`${header}\nC1,1,x\n`),
      await read(`${header}\nC1,1,x\n`),
      await read(`${header}\nC1,1,y\n`),
    ];
    expect(one.sha256).toBe(same.sha256);
    expect(one.sha256).not.toBe(other.sha256);
    expect(one.headerFingerprint).toBe(other.headerFingerprint);
  });
});

describe("what is no table, or not all of one", () => {
  it.each([
    ["a PDF document", Buffer.from("%PDF-1.7\n%âãÏÓ")],
    ["an Excel workbook", Buffer.from("PK\x03\x04\x14\0\x06\0xl/workbook.xml", "latin1")],
    ["a packed archive", Buffer.from("PK\x03\x04\x14\0\0\0letter.txt", "latin1")],
    ["a web page", Buffer.from("\n<!DOCTYPE html><table>")],
  ])("says in words that a file is %s", async (words, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: "input-invalid", message: expect.stringContaining(words) });
  });

  it("says that a file is empty, or has a header only", async () => {
    await expect(read("")).rejects.toThrow("The file is empty");
    await expect(read("\n\n")).rejects.toThrow("The file is empty");
    await expect(read(`${header}\r\n`)).rejects.toThrow("a header but no rows");
  });

  it("says that a file is not there", async () => {
    const reading = desk.open().read({ kind: "file", path: `${desk.folder}/gone.csv` }, undefined, unwatched, never);
    await expect(reading).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("no longer where it was"),
    });
  });

  const lines = Array.from({ length: 200_000 }, (_, at) => `C1,${at},some words to fill the row`);
  const big = `${header}\n${lines.join("\n")}\n`;

  it.each([
    ["is written to", (path: string) => appendFileSync(path, "C2,1,more\n"), "changed while it was being read"],
    ["is replaced", (path: string) => [rmSync(path), writeFileSync(path, big)], "changed while it was being read"],
    ["is removed", (path: string) => rmSync(path), "removed while it was being read"],
  ])("gives up when the file %s while it is read, and keeps nothing", async (_name, act, message) => {
    const path = desk.csv(big);
    const staging = desk.open();
    let acted = false;
    const progress = (): void => {
      if (!acted) act(path);
      acted = true;
    };
    await expect(staging.read({ kind: "file", path }, undefined, progress, never)).rejects.toThrow(message);
    const settings = { columns: [], key: "customer-and-account", connectionId: desk.connectionId } as const;
    await expect(staging.plan(settings, unwatched, never)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("what must not be guessed", () => {
  it("tells ragged rows by line and keeps them from being sent", async () => {
    desk.add(["1", "2", "3"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    const staging = desk.open();
    const path = desk.csv(`${header}\nC1,1,"a\nb"\nC1,2\nC1,3,x,y\n`);
    const staged = await staging.read({ kind: "file", path }, undefined, unwatched, never);
    expect(staged.raggedRows).toBe(2);
    expect(staged.readProblems.map(({ line }) => line)).toEqual([4, 5]);
    await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect((await rowsOf(staging)).map(({ bucket }) => bucket)).toEqual(["blocked", "blocked", "blocked"]);
    expect((await rowsOf(staging, { bucket: "blocked" })).at(-1)?.problems[0]).toMatchObject({
      code: "CSV-LONG-ROW",
      column: -1,
    });
  });

  const groupOf = async (staging: Staging, code: string) => {
    const group = (await staging.problems()).groups.find((one) => one.code === code);
    if (group === undefined) throw new Error(`There is no group ${code}.`);
    return group;
  };

  it("takes the missing last cells of short rows as blank where a person says so: of one row, or of all", async () => {
    desk.add(["1", "2", "3", "4"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    const csv = `customerUID,accountUID,costCenter,accountName\nC1,1,CC-1\nC1,2,CC-2\nC1,3,CC-3\nC1,4,CC-4,Payroll\n`;
    const { staging, planned } = await planCsv(desk, csv);
    expect(planned.counts).toEqual({ blocked: 3, "will-change": 1 });
    const group = await groupOf(staging, "CSV-SHORT-ROW");
    expect(group).toMatchObject({ column: "", count: 3, fix: "Take the missing last cells as blank" });
    expect(group.message).toContain("The row has 3 cells and the header 4");

    const one = await staging.applyFix(group.id, 3, unwatched, never);
    expect(one.counts).toEqual({ blocked: 2, "will-change": 2 });
    expect((await rowsOf(staging))[1]).toMatchObject({ cells: ["C1", "2", "CC-2", ""], problems: [] });
    expect((await rowsOf(staging))[1]?.changes.map(({ field, to }) => [field, to])).toEqual([["costCenter", "CC-2"]]);
    await expect(staging.applyFix(group.id, 3, unwatched, never)).rejects.toMatchObject({ code: "input-invalid" });

    const all = await staging.applyFix(group.id, undefined, unwatched, never);
    expect(all.counts).toEqual({ "will-change": 4 });
    expect(all.totals.chosen).toBe(4);
    expect((await staging.problems()).groups).toEqual([]);
  });

  it("leaves out what stands beyond the last heading for one row at a time, and says which texts these are", async () => {
    desk.add(["1", "2", "3"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    const { staging } = await planCsv(desk, `${header}\nC1,1,CC-1,Smith, ,x\nC1,2,CC-2,y,z,w\nC1,3,CC-3,,\n`);
    const group = await groupOf(staging, "CSV-LONG-ROW");
    expect([group.count, group.fix]).toEqual([2, undefined]);
    await expect(staging.applyFix(group.id, undefined, unwatched, never)).rejects.toThrow("without guessing");
    const rows = await rowsOf(staging, { problemGroup: group.id });
    expect(rows.map(({ problems }) => [problems[0]?.fix, problems[0]?.oneByOne])).toEqual([
      ["“Smith”, “x”", true],
      ["“y”, “z”, “w”", true],
    ]);
    const planned = await staging.applyFix(group.id, 2, unwatched, never);
    expect(planned.counts).toEqual({ blocked: 1, "will-change": 2 });
    expect((await rowsOf(staging))[0]).toMatchObject({ cells: ["C1", "1", "CC-1"], problems: [] });

    const path = join(desk.folder, "results.csv");
    await staging.exportTo(path, { kind: "results", bom: false, only: "all", batchId: 1 }, unwatched, never);
    const [, first, second] = readFileSync(path, "utf8").split("\r\n");
    expect(first).toBe('C1,1,CC-1,Not sent,,,,,Smith," ",x');
    expect(second).toMatch(/^C1,2,CC-2,Blocked,,"?The row has 6 cells and the header 3.*,y,z,w$/u);
  });

  it("puts a ragged row right by its cells, keeps what cannot be read blocked, and plans the same again", async () => {
    desk.add(["1", "2"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    const staging = desk.open();
    const path = desk.csv(`customerUID,accountUID,costCenter,accountName\nC1,1\nC1,2,a\0b\n`);
    const staged = await staging.read({ kind: "file", path }, undefined, unwatched, never);
    await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect((await staging.fixCell(2, 2, "CC-1")).row.bucket).toBe("blocked");
    expect((await staging.fixCell(2, 3, "Payroll")).row).toMatchObject({ bucket: "will-change", problems: [] });
    const group = await groupOf(staging, "CSV-SHORT-ROW");
    await staging.applyFix(group.id, undefined, unwatched, never);
    expect((await rowsOf(staging))[1]?.problems.map(({ code }) => code)).toContain("CSV-UNREADABLE");
    const again = await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect(again.counts).toEqual({ "will-change": 1, blocked: 1 });
    const problems = join(desk.folder, "problems.csv");
    await staging.exportTo(problems, { kind: "problems", bom: false }, unwatched, never);
    expect(readFileSync(problems, "utf8").split("\r\n")[1]).toMatch(/^C1,2,a\0b,,3,/u);
  });

  it("hides account numbers that stand in another column of a ragged row", async () => {
    const text =
      "accountNumber,customerUID,accountUID,costCenter\n0099887766554433,C1,1,x\nC1,1,0099887766554433\nC1,2,x,y,0099887766554433\n";
    const staging = desk.open();
    const staged = await staging.read({ kind: "file", path: desk.csv(text) }, undefined, unwatched, never);
    for (const target of ["accountNumber", "ignore"] as const) {
      const settings = settingsFor(staged, desk.connectionId, { accountNumber: target });
      await staging.plan(settings, unwatched, never);
      const seen = JSON.stringify([staged.preview, await rowsOf(staging), await staging.problems()]);
      expect(seen).not.toContain("0099887766554433");
      expect(seen).toContain("“••••4433”");
    }
  });

  it("tells NUL, lone quotation marks and invalid UTF-8 by line and character", async () => {
    const staging = desk.open();
    const invalid = Buffer.from("C1,4,x\xff\xfey\n", "latin1");
    const content = Buffer.concat([
      Buffer.from(`${header}\nC1,1,"é\nx"\nC1,2,a\0b\nC1,3,5" pipe\n`),
      invalid,
      Buffer.from('C1,5,"a"b\nC1,6,fine\n'),
    ]);
    const reading: Reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };
    const staged = await staging.read({ kind: "file", path: desk.csv(content) }, reading, unwatched, never);
    expect(staged.readProblems.map(({ line, column }) => [line, column])).toEqual([
      [4, 7],
      [5, 7],
      [6, 7],
      [6, 8],
      [7, 8],
    ]);
    expect(staged.preview[2]).toEqual(["C1", "3", '5" pipe']);
    desk.add(["1", "2", "3", "4", "5", "6"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    const planned = await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect(planned.counts).toEqual({ blocked: 5, "will-change": 1 });
    expect((await staging.fixCell(3, 2, "a\0c")).row.bucket).toBe("blocked");
    expect((await staging.fixCell(3, 2, "ab")).row).toMatchObject({ bucket: "will-change", problems: [] });
    expect((await staging.fixCell(4, 2, "5 in pipe")).row.bucket).toBe("will-change");
    const again = await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect(again.counts).toEqual({ blocked: 3, "will-change": 3 });
  });

  it("finds invalid UTF-8 far behind a sample that was plain", async () => {
    const lines = Array.from({ length: 60_000 }, (_, at) => `C1,${at},plain words and more of them`);
    const content = Buffer.concat([
      Buffer.from(`${header}\n${lines.join("\n")}\n`),
      Buffer.from("C2,1,\x93x\n", "latin1"),
    ]);
    const staged = await read(content);
    expect(staged.reading.encoding).toBe("utf-8");
    expect(staged.readProblems).toMatchObject([{ line: 60_002, column: 6 }]);
  });

  it("keeps characters that the parts of a long file tear apart", async () => {
    const lines = Array.from({ length: 90_000 }, (_, at) => `C1,${at},"ÄÖÜ €, 😀 ""${at}"""`);
    for (const shift of ["", "x", "xx", "xxx"]) {
      const staged = await read(`${header}${shift}\n${lines.join("\n")}\n`);
      expect([staged.rows, staged.readProblems]).toEqual([90_000, []]);
    }
  });

  it("says where a quotation mark is that is never closed", async () => {
    await expect(read(`${header}\nC1,1,"open\nC1,2,x\n`)).rejects.toThrow("line 2, character 6");
  });

  it("says that UTF-16 without its mark is no text it can read", async () => {
    await expect(read(Buffer.from(`${header}\nC1,1,x\n`, "utf16le"))).rejects.toThrow("UTF-16");
  });
});
