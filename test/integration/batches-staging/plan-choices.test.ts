import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChangeId } from "../../../src/preload/contract/index.ts";
import { sql } from "../../../src/main/database/sql.ts";
import type { GivenRow } from "../../../src/main/features/batches/staging.ts";
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

const header = ["customerUID", "accountUID", "debitExposureLimit", "secCodes", "costCenter"];
const withHeader = (...rows: readonly (readonly string[])[]): string => csvOf([header, ...rows]);

function addOpenChange(accountUid: string, state: string): void {
  desk.store.transaction((writer) =>
    writer.run(sql`
      INSERT INTO work_changes (account_id, connection_id, customer_uid, account_uid, state, currency, base_json,
        proposed_json,
        made_by_id, made_by_name, created_at_ms, updated_at_ms)
      VALUES (1, ${desk.connectionId}, 'C1', ${accountUid}, ${state}, 'USD', '{}', '{}', 1, 'Ada', 0, 0)`),
  );
}

describe("problems and fixes", () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at + 1));

  it("sums damage in words per column, groups problems, and applies one fix to all of a group", async () => {
    desk.add(many(6).map((accountUid) => ({ customerUid: "C1", accountUid })));
    const rows = [
      ["C1", "1", "21000021", "1.23E+10"],
      ["C1", "2", "21000021", ""],
      ["C1", "3", "021000021", "GL-9"],
      ["C1", "4", "21000021", ""],
      ["C1", "5", "", "2.5E+09"],
      ["C1", "6", "", "GL-9"],
    ];
    const content = csvOf([["customerUID", "accountUID", "routingNumber", "masterGl"], ...rows]);
    const { staging, planned } = await planCsv(desk, content);
    expect(planned.counts).toEqual({ blocked: 4, "will-change": 2 });
    const { groups, columnSummaries } = await staging.problems();
    expect(columnSummaries).toEqual([
      expect.stringMatching(/“routingNumber” looks damaged by Excel: 3 values such as 21000021\. Leading zeros/u),
      expect.stringMatching(/“masterGl” looks damaged by Excel: 2 values such as 1\.23E\+10\. .*recovered/u),
    ]);
    const zeros = groups.find(({ code }) => code === "CSV-DAMAGE-ZEROS");
    const lost = groups.find(({ code }) => code === "CSV-DAMAGE-SCIENTIFIC");
    expect(zeros).toMatchObject({
      column: "routingNumber",
      count: 3,
      sampleRows: [2, 3, 5],
      fix: "Put the leading zeros back",
      damage: true,
    });
    expect(lost?.fix).toBeUndefined();
    await expect(staging.applyFix(lost?.id ?? "", undefined, unwatched, never)).rejects.toMatchObject({ code: "input-invalid" });
    expect((await rowsOf(staging, { problemGroup: zeros?.id ?? "" })).map(({ row }) => row)).toEqual([2, 3, 5]);

    const after = await staging.applyFix(zeros?.id ?? "", undefined, unwatched, never);
    expect(after.counts).toEqual({ "will-change": 2, "no-change": 2, blocked: 2 });
    expect((await rowsOf(staging))[1]).toMatchObject({
      cells: ["C1", "2", "021000021", ""],
      problems: [],
      bucket: "no-change",
    });
    expect((await staging.rows({ problemGroup: zeros?.id ?? "" }, 0, 9)).matching).toBe(0);
    const left = await staging.problems();
    expect(left.groups.map(({ code, count }) => [code, count])).toEqual([["CSV-DAMAGE-SCIENTIFIC", 2]]);
    expect(left.columnSummaries).toHaveLength(1);
  });

  it("judges a corrected cell anew: the account it means, the totals, the rows of the same account", async () => {
    desk.add(many(2).map((accountUid) => ({ customerUid: "C1", accountUid })));
    const { staging, planned } = await planCsv(
      desk,
      withHeader(["C1", "1", "300000.00", "", ""], ["C1", "9", "260000.00", "", ""], ["C1", "2", "oops", "", ""]),
    );
    expect(planned.totals.chosen).toBe(1);
    const named = async () => (await staging.rows({ search: "operating" }, 0, 9)).rows.map(({ row }) => row);
    expect(await named()).toEqual([2, 4]);
    const found = await staging.fixCell(3, 1, "2");
    expect(await named()).toEqual([2, 3, 4]);
    expect(found.row).toMatchObject({ bucket: "duplicate-key", cells: ["C1", "2", "260000.00", "", ""] });
    const twin = await staging.fixCell(4, 1, "1");
    expect(twin.row.bucket).toBe("blocked");
    expect((await rowsOf(staging)).map(({ bucket }) => bucket)).toEqual(["duplicate-key", "will-change", "blocked"]);
    const fixed = await staging.fixCell(4, 2, "300,000.00");
    expect(fixed.planned.counts).toEqual({ "will-change": 2, "duplicate-key": 1 });
    expect(fixed.planned.totals).toMatchObject({ chosen: 2, risk: { high: 2 } });
    expect(fixed.planned.totals.figures[0]).toMatchObject({ rows: 2, netMinor: 6_000_000 });
    await expect(staging.fixCell(77, 1, "x")).rejects.toMatchObject({ code: "not-found" });
    await expect(staging.fixCell(4, 5, "x")).rejects.toMatchObject({ code: "input-invalid" });
    await expect(staging.fixCell(4, 2, "x".repeat(65_537))).rejects.toMatchObject({ code: "input-invalid" });
  });

  it("keeps a plan, its fixes and its ticks when the worker ends and another begins", async () => {
    desk.add(many(3).map((accountUid) => ({ customerUid: "C1", accountUid })));
    const { staging } = await planCsv(desk, withHeader(...many(3).map((uid) => ["C1", uid, `${uid}.00`, "", ""])));
    await staging.include([2], undefined, false);
    const { planned } = await staging.fixCell(3, 2, "250000.00");
    const before = [await rowsOf(staging), await staging.problems(), await staging.chosen(0, 9)];
    await staging.close();
    expect([await rowsOf(staging), await staging.problems(), await staging.chosen(0, 9)]).toEqual(before);
    const again = await staging.include([2], undefined, true);
    expect([planned.totals.chosen, again.totals.chosen]).toEqual([1, 2]);
  });

  it("bounds the groups when every sentence is different", async () => {
    desk.add([{ customerUid: "C1", accountUid: "1" }]);
    const rows = Array.from({ length: 400 }, (_, at) => ["C1", "1", "", `X${at}`, ""]);
    const { staging } = await planCsv(desk, withHeader(...rows));
    const { groups } = await staging.problems();
    expect(groups.length).toBeLessThan(120);
    expect(
      groups.filter(({ column }) => column === "secCodes").reduce((sum, { count }) => sum + count, 0),
    ).toBeGreaterThanOrEqual(400);
  });
});

describe("choosing", () => {
  it("ticks and unticks rows by number and by filter, and nothing else changes what is sent", async () => {
    desk.add(
      Array.from({ length: 10 }, (_, at) => ({
        customerUid: "C1",
        accountUid: String(at),
        customerName: at < 5 ? "Acme" : "Bolt",
      })),
    );
    const rows = Array.from({ length: 10 }, (_, at) => ["C1", String(at), at % 2 === 0 ? "900000.00" : "", "", "CC-8"]);
    const { staging, planned } = await planCsv(desk, withHeader(...rows));
    expect(planned.totals).toMatchObject({ chosen: 10, risk: { high: 5, low: 5 } });
    const fewer = await staging.include(undefined, { largeIncrease: true }, false);
    expect(fewer.totals).toMatchObject({ chosen: 5, risk: { high: 0, low: 5 } });
    expect(fewer.largestIncreaseTenths).toBeUndefined();
    expect((await staging.rows({ increaseFromTenths: 1_000 }, 0, 1)).matching).toBe(5);
    expect((await staging.rows({ increaseFromTenths: 1_000_000_000 }, 0, 1)).matching).toBe(0);
    expect((await staging.rows({ search: "acme" }, 0, 3)).matching).toBe(5);
    const none = await staging.include(undefined, undefined, false);
    expect(none.totals).toMatchObject({ chosen: 0, sentence: "No account will change.", figures: [] });
    const some = await staging.include(undefined, { search: "BOLT" }, true);
    expect(some.totals).toMatchObject({ chosen: 5, risk: { high: 2, low: 3 } });
    expect((await staging.include(undefined, undefined, true)).totals).toEqual(planned.totals);
    expect((await staging.chosen(0, 100)).map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("keeps ticks that were taken off when the same rows are checked again", async () => {
    desk.add([
      { customerUid: "C1", accountUid: "1" },
      { customerUid: "C1", accountUid: "2" },
    ]);
    const { staging, staged } = await planCsv(
      desk,
      withHeader(["C1", "1", "1.00", "", ""], ["C1", "2", "1.00", "", ""]),
    );
    await staging.include([3], undefined, false);
    const planned = await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    expect(planned.totals.chosen).toBe(1);
    expect((await staging.chosen(0, 9)).map(({ row }) => row)).toEqual([2]);
  });

  it("sends the row that is kept once the one that contradicts it is left out, and neither while both are in", async () => {
    desk.add([{ customerUid: "C1", accountUid: "1" }]);
    const { staging, staged, planned } = await planCsv(
      desk,
      withHeader(["C1", "1", "300000.00", "", ""], ["C1", "1", "310000.00", "", ""]),
    );
    expect(planned.counts).toEqual({ "duplicate-key": 2 });
    const kept = await staging.include([2], undefined, false);
    expect([kept.counts, kept.totals.chosen]).toEqual([{ "will-change": 1, "duplicate-key": 1 }, 1]);
    expect(kept.totals.figures[0]).toMatchObject({ rows: 1, netMinor: 6_000_000 });
    const sent = async () => (await staging.chosen(0, 9)).map(({ row }) => row);
    expect(await sent()).toEqual([3]);
    expect((await rowsOf(staging)).map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      ["Row 3 has the same account with other values. This one is left out."],
      [],
    ]);
    await staging.close();
    expect(await sent()).toEqual([3]);
    expect((await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never)).totals.chosen).toBe(1);
    const both = await staging.include(undefined, undefined, true);
    expect([both.counts, both.totals.chosen, both.totals.figures]).toEqual([{ "duplicate-key": 2 }, 0, []]);
    expect(await sent()).toEqual([]);
  });

  it("never sends a repetition in the place of a row that was left out", async () => {
    desk.add(["1", "2"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    const amounts = ["300000.00", "300000.00", "310000.00", "310000.00"];
    const { staging } = await planCsv(
      desk,
      withHeader(
        ...amounts.map((amount) => ["C1", "1", amount, "", ""]),
        ...amounts.slice(0, 2).map((amount) => ["C1", "2", amount, "", ""]),
      ),
    );
    const sent = async () => (await staging.chosen(0, 9)).map(({ row }) => row);
    expect(await sent()).toEqual([6]);
    await staging.include([6], undefined, false);
    expect(await sent()).toEqual([]);
    await staging.include([2, 4], undefined, false);
    expect(await sent()).toEqual([]);
    await staging.include([3], undefined, false);
    expect(await sent()).toEqual([]);
    await staging.include([4], undefined, true);
    expect(await sent()).toEqual([4]);
    await staging.include([3], undefined, true);
    expect(await sent()).toEqual([]);
  });

  it("shows any page of a filter: bucket, field, risk, search, position", async () => {
    desk.add(Array.from({ length: 500 }, (_, at) => ({ customerUid: "C1", accountUid: String(at) })));
    const rows = Array.from({ length: 500 }, (_, at) => [
      "C1",
      String(at),
      "",
      at % 3 === 0 ? "+WEB" : "",
      at % 2 === 0 ? "CC-8" : "",
    ]);
    const { staging } = await planCsv(desk, withHeader(...rows));
    const page = await staging.rows({ field: "costCenter" }, 200, 100);
    expect([page.matching, page.rows.length, page.rows[0]?.cells[1]]).toEqual([250, 50, "400"]);
    expect((await staging.rows({ bucket: "no-change" }, 0, 1)).matching).toBe(167);
    expect((await staging.rows({ field: "secCodes", risk: "high" }, 0, 1)).matching).toBe(167);
    expect((await staging.rows({ search: "c1 499" }, 0, 5)).rows.map(({ row }) => row)).toEqual([501]);
    expect((await staging.rows({}, 499, 100)).rows.map(({ row }) => row)).toEqual([501]);
    expect(await staging.rows({}, 900, 100)).toEqual({ rows: [], matching: 500 });
  });
});

describe("rows from Vostro itself", () => {
  const plan = async (rows: readonly GivenRow[]) => {
    const staging = desk.open();
    const staged = await staging.read({ kind: "rows", rows }, undefined, unwatched, never);
    const settings = { columns: [], key: "customer-and-account", connectionId: desk.connectionId } as const;
    return { staging, staged, planned: await staging.plan(settings, unwatched, never) };
  };
  const value = (text: number) => ({ value: text, source: "vostro-wrote" as const, atMs: 1 });

  it("compares a selection, thousands of them", async () => {
    const ids = desk.add(Array.from({ length: 3000 }, (_, at) => ({ customerUid: "C1", accountUid: String(at) })));
    const { staged, planned, staging } = await plan(
      ids.map((accountId) => ({ accountId, proposed: { costCenter: "CC-9" } })),
    );
    expect([staged.rows, planned.counts]).toEqual([3000, { "will-change": 3000 }]);
    expect((await staging.chosen(2998, 5)).map(({ row, proposed }) => [row, proposed])).toEqual([
      [2999, { costCenter: "CC-9" }],
      [3000, { costCenter: "CC-9" }],
    ]);
    await expect(staging.fixCell(1, 0, "x")).rejects.toMatchObject({ code: "input-invalid" });
  });

  it("puts back only what still stands as the batch wrote it", async () => {
    const [same, moved, partly, blind] = desk.add(
      ["1", "2", "3", "4"].map((accountUid) => ({ customerUid: "C1", accountUid })),
    );
    if (same === undefined || moved === undefined || partly === undefined || blind === undefined)
      throw new Error("no accounts");
    const proposed = { debitExposureLimit: "100000.00" };
    const { planned, staging } = await plan([
      { accountId: same, proposed, expected: { debitExposureLimit: value(25_000_000) } },
      { accountId: moved, proposed, expected: { debitExposureLimit: value(26_000_000) } },
      { accountId: partly, proposed, expected: { debitExposureLimit: value(25_000_000) }, cannot: ["accountAnalysis"] },
      { accountId: blind, proposed: {}, expected: {}, cannot: ["accountAnalysis"] },
    ]);
    expect((await rowsOf(staging)).map(({ bucket }) => bucket)).toEqual([
      "will-change",
      "conflict",
      "will-change",
      "blocked",
    ]);
    expect((await rowsOf(staging)).map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ["CSV-CHANGED-SINCE"],
      ["CSV-CANNOT-RESTORE"],
      ["CSV-CANNOT-RESTORE"],
    ]);
    expect(planned.totals.chosen).toBe(2);
  });

  it("says of chosen accounts that codes cannot be added to unknown ones", async () => {
    const [blind] = desk.add([{ customerUid: "C1", accountUid: "1" }]);
    if (blind === undefined) throw new Error("no account");
    const { planned, staging } = await plan([{ accountId: blind, proposed: {}, cannot: ["secCodes"] }]);
    expect(planned.counts).toEqual({ blocked: 1 });
    expect((await rowsOf(staging))[0]?.problems[0]?.message).toBe(
      "SEC codes: the last known ones are unknown. Set the whole list.",
    );
  });

  it("takes rows of another batch as they stand there, corrections and numbers included", async () => {
    desk.add([
      { customerUid: "C1", accountUid: "1" },
      { customerUid: "C1", accountUid: "2" },
    ]);
    const first = desk.open({ name: "first" });
    const text = withHeader(["C1", "1", "1.00", "", ""], ["C1", "2", "bad", "", ""]);
    const staged = await first.read({ kind: "text", text }, undefined, unwatched, never);
    await first.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    await first.fixCell(3, 2, "2.00");
    const second = desk.open({ name: "second" });
    const source = { kind: "rows-of", stagingFile: desk.stagingFile("first"), rows: [3] } as const;
    const again = await second.read(source, undefined, unwatched, never);
    expect([again.rows, again.headers]).toEqual([1, header]);
    expect(again.preview).toEqual([["C1", "2", "2.00", "", ""]]);
    const planned = await second.plan(settingsFor(again, desk.connectionId), unwatched, never);
    expect(planned.counts).toEqual({ "will-change": 1 });
    expect((await rowsOf(second))[0]).toMatchObject({ row: 3, cells: ["C1", "2", "2.00", "", ""] });
    const path = join(desk.folder, "again.csv");
    const results = { kind: "results", bom: false, only: "all", batchId: 5 } as const;
    expect(await second.exportTo(path, results, unwatched, never)).toBe(1);
    expect(readFileSync(path, "utf8").split("\r\n")[1]).toMatch(/^C1,2,bad,,,/u);
  });
});

it("remembers what rows became, and then no longer reads them anew", async () => {
  desk.add([
    { customerUid: "C1", accountUid: "1" },
    { customerUid: "C1", accountUid: "2" },
  ]);
  const { staging } = await planCsv(desk, withHeader(["C1", "1", "1.00", "", ""], ["C1", "2", "1.00", "", ""]));
  addOpenChange("1", "refused");
  const made = [
    { row: 2, changeId: 1 as ChangeId },
    { row: 3, bucket: "conflict", message: "Moved meanwhile." } as const,
  ];
  await staging.noteMade(made);
  const rows = await rowsOf(staging);
  expect(rows.map(({ bucket, outcome }) => [bucket, outcome?.state])).toEqual([
    ["will-change", "refused"],
    ["conflict", undefined],
  ]);
  expect(rows[1]?.problems.at(-1)?.message).toBe("Moved meanwhile.");
  const again = staging.read({ kind: "text", text: "a,b\n1,2\n" }, undefined, unwatched, never);
  await expect(again).rejects.toMatchObject({ code: "conflict" });
  expect(await rowsOf(staging)).toEqual(rows);
});
