import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionId } from "../../../src/preload/contract/index.ts";
import { quietConnection, readAccount, startBench, type Bench } from "./account-bench.ts";

let bench: Bench;
let connection: ConnectionId;

const sort = { column: "accountName", direction: "ascending" } as const;
const found = (search: string) => bench.accounts.page({ sort, search, limit: 200 });
const uidsOf = (search: string): string[] => found(search).rows.map((row) => row.accountUid);

beforeAll(() => {
  bench = startBench();
  connection = quietConnection(bench);
  const put = (accountUid: string, over: Parameters<typeof readAccount>[1], customerName?: string): void => {
    bench.file.store.transaction((writer) => {
      const { id } = bench.accounts.absorbRead(writer, connection, readAccount(accountUid, over), 1000);
      if (customerName !== undefined) {
        const raw = `UPDATE cache_accounts SET customer_name = ? WHERE id = ?`;
        writer.run({ text: raw, values: [customerName, id] });
      }
    });
  };
  put("2156", {
    customerUid: "100482",
    accountName: "Payroll Clearing",
    last4: "4444",
    known: { achCompanyId: "1823273909" },
  });
  put("77001", { customerUid: "C-88_x", accountName: 'O"Neill & 50% off_', last4: "0193" });
  put("77002", { customerUid: "7", accountName: "ÜBERWEISUNG <script>alert(1)</script>", last4: "X9" });
});
afterAll(() => bench.close());

describe("search", () => {
  it.each([
    ["part of the account name", "roll cle", ["2156"]],
    ["another case", "PAYROLL", ["2156"]],
    ["last four", "4444", ["2156"]],
    ["last four as shown", "•••• 4444", ["2156"]],
    ["customer UID", "100482", ["2156"]],
    ["customer UID, other case", "c-88_X", ["77001"]],
    ["account UID", "7700", ["77001", "77002"]],
    ["company id", "1823273909", ["2156"]],
    ["company id, begun", "18", ["2156"]],
    ["two letters of a name's beginning", "pa", ["2156"]],
    ["two letters inside a name", "ea", []],
    ["several words, in any order", "clearing 2156", ["2156"]],
    ["a long and a short word", "clearing pa", ["2156"]],
    ["words that no account has together", "payroll 77001", []],
    ["quotes and signs of patterns", '"neill', ["77001"]],
    ["a per cent sign", "50%", ["77001"]],
    ["markup", "<script>", ["77002"]],
    ["a name in another alphabet's case", "überweisung", ["77002"]],
    ["nothing of the kind", "zzzz", []],
  ])("by %s", (_what, search, expected) => {
    expect(uidsOf(search).toSorted()).toEqual(expected);
    expect(found(search).matching).toBe(expected.length);
  });

  it.each(['"', "* OR", "AND", "NOT x", "{a}:b", "^a", "(", "\u0000", "a".repeat(100), "😀😀😀"])(
    "takes %o as text",
    (search) => {
      expect(() => found(search)).not.toThrow();
    },
  );

  it("follows what changes: a renamed account is found by its new name only", () => {
    bench.file.store.transaction((writer) => {
      bench.accounts.absorbRead(
        writer,
        connection,
        readAccount("9001", { accountName: "Before", known: { accountName: "Before" } }),
        1,
      );
      bench.accounts.absorbRead(
        writer,
        connection,
        readAccount("9001", { accountName: "Afterwards", known: { accountName: "Afterwards" } }),
        2,
      );
    });
    expect(uidsOf("before")).toEqual([]);
    expect(uidsOf("afterwards")).toEqual(["9001"]);
  });
});

describe("search where thousands match", () => {
  beforeAll(() => {
    bench.file.store.transaction((writer) => {
      for (let n = 0; n < 5200; n += 1) {
        const account = readAccount(`5${String(n).padStart(5, "0")}`, {
          accountName: `Treasury sweep ${n % 50}`,
          ledgerMinor: n,
        });
        bench.accounts.absorbRead(writer, connection, account, 5);
      }
    });
  });

  it.each(["treasury", "tr"])("by %o still gives each exactly once and says that it stopped counting", (search) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const order = { column: "ledgerMinor", direction: "descending" } as const;
      const page = bench.accounts.page({
        sort: order,
        search,
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(page).toMatchObject({ matching: 2000, matchingIsLeast: true });
      seen.push(...page.rows.map((row) => row.accountUid));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5200);
    expect(new Set(seen).size).toBe(5200);
    expect(seen[0]).toBe("505199");
  });

  it.each(["treasury 1", "tr sw", "sweep 10 tr", "50 sweep 17"])("by several words %o finds what holds them all", (search) => {
    const words = search.split(" ");
    const holds = (name: string): boolean =>
      words.every((word) => {
        if (word.length > 2) return name.includes(word);
        return name.split("\n").some((part) => part.startsWith(word));
      });
    const expected = Array.from({ length: 5200 }, (_, n) => n).filter((n) => {
      const uid = `5${String(n).padStart(5, "0")}`;
      return holds([`treasury sweep ${n % 50}`, uid, "100482"].join("\n"));
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const order = { column: "ledgerMinor", direction: "ascending" } as const;
      const from = cursor === undefined ? {} : { cursor };
      const page = bench.accounts.page({ sort: order, search, limit: 200, ...from });
      seen.push(...page.rows.map((row) => row.accountUid));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(expected.map((n) => `5${String(n).padStart(5, "0")}`));
  });

  it("a filter beside it is exact", () => {
    const page = bench.accounts.page({ sort, search: "sweep 17", status: "Closed", limit: 10 });
    expect(page).toMatchObject({ rows: [], matching: 0 });
  });
});
