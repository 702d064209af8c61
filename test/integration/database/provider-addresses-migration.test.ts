import { expect, it } from "vitest";
import type { ConnectionId } from "@contract";
import { providerAddressesMigration } from "../../../src/main/database/migrations/0012-provider-addresses.ts";
import { sql, type Store } from "../../../src/main/database/sql.ts";
import { changeFromRow, type ChangeRowStored } from "../../../src/main/features/changes/change-record.ts";
import { anotherInFlight, findOpen, readyChanges } from "../../../src/main/features/changes/store.ts";
import { filledFile, insertChange, insertConnection, nowMs } from "./filled-file.ts";

const upgraded = filledFile(providerAddressesMigration);
type Change = readonly [connectionId: number, accountUid: string, state: string];
const urls = ["https://api.bank.example/v1", "https://API.bank.example:443/v1", "https://other.example"] as const;

/** Connections 1 and 2 to one address, 3 to another, and changes in the order given. */
function oldFile(changes: readonly Change[]): Store {
  return upgraded((writer) => {
    for (const [index, url] of urls.entries()) insertConnection(writer, index + 1, url);
    for (const [index, [connectionId, accountUid, state]] of changes.entries())
      insertChange(writer, { accountId: connectionId, connectionId, accountUid, state, queueSeq: index + 1 });
  });
}
const ready = (store: Store, id: number) =>
  readyChanges(store.read, id as ConnectionId, nowMs, 10).map((change) => Number(change.id));
const settle = (store: Store, id: number) =>
  store.transaction((writer) => writer.run(sql`UPDATE work_changes SET state = 'accepted' WHERE id = ${id}`));

it("sees one account behind two spellings of an address, and another behind another address", () => {
  const store = oldFile([
    [1, "A", "approved"],
    [2, "A", "approved"],
    [3, "A", "approved"],
  ]);
  expect([ready(store, 1), ready(store, 2), ready(store, 3)]).toEqual([[1], [], [3]]);
  const through = (id: number) => ({ connectionId: id as ConnectionId, customerUid: "C", accountUid: "A" });
  expect([1, 2, 3].map((id) => findOpen(store.read, through(id))?.id)).toEqual([2, 2, 3]);
  settle(store, 1);
  expect(ready(store, 2)).toEqual([2]);
});

it("opens a file with two changes of one account in flight; both are settled before anything else leaves", () => {
  const store = oldFile([
    [1, "A", "outcome-unknown"],
    [2, "A", "sending"],
    [2, "B", "outcome-unknown"],
    [1, "A", "approved"],
  ]);
  const third = store.read.get<ChangeRowStored>(sql`SELECT * FROM work_changes WHERE id = 4`);
  if (third === undefined) throw new Error("no change");
  const blocked = () => [ready(store, 1), anotherInFlight(store.read, changeFromRow(third))];
  expect(blocked()).toEqual([[], true]);
  settle(store, 1);
  expect(blocked()).toEqual([[], true]);
  const start = (id: number) =>
    store.transaction((writer) => writer.run(sql`UPDATE work_changes SET state = 'sending' WHERE id = ${id}`));
  settle(store, 2);
  expect(blocked()).toEqual([[4], false]);
  start(4);
  expect(() => start(2)).toThrow(/UNIQUE/u);
});

it("finds what waits by the account's index alone", () => {
  const store = oldFile([]);
  const steps = store.read.all<{ detail: string }>(sql`
    EXPLAIN QUERY PLAN SELECT * FROM work_changes AS c
    WHERE c.connection_id = ${1} AND c.batch_id IS ${null} AND c.state = 'approved' AND c.held = 0
      AND NOT EXISTS (SELECT 1 FROM work_changes AS o WHERE o.address_id = c.address_id
        AND o.customer_uid = c.customer_uid AND o.account_uid = c.account_uid AND o.id <> c.id
        AND (o.state IN ('sending', 'outcome-unknown') OR (o.state = 'approved' AND o.queue_seq < c.queue_seq)))
    ORDER BY c.queue_seq LIMIT 10`);
  const plan = steps.map(({ detail }) => detail).join("\n");
  expect(plan).toContain("work_changes_queue (connection_id=? AND batch_id=?)");
  expect(plan).toContain("work_changes_account (address_id=? AND customer_uid=? AND account_uid=?)");
  expect(plan).not.toContain("SCAN");
});
