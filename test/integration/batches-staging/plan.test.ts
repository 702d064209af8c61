import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChangeId } from "../../../src/preload/contract/index.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { saveWritten } from "../../../src/main/features/accounts/store.ts";
import type { GivenRow } from "../../../src/main/features/batches/staging.ts";
import { readAtMs } from "./cached-accounts.ts";
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

describe("comparing", () => {
  it("puts every row into the bucket it belongs to, and says why", async () => {
    desk.add(["1", "2", "3", "4", "5", "6"].map((accountUid) => ({ customerUid: "C1", accountUid })));
    addOpenChange("4", "sending");
    addOpenChange("5", "accepted");
    const { staging, planned } = await planCsv(
      desk,
      withHeader(
        ["C1", "1", "300000.00", "", ""],
        ["C1", "2", "250,000.00", "PPD|CCD", "CC-7"],
        ["C1", "99", "1.00", "", ""],
        ["C1", "4", "300000.00", "", ""],
        ["C1", "5", "300000.00", "", ""],
        ["C1", "6", "lots", "", ""],
        ["C1", "3", "1.00", "", ""],
        ["C1", "3", "1.00", "", ""],
      ),
    );
    const rows = await rowsOf(staging);
    expect(rows.map(({ bucket }) => bucket)).toEqual([
      "will-change",
      "no-change",
      "not-found",
      "conflict",
      "will-change",
      "blocked",
      "will-change",
      "duplicate-key",
    ]);
    expect(planned.counts).toEqual({
      "will-change": 3,
      "no-change": 1,
      "not-found": 1,
      conflict: 1,
      blocked: 1,
      "duplicate-key": 1,
    });
    expect(rows[3]?.problems[0]?.message).toContain("Sending");
    expect(rows[5]?.problems[0]).toMatchObject({ column: 2, severity: "error" });
    expect(rows[7]?.problems[0]?.message).toContain("Row 8 has the same account");
  });

  it("shows old and new, source and age, the percentage and the risk, in minor units", async () => {
    desk.add([{ customerUid: "C1", accountUid: "1", customerName: "Acme" }]);
    const { staging, planned } = await planCsv(desk, withHeader(["C1", "1", "1000000.00", "+WEB", "CC-7"]));
    const [row] = await rowsOf(staging);
    expect(row).toMatchObject({
      row: 2,
      included: true,
      customerName: "Acme",
      last4: "5678",
      currency: "USD",
      risk: "high",
    });
    expect(row?.lastKnown).toEqual({ source: "provider-read", atMs: readAtMs });
    expect(row?.changes.map(({ field, from, to, percentTenths }) => [field, from?.value, to, percentTenths])).toEqual([
      ["debitExposureLimit", 25_000_000, 100_000_000, 3000],
      ["secCodes", ["CCD", "PPD"], ["CCD", "PPD", "WEB"], undefined],
    ]);
    expect(row?.known).toEqual({ costCenter: "CC-7" });
    expect(planned.totals.sentence).toBe("1 account: debit limit raised on 1 (largest +300 %), WEB added on 1.");
    expect(planned.totals.figures[0]).toMatchObject({
      field: "debitExposureLimit",
      netMinor: 75_000_000,
      currency: "USD",
    });
    expect([planned.largestIncreaseTenths, planned.currencies]).toEqual([3000, ["USD"]]);
  });

  it("takes what Vostro wrote after the last read for the old value", async () => {
    desk.add([{ customerUid: "C1", accountUid: "1" }]);
    const key = { connectionId: desk.connectionId, customerUid: "C1", accountUid: "1" };
    desk.store.transaction((writer) =>
      saveWritten(writer, key, { debitExposureLimit: 30_000_000 }, "vostro-wrote", readAtMs + 1),
    );
    const { staging } = await planCsv(
      desk,
      withHeader(["C1", "1", "300000.00", "", ""], ["C1", "1", "250000.00", "", ""]),
    );
    expect((await rowsOf(staging)).map(({ changes }) => changes.length)).toEqual([0, 1]);
  });

  it("neither sends a row nor the one that contradicts it, whichever comes first", async () => {
    desk.add([{ customerUid: "C1", accountUid: "1" }]);
    const { staging, planned } = await planCsv(
      desk,
      withHeader(["C1", "1", "1.00", "", ""], ["C1", "1", "1.00", "", ""], ["C1", "1", "2.00", "", ""]),
    );
    expect(planned.counts).toEqual({ "duplicate-key": 3 });
    expect(planned.totals).toMatchObject({ chosen: 0, sentence: "No account will change." });
    expect((await rowsOf(staging))[0]?.problems[0]?.message).toContain("Row 4");
    expect(await staging.chosen(0, 10)).toEqual([]);
    const { groups } = await staging.problems();
    expect(groups.map(({ code, count }) => [code, count])).toEqual([["CSV-CONFLICTING-ROWS", 3]]);
  });

  it("judges the customer's own SEC codes and the update's own rules", async () => {
    desk.add([{ customerUid: "C1", accountUid: "1", secCodes: ["CCD", "PPD"] }]);
    const { staging } = await planCsv(
      desk,
      csvOf([
        ["customerUID", "accountUID", "routingNumber"],
        ["C1", "1", "021000022"],
      ]),
    );
    const [row] = await rowsOf(staging);
    expect(row).toMatchObject({ bucket: "blocked" });
    expect(row?.problems).toContainEqual(expect.objectContaining({ code: "FZ-ROUTING-CHECKSUM", column: 2 }));
  });

  it("hands out what is chosen, with the base it was seen against and only the fields that change", async () => {
    const [first, second] = desk.add([
      { customerUid: "C1", accountUid: "1" },
      { customerUid: "C1", accountUid: "2" },
    ]);
    const { staging } = await planCsv(
      desk,
      csvOf([
        ["customerUID", "accountUID", "accountNumber", "costCenter", "reason", "authorisationRef"],
        ["C1", "1", "0099999999", "CC-7", "Annual review", "CR-9"],
        ["C1", "2", "0012345678", "CC-8", "", ""],
      ]),
    );
    const chosen = await staging.chosen(0, 10);
    expect(chosen).toEqual([
      {
        row: 2,
        accountId: first,
        risk: "high",
        authorisationRef: "CR-9",
        proposed: { accountNumber: "0099999999", reason: "Annual review" },
        base: { accountNumber: { value: "0012345678", source: "provider-read", atMs: readAtMs } },
      },
      {
        row: 3,
        accountId: second,
        risk: "low",
        authorisationRef: undefined,
        proposed: { costCenter: "CC-8" },
        base: { costCenter: { value: "CC-7", source: "provider-read", atMs: readAtMs } },
      },
    ]);
    expect(await staging.chosen(2, 10)).toHaveLength(1);
    expect(JSON.stringify(await rowsOf(staging))).not.toMatch(/0099999999|0012345678/u);
  });
});

describe("keys", () => {
  beforeEach(() => {
    desk.add([
      { customerUid: "C1", accountUid: "1", values: { accountNumber: "000111222" } },
      { customerUid: "C1", accountUid: "2", values: { accountNumber: "999111222" } },
      { customerUid: "C2", accountUid: "3", values: { accountNumber: "000333444" } },
    ]);
  });

  it("finds accounts by number, which is then no proposal, and masks it", async () => {
    const content = csvOf([
      ["Acct #", "costCenter"],
      ["000333444", "X"],
      ["333444", "Y"],
      ["000000000", "Z"],
    ]);
    const { staging, staged } = await planCsv(desk, content, {}, "account-number");
    expect(staged.columns[0]).toMatchObject({
      target: "accountNumber",
      samples: ["•••• 3444", "•••• 3444", "•••• 0000"],
    });
    expect(staged.keyChoices.map(({ kind, possible }) => [kind, possible])).toEqual([
      ["customer-and-account", false],
      ["account-number", true],
      ["last-four-and-customer", false],
    ]);
    const rows = await rowsOf(staging);
    expect(rows.map(({ bucket, accountId }) => [bucket, accountId])).toEqual([
      ["will-change", 3],
      ["blocked", undefined],
      ["not-found", undefined],
    ]);
    expect(rows[0]?.changes.map(({ field }) => field)).toEqual(["costCenter"]);
    expect(rows[1]?.problems[0]).toMatchObject({ code: "CSV-DAMAGE-ZEROS", fix: "•••• 3444" });
    expect(JSON.stringify([rows, staged, await staging.problems()])).not.toMatch(/000333444|333444\b/u);
  });

  it("finds a number that Vostro wrote after the last read", async () => {
    const key = { connectionId: desk.connectionId, customerUid: "C2", accountUid: "3" };
    desk.store.transaction((writer) =>
      saveWritten(writer, key, { accountNumber: "777000777" }, "vostro-wrote", readAtMs + 1),
    );
    const content = csvOf([
      ["accountNumber", "costCenter"],
      ["777000777", "X"],
      ["000333444", "X"],
    ]);
    const { staging } = await planCsv(desk, content, {}, "account-number");
    expect((await rowsOf(staging)).map(({ bucket }) => bucket)).toEqual(["will-change", "not-found"]);
  });

  it("finds accounts by customer and last four, and refuses to choose between two", async () => {
    const content = csvOf([
      ["customerUID", "last4", "costCenter"],
      ["C2", "3444", "X"],
      ["C1", "1222", "X"],
      ["C2", "1222", "X"],
    ]);
    const { staging } = await planCsv(desk, content, {}, "last-four-and-customer");
    const rows = await rowsOf(staging);
    expect(rows.map(({ bucket }) => bucket)).toEqual(["will-change", "blocked", "not-found"]);
    expect(rows[1]?.problems[0]?.code).toBe("CSV-SEVERAL-ACCOUNTS");
  });

  it("says what a map lacks before anything is judged", async () => {
    const staging = desk.open();
    const staged = await staging.read(
      { kind: "text", text: "customerUID,costCenter\nC1,X\n" },
      undefined,
      unwatched,
      never,
    );
    const planning = staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
    await expect(planning).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("Account UID"),
    });
  });

  it("reads amounts in cents when told so", async () => {
    const staging = desk.open();
    const text = "customerUID,accountUID,Debit cap\nC1,1,30000000\n";
    const staged = await staging.read({ kind: "text", text }, undefined, unwatched, never);
    expect(staged.columns[2]).toMatchObject({ target: "debitExposureLimit", unit: "ask" });
    const { columns, ...rest } = settingsFor(staged, desk.connectionId);
    const cents = columns.map((column) => (column.index === 2 ? { ...column, unit: "cents" as const } : column));
    await staging.plan({ ...rest, columns: cents }, unwatched, never);
    expect((await rowsOf(staging))[0]?.changes[0]?.to).toBe(30_000_000);
  });
});

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
    await expect(staging.applyFix(lost?.id ?? "", unwatched, never)).rejects.toMatchObject({ code: "input-invalid" });
    expect((await rowsOf(staging, { problemGroup: zeros?.id ?? "" })).map(({ row }) => row)).toEqual([2, 3, 5]);

    const after = await staging.applyFix(zeros?.id ?? "", unwatched, never);
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
    const found = await staging.fixCell(3, 1, "2");
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
      { accountId: blind, proposed: {}, cannot: ["accountAnalysis"] },
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
    const planned = await second.plan(settingsFor(again, desk.connectionId), unwatched, never);
    expect(planned.counts).toEqual({ "will-change": 1 });
    expect((await rowsOf(second))[0]).toMatchObject({ row: 3, cells: ["C1", "2", "2.00", "", ""] });
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
