import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  repairActor, repairPage, type AccountQuery, type RepairActor, type RepairRow,
} from "../../../src/preload/contract/index.ts";
import type { AggregatedRecord } from "../../../src/preload/contract/rules/aggregation/record.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { startBench, type Bench } from "../accounts/account-bench.ts";
import { absorb, loadedBench, record, signzyConnection } from "./aggregated-bench.ts";

let bench: Bench;
beforeEach(() => {
  bench = startBench();
});
afterEach(async () => {
  await bench.close();
});

function walk(of: Bench, act: RepairActor, limit: number): RepairRow[] {
  const rows: RepairRow[] = [];
  let cursor: string | undefined;
  do {
    const page = repairPage.parse(of.accounts.repairPage({ act, limit, ...(cursor === undefined ? {} : { cursor }) }));
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
}

/** The ids of the accounts list under these filters, page by page. */
function listed(of: Bench, query: Omit<AccountQuery, "limit" | "cursor">): { ids: number[]; matching: number } {
  const ids: number[] = [];
  let matching = 0;
  let cursor: string | undefined;
  do {
    const page = of.accounts.page({ ...query, limit: 9, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.rows.map(({ id }) => id));
    matching = page.matching;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { ids, matching };
}

/** The accounts list of one actor holds its queue, in any order and together with any other filter. */
function expectSameInList(of: Bench, act: RepairActor, queue: readonly RepairRow[]): void {
  const ids = queue.map(({ id }) => id).toSorted((a, b) => a - b);
  for (const column of ["customerName", "last4", "readAtMs"] as const) {
    const list = listed(of, { act, sort: { column, direction: "descending" } });
    expect(list.ids.toSorted((a, b) => a - b)).toEqual(ids);
    expect(list.matching).toBe(ids.length);
  }
  const sort = { column: "customerName", direction: "ascending" } as const;
  const [first] = queue;
  if (first === undefined) return;
  const ofCustomer = queue.filter(({ customerName }) => customerName.includes(first.customerName)).map(({ id }) => id);
  const found = listed(of, { act, search: first.customerName, sort }).ids;
  for (const id of ofCustomer) expect(found).toContain(id);
  expect(found.every((id) => ids.includes(id as RepairRow["id"]))).toBe(true);
  expect(listed(of, { act, fundingBasis: "prefunded", sort })).toEqual({ ids: [], matching: 0 });
  expect(listed(of, { act, connectionId: first.connectionId, sort }).matching).toBe(ids.length);
}

describe("the repair queue", () => {
  it("pages every simulated account that waits for somebody exactly once, a customer's together", async () => {
    const loaded = await loadedBench();
    try {
      const counts = loaded.bench.accounts.repairCounts();
      const queues = repairActor.options.map((act) => ({ act, rows: walk(loaded.bench, act, 7) }));
      for (const { act, rows } of queues) {
        expect(rows).toHaveLength(counts[act]);
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.every((row) => row.status.act === act)).toBe(true);
        const customers = rows.map((row) => row.customerUid);
        expect(customers).toEqual(customers.toSorted());
        expectSameInList(loaded.bench, act, rows);
      }
      const ids = queues.flatMap(({ rows }) => rows.map((row) => row.id));
      expect(new Set(ids).size).toBe(ids.length);
      const healthy = [...loaded.accounts].filter(([id]) => !ids.includes(id));
      expect(healthy.every(([, { stored }]) => stored.aggregationStatusCode === 0)).toBe(true);
      const said = JSON.stringify(queues);
      for (const { stored } of loaded.accounts.values()) expect(said).not.toContain(stored.number);
    } finally {
      await loaded.bench.close();
    }
  }, 60_000);

  it("moves an account when a read tells another state, and forgets one that is gone", () => {
    const connection = signzyConnection(bench);
    const say = (over: Partial<AggregatedRecord>) => absorb(bench, connection, record("2055", over));
    const counts = () => bench.accounts.repairCounts();
    const none = { customer: 0, operations: 0, wait: 0, provider: 0 };
    expect(counts()).toEqual(none);
    say({ statusCode: 185 });
    expect(counts()).toEqual({ ...none, customer: 1 });
    say({ statusCode: 185 });
    say({ statusCode: 913 });
    expect(counts()).toEqual({ ...none, operations: 1 });
    say({ statusCode: 777 });
    expect(counts()).toEqual({ ...none, operations: 1 });
    say({ statusCode: 0 });
    expect(counts()).toEqual(none);
    const id = say({ statusCode: 325 });
    expect(counts()).toEqual({ ...none, wait: 1 });
    bench.file.store.transaction((writer) => writer.run(sql`DELETE FROM cache_accounts WHERE id = ${id}`));
    expect(counts()).toEqual(none);
  });

  it("names the account by its last four only in what is copied for a customer", () => {
    const connection = signzyConnection(bench);
    absorb(bench, connection, record("2055", { statusCode: 103, number: "4417123456782765", name: "Card 4417123456782765" }));
    const [row] = walk(bench, "customer", 10);
    expect(row?.status.nextStep).toContain("the account ending in 2765");
    expect(row?.status.nextStep).not.toMatch(/41442|2055|101732|441712345678/u);
  });

  it("refuses a cursor that is none", () => {
    expect(() => bench.accounts.repairPage({ act: "wait", limit: 1, cursor: "no" })).toThrow(/Open it again/u);
  });
});

describe("what leaves main", () => {
  it("masks account numbers under keys that no document names, and keeps amounts and dates", () => {
    const connection = signzyConnection(bench);
    const id = absorb(
      bench,
      connection,
      record("2055", {
        number: "4417123456782765",
        type: "petInsurance",
        detail: {
          accountNumber: "4417123456782765",
          loanAwardId: "123456789S12G01234001",
          description: "Loan 4417123456782765",
          giftTotal: "12345678.90",
          vetVisitDate: "1790000000",
          availableBalanceAmount: "12345678901234.56",
        },
        positions: [{ custodyAccount: "998877665544", units: "0.12345678" }],
        other: { iban: "GB29NWBK60161331926819", nested: { number: "4417123456782765" } },
      }),
    );
    const detail = bench.accounts.detail(id);
    const said = JSON.stringify(detail);
    expect(said).not.toMatch(/441712345678|123456789S|99887766|NWBK6016/u);
    const aggregated = detail.aggregatedDetail;
    const shown = Object.fromEntries(
      (aggregated?.groups ?? []).flatMap(({ fields }) => fields.map(({ key, value }) => [key, value])),
    );
    expect(shown["accountNumber"]?.text).toBe("•••• 2765");
    expect(shown["description"]?.text).toBe("Loan ••••2765");
    expect(shown["giftTotal"]?.text).toBe("12345678.90");
    expect(shown["vetVisitDate"]?.atMs).toBe(1_790_000_000_000);
    expect(shown["availableBalanceAmount"]?.text).toBe("12,345,678,901,234.56");
    expect(aggregated).toMatchObject({ typeLabel: "Pet insurance", isTypeKnown: false });
    expect(aggregated?.positions.rows[0]?.map((value) => value?.text)).toEqual(["0.12345678", "•••• 5544"]);
  });
});
