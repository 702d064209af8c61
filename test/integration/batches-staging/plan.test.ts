import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sql } from "../../../src/main/database/sql.ts";
import { saveWritten } from "../../../src/main/features/accounts/store.ts";
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
    expect(rows[2]?.problems[0]?.message).toMatch(/No account with this number .* use another key/u);
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
