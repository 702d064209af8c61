import { expect, it } from "vitest";
import { repairQueueMigration } from "../../../src/main/database/migrations/0009-repair-queue.ts";
import { sql, type Store } from "../../../src/main/database/sql.ts";
import { repairCountsOf } from "../../../src/main/features/accounts/repair-queue.ts";
import { filledFile, insertAccount, insertConnection } from "./filled-file.ts";

const upgraded = filledFile(repairQueueMigration);
const acts = ["customer", "customer", "operations", "nobody", "wait"] as const;

/** Five accounts that wait for whom `acts` says. */
function filled(): Store {
  return upgraded((writer) => {
    insertConnection(writer, 1, "https://api.finicity.example", "finicity");
    for (const [index, act] of acts.entries()) {
      insertAccount(writer, index + 1);
      writer.run(sql`
        INSERT INTO cache_aggregated (account_id, customer_uid, type, act, record_json)
        VALUES (${index + 1}, 'C', 'checking', ${act}, '{}')`);
    }
  });
}

it("counts the accounts that a file of before holds, by who must act", () => {
  expect(repairCountsOf(filled().read)).toEqual({ customer: 2, operations: 1, wait: 1, provider: 0 });
});

it("keeps the counts right from then on: moved, deleted, added", () => {
  const store = filled();
  store.transaction((writer) => {
    writer.run(sql`UPDATE cache_aggregated SET act = 'provider' WHERE account_id = 1`);
    writer.run(sql`UPDATE cache_aggregated SET act = 'customer' WHERE account_id = 2`);
    writer.run(sql`DELETE FROM cache_accounts WHERE id = 3`);
    insertAccount(writer, 9);
    writer.run(sql`
      INSERT INTO cache_aggregated (account_id, customer_uid, type, act, record_json)
      VALUES (9, 'C', 'checking', 'wait', '{}')`);
  });
  expect(repairCountsOf(store.read)).toEqual({ customer: 1, operations: 0, wait: 2, provider: 1 });
});

it("finds a page of the queue by its own index", () => {
  const plan = filled()
    .read.all<{ detail: string }>(sql`
      EXPLAIN QUERY PLAN SELECT account_id FROM cache_aggregated WHERE act = ${"customer"}
        AND (customer_uid, account_id) > (${""}, ${0}) ORDER BY customer_uid, account_id LIMIT 10`)
    .map(({ detail }) => detail)
    .join("\n");
  expect(plan).toContain("cache_aggregated_repair");
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/u);
});
