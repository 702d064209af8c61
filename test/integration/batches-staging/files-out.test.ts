import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChangeId } from "../../../src/preload/contract/index.ts";
import { csvRow } from "../../../src/preload/contract/rules/bulk/index.ts";
import { sql } from "../../../src/main/database/sql.ts";
import {
  csvOf,
  never,
  openStagingDesk,
  planCsv,
  rowsOf,
  settingsFor,
  unwatched,
  type StagingDesk,
} from "./staging-desk.ts";

let desk: StagingDesk;

beforeEach(() => {
  desk = openStagingDesk();
});

afterEach(() => desk.dispose());

function addChange(
  row: number,
  accountUid: string,
  state: string,
  provider: { code: string; message: string } | undefined,
): ChangeId {
  return desk.store.transaction((writer) => {
    const { lastId } = writer.run(sql`
      INSERT INTO work_changes (account_id, connection_id, customer_uid, account_uid, state, currency, base_json,
        proposed_json,
        made_by_id, made_by_name, created_at_ms, updated_at_ms, batch_id, batch_row, provider_code, provider_message)
      VALUES (1, ${desk.connectionId}, 'C1', ${accountUid}, ${state}, 'USD', '{}', '{}', 1, 'Ada', 0, 7000, 5, ${row},
        ${provider?.code ?? null}, ${provider?.message ?? null})`);
    if (provider !== undefined || state === "accepted") {
      writer.run(sql`
        INSERT INTO work_attempts (change_id, why, method, origin, path, body, started_at_ms, outcome, correlation_id)
        VALUES (${lastId}, 'first', 'PUT', 'http://localhost', '/', '{}',
          ${Date.UTC(2026, 10, 20, 14, 5)}, 'accepted', 'c')`);
    }
    return lastId as ChangeId;
  });
}

const header = ["customerUID", "accountUID", "costCenter", "Notes to self"];
const rows = [
  ["C1", "001", "CC-8", '=HYPERLINK("x")'],
  ["C1", "002", "-5", "0.10"],
  ["C1", "003", "CC-7", "+1 555"],
  ["C1", "004", "CC-9", "a\r\nb"],
  ["C1", "404", "CC-9", "0012345"],
  ["C1", "005", "CC-9", " spaced "],
];

async function planned() {
  desk.add(["001", "002", "003", "004", "005"].map((accountUid) => ({ customerUid: "C1", accountUid })));
  return planCsv(desk, csvOf([header, ...rows]), { "Notes to self": "ignore" });
}

/** The file's rows as Vostro itself reads them. */
async function readBack(path: string): Promise<{ headers: readonly string[]; rows: readonly (readonly string[])[] }> {
  const staging = desk.open({ name: `read-back-${Math.random().toString(36).slice(2)}` });
  const staged = await staging.read({ kind: "file", path }, undefined, unwatched, never);
  expect(staged.readProblems).toEqual([]);
  return { headers: staged.headers, rows: staged.preview };
}

describe("the result file", () => {
  it("keeps the columns untouched and in order, and adds what became of each row", async () => {
    const { staging } = await planned();
    await staging.include([7], undefined, false);
    const ids = [
      addChange(2, "001", "accepted", undefined),
      addChange(3, "002", "refused", { code: "E-77", message: "=Cost center is unknown" }),
      addChange(5, "004", "approved", undefined),
    ];
    await staging.noteMade([2, 3, 5].map((row, at) => ({ row, changeId: ids[at] as ChangeId })));
    const path = join(desk.folder, "results.csv");
    expect(
      await staging.exportTo(path, { kind: "results", bom: true, only: "all", batchId: 5 }, unwatched, never),
    ).toBe(6);
    const text = readFileSync(path, "utf8");
    expect(
      text.startsWith(
        "\uFEFFcustomerUID,accountUID,costCenter,Notes to self,status,provider_code,message,change_id,sent_at\r\n",
      ),
    ).toBe(true);
    expect(text.split("\r\n")[1]).toBe(
      `C1,001,CC-8,"'=HYPERLINK(""x"")",Accepted by provider,,,${ids[0]},2026-11-20T14:05:00.000Z`,
    );
    expect(text.split("\r\n")[2]).toBe(
      `C1,002,-5,0.10,Refused by provider,E-77,'=Cost center is unknown,${ids[1]},2026-11-20T14:05:00.000Z`,
    );
    expect(text.endsWith("\r\n")).toBe(true);
    const back = await readBack(path);
    expect(back.rows.map((cells) => cells[4])).toEqual([
      "Accepted by provider",
      "Refused by provider",
      "No change",
      "Approved",
      "Not found",
      "Not chosen",
    ]);
    expect(back.rows.map((cells) => cells.slice(0, 3))).toEqual(rows.map((cells) => cells.slice(0, 3)));

    const some = join(desk.folder, "open.csv");
    expect(
      await staging.exportTo(some, { kind: "results", bom: false, only: "not-accepted", batchId: 5 }, unwatched, never),
    ).toBe(4);
    expect((await readBack(some)).rows.map((cells) => cells[1])).toEqual(["002", "004", "404", "005"]);
  });

  it("says why a person withdrew a row, also where the provider had refused it before", async () => {
    const { staging } = await planned();
    const id = addChange(3, "002", "withdrawn", { code: "E-77", message: "Cost center is unknown" });
    desk.store.transaction((writer) =>
      writer.run(sql`UPDATE work_changes SET message = 'Not wanted after all' WHERE id = ${id}`),
    );
    await staging.noteMade([{ row: 3, changeId: id }]);
    const path = join(desk.folder, "results.csv");
    await staging.exportTo(path, { kind: "results", bom: false, only: "all", batchId: 5 }, unwatched, never);
    expect(readFileSync(path, "utf8").split("\r\n")[2]).toContain(`,Withdrawn,E-77,Not wanted after all,${id},`);
  });

  it("is a file Vostro plans the same way again, whatever its cells hold", async () => {
    const { staging } = await planned();
    const path = join(desk.folder, "again.csv");
    await staging.exportTo(path, { kind: "results", bom: false, only: "all", batchId: 5 }, unwatched, never);
    const again = desk.open({ name: "again" });
    const staged = await again.read({ kind: "file", path }, undefined, unwatched, never);
    await again.plan(
      settingsFor(staged, desk.connectionId, { "Notes to self": "accountName", message: "ignore" }),
      unwatched,
      never,
    );
    const names = (await rowsOf(again)).map(({ changes }) => changes.find(({ field }) => field === "accountName")?.to);
    expect(names.slice(0, 3)).toEqual(['=HYPERLINK("x")', "0.10", "+1 555"]);
  });

  it("says what was asked of rows that never had columns, with numbers masked", async () => {
    const [accountId] = desk.add([{ customerUid: "C1", accountUid: "001", values: { accountName: "Payroll" } }]);
    if (accountId === undefined) throw new Error("no account");
    const staging = desk.open();
    const proposed = { accountNumber: "0099998888", costCenter: "CC-1" };
    await staging.read({ kind: "rows", rows: [{ accountId, proposed }] }, undefined, unwatched, never);
    await staging.plan({ columns: [], key: "customer-and-account", connectionId: desk.connectionId }, unwatched, never);
    const path = join(desk.folder, "given.csv");
    await staging.exportTo(path, { kind: "results", bom: false, only: "all", batchId: 5 }, unwatched, never);
    expect(readFileSync(path, "utf8")).toBe(
      "customerUID,accountUID,accountName,changes,status,provider_code,message,change_id,sent_at\r\n" +
        "C1,001,Payroll,Account number: •••• 8888; Cost center: CC-1,Not sent,,,,\r\n",
    );
  });
});

describe("the file of problem rows", () => {
  it("holds the rows that cannot be sent, as they were in the file, with their row and problem", async () => {
    desk.add([{ customerUid: "C1", accountUid: "001" }]);
    const { staging } = await planCsv(
      desk,
      csvOf([
        ["customerUID", "accountUID", "debitExposureLimit"],
        ["C1", "001", "1.00"],
        ["C1", "001", "2.00"],
        ["C1", "9", "x"],
        ["C1", "8", ""],
      ]),
    );
    await staging.fixCell(5, 1, "7");
    const path = join(desk.folder, "problems.csv");
    expect(await staging.exportTo(path, { kind: "problems", bom: false }, unwatched, never)).toBe(4);
    const back = await readBack(path);
    expect(back.headers).toEqual(["customerUID", "accountUID", "debitExposureLimit", "row", "problem"]);
    expect(back.rows.map((cells) => cells.slice(0, 4))).toEqual([
      ["C1", "001", "1.00", "2"],
      ["C1", "001", "2.00", "3"],
      ["C1", "9", "x", "4"],
      ["C1", "8", "", "5"],
    ]);
    expect(back.rows.map((cells) => cells[4])).toEqual([
      expect.stringContaining("Row 3 has the same account with other values"),
      expect.stringContaining("Row 2 has the same account with other values"),
      expect.stringContaining("No account with this key"),
      expect.stringContaining("No account with this key"),
    ]);
  });

  it("leaves nothing behind when it is cancelled or cannot be written", async () => {
    const { staging } = await planned();
    mkdirSync(join(desk.folder, "out"));
    const path = join(desk.folder, "out", "x.csv");
    const giveUp = AbortSignal.abort(new Error("given up"));
    await expect(staging.exportTo(path, { kind: "problems", bom: false }, unwatched, giveUp)).rejects.toThrow(
      "given up",
    );
    const nowhere = staging.exportTo(
      join(desk.folder, "no", "x.csv"),
      { kind: "problems", bom: false },
      unwatched,
      never,
    );
    await expect(nowhere).rejects.toMatchObject({ code: "storage-failed" });
    expect([existsSync(path), readdirSync(join(desk.folder, "out"))]).toEqual([false, []]);
  });
});

describe("any cells", () => {
  const cell = fc
    .oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.constantFrom(
        "=1+1",
        "'=x",
        "''",
        "-1",
        "-x",
        "0012",
        "1E5",
        "a\nb",
        "a\r\nb",
        '"',
        '""',
        ",",
        ";",
        "\t",
        " x ",
        "\u00A0",
        "€",
      ),
    )
    .filter((text) => !text.includes("\0") && !text.includes("\uFFFD"));
  const table = fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 });

  it("come back character for character from what is written, whichever the delimiter", async () => {
    const staging = desk.open();
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(",", ";", "\t", "|" as const),
        fc.boolean(),
        async (cells, delimiter, bom) => {
          const kept = cells.filter((row) => row.some((text) => text.trim() !== ""));
          fc.pre(kept.length > 0);
          const text = [["one", "two", "three", "four"], ...cells].map((row) => csvRow(row, { delimiter })).join("");
          const reading = { encoding: "utf-8", delimiter: delimiter as ",", quote: '"', header: true } as const;
          const path = desk.csv(`${bom ? "\uFEFF" : ""}${text}`, "any.csv");
          const staged = await staging.read({ kind: "file", path }, reading, unwatched, never);
          expect(staged.preview).toEqual(kept);
          expect([staged.readProblems, staged.raggedRows]).toEqual([[], 0]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
