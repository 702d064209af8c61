import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountSortColumns,
  type AccountQuery,
  type AccountRow,
  type ConnectionId,
} from "../../../src/preload/contract/index.ts";
import { quietConnection, readAccount, startBench, type Bench } from "./account-bench.ts";

type Query = Omit<AccountQuery, "limit" | "cursor">;

let bench: Bench;
let connection: ConnectionId;
let other: ConnectionId;

const names = [
  "Zebra",
  "alpha",
  "Alpha",
  "",
  "Ümlaut AG",
  "<script>",
  "=1+1",
  "A".repeat(180),
  "A".repeat(180),
  "漢".repeat(150),
  "漢".repeat(150),
];
const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length];

beforeAll(() => {
  bench = startBench();
  connection = quietConnection(bench);
  other = quietConnection(bench, "Other");
  bench.file.store.transaction((writer) => {
    for (let n = 0; n < 230; n += 1) {
      const limit = pick([undefined, 0, 500, 500, 99_999_999_999], n);
      const account = readAccount(String(1000 + n), {
        customerUid: String(pick([7, 8, 9], n)),
        accountName: pick(names, n),
        status: pick(["Active", "Active", "Suspended", undefined, "Closed"], n),
        ledgerMinor: pick([undefined, -500, 0, 12_345, 12_345, Number.MAX_SAFE_INTEGER], n),
        ...(n % 7 === 0 ? {} : { last4: String(n % 40).padStart(4, "0") }),
        known: {
          currency: "USD",
          ...(n % 3 === 0 ? {} : { accountSubType: pick(["Checking", "Savings"], n) ?? "" }),
          ...(limit === undefined ? {} : { debitExposureLimit: limit, creditExposureLimit: limit }),
          ...(n % 4 === 0 ? { isUnderWritten: true } : {}),
        },
      });
      bench.accounts.absorbRead(writer, n % 5 === 0 ? other : connection, account, 1000 + (n % 11));
    }
  });
});
afterAll(() => bench.close());

function walkAll(query: Query, limit: number): { rows: AccountRow[]; matching: number; total: number } {
  const rows: AccountRow[] = [];
  let cursor: string | undefined;
  for (let pages = 0; ; pages += 1) {
    const page = bench.accounts.page({ ...query, limit, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...(page.rows as AccountRow[]));
    if (page.nextCursor === undefined) return { rows, matching: page.matching, total: page.total };
    expect(page.rows).toHaveLength(limit);
    expect(page.nextCursor.length).toBeLessThanOrEqual(400);
    cursor = page.nextCursor;
    if (pages > 500) throw new Error("The pages do not end.");
  }
}

const sorts = fc.record({
  column: fc.constantFrom(...accountSortColumns),
  direction: fc.constantFrom("ascending" as const, "descending" as const),
});
const queries: fc.Arbitrary<Query> = fc.record(
  {
    sort: sorts,
    search: fc.constantFrom("account", "alpha", "10", "a", "000", "1001", "zebra", "nobody", "漢漢漢"),
    status: fc.constantFrom("Active", "Suspended"),
    fundingBasis: fc.constantFrom("underwritten" as const, "unknown" as const),
    connectionId: fc.constantFrom(1 as ConnectionId, 2 as ConnectionId),
  },
  { requiredKeys: ["sort"] },
);

describe("the accounts list in pages", () => {
  it("gives every matching account exactly once, whatever the order, filter, search and page size", () => {
    fc.assert(
      fc.property(queries, fc.integer({ min: 1, max: 200 }), (query, limit) => {
        const small = walkAll(query, limit);
        const large = walkAll(query, 200);
        const ids = small.rows.map((row) => row.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(large.rows.map((row) => row.id));
        expect(small.matching).toBe(ids.length);
        expect(small.total).toBe(230);
      }),
      { numRuns: 150 },
    );
  });

  it("leaves out as many rows as asked after any row, and goes on from there", () => {
    const some = (max: number) => fc.integer({ min: 1, max });
    const places = fc.record({ from: fc.nat(220), skip: some(240), limit: some(60) });
    fc.assert(
      fc.property(queries, places, (query, { from, skip, limit }) => {
        const all = walkAll(query, 200).rows.map((row) => row.id);
        const cursor = from === 0 ? undefined : bench.accounts.page({ ...query, skip: from, limit: 1 }).nextCursor;
        if (from > 0 && cursor === undefined) return;
        const at = from === 0 ? 0 : from + 1;
        const page = bench.accounts.page({ ...query, skip, limit, ...(cursor === undefined ? {} : { cursor }) });
        expect(page.rows.map((row) => row.id)).toEqual(all.slice(at + skip, at + skip + limit));
        expect(page.nextCursor === undefined).toBe(at + skip + limit >= all.length);
        expect(page.matching).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });

  it("shows everything when nothing is asked", () => {
    const query: Query = { sort: { column: "customerName", direction: "ascending" } };
    expect(walkAll(query, 33).rows).toHaveLength(230);
  });

  it.each([...accountSortColumns])("is in order by %s both ways, the unknown ones at the low end", (column) => {
    const value = (row: AccountRow): string | number => {
      const found = row[column];
      if (typeof found === "string") return found.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
      return (
        found ?? (["ledgerMinor", "debitLimitMinor", "creditLimitMinor", "readAtMs"].includes(column) ? -Infinity : "")
      );
    };
    const up = walkAll({ sort: { column, direction: "ascending" } }, 50).rows;
    const down = walkAll({ sort: { column, direction: "descending" } }, 50).rows;
    expect(down.map((row) => row.id)).toEqual(up.map((row) => row.id).toReversed());
    const values = up.map(value);
    const sorted = values.toSorted((a, b) =>
      typeof a === "number" && typeof b === "number"
        ? a === b
          ? 0
          : a - b
        : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))),
    );
    expect(values).toEqual(sorted);
  });

  it("filters are exact", () => {
    const sort = { column: "accountName", direction: "ascending" } as const;
    expect(walkAll({ sort, status: "Suspended" }, 40).rows.every((row) => row.status === "Suspended")).toBe(true);
    expect(walkAll({ sort, status: "Suspended" }, 40).rows).toHaveLength(46);
    expect(walkAll({ sort, fundingBasis: "underwritten" }, 40).rows).toHaveLength(58);
    expect(walkAll({ sort, connectionId: other }, 40).rows).toHaveLength(46);
  });

  it("finds the accounts with an open change, and those without", () => {
    const sort = { column: "ledgerMinor", direction: "descending" } as const;
    const some = walkAll({ sort }, 200).rows.filter((_row, index) => index % 9 === 0);
    for (const row of some) bench.open.set(row.id, { id: 1, kind: "update", state: "draft", fields: ["secCodes"] });
    const having = walkAll({ sort, withChange: true }, 7);
    expect(having.rows.map((row) => row.id)).toEqual(some.map((row) => row.id));
    expect(having.rows.every((row) => row.change?.state === "draft")).toBe(true);
    expect(having.matching).toBe(some.length);
    const without = walkAll({ sort, withChange: false, status: "Active" }, 50);
    expect(without.matching).toBe(without.rows.length);
    expect(without.rows.some((row) => bench.open.has(row.id))).toBe(false);
    bench.open.clear();
  });

  it.each(["", "x", "bm90IGpzb24", Buffer.from('["status","ascending",1,"x"]').toString("base64url")])(
    "refuses the cursor %o, which is not of this order",
    (cursor) => {
      const sort = { column: "accountName", direction: "ascending" } as const;
      expect(() => bench.accounts.page({ sort, limit: 10, cursor })).toThrow(/moved on/u);
    },
  );
});
