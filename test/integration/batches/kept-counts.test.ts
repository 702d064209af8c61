import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeStates } from "@contract";
import { sql, type Writer } from "../../../src/main/database/sql.ts";
import { countChanges, countUnderWay } from "../../../src/main/features/changes/lists.ts";
import { readyChanges, setGate } from "../../../src/main/features/changes/store.ts";
import type { ConnectionId } from "@contract";
import { scratchFile } from "../../support/scratch-store.ts";

let file: ReturnType<typeof scratchFile>;
beforeAll(() => {
  file = scratchFile();
});
afterAll(() => file.dispose());

let accounts = 0;
function put(writer: Writer, batch: number | null, state: string, held: number): number {
  accounts += 1;
  return writer.run(sql`
    INSERT INTO work_changes (account_id, connection_id, customer_uid, account_uid, state, held, currency, base_json,
      proposed_json, batch_id, batch_row, queue_seq, made_by_id, made_by_name, created_at_ms, updated_at_ms)
    VALUES (${accounts}, 1, 'c', ${String(accounts)}, ${state}, ${held}, 'USD', '{}', '{}', ${batch},
      ${batch === null ? null : accounts}, ${accounts}, 1, 'Ada', 0, 0)`).lastId;
}

const counted = () =>
  file.store.read.all(sql`
    SELECT coalesce(batch_id, 0) AS batch, state, held, count(*) AS n FROM work_changes GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
const kept = () =>
  file.store.read.all(sql`
    SELECT batch_id AS batch, state, held, n FROM work_change_counts WHERE n <> 0 ORDER BY 1, 2, 3`);

describe("the counts that are kept", () => {
  it("are what a scan would count, whatever happens to changes", () => {
    const deed = fc.record({
      batch: fc.constantFrom(null, 1, 2),
      state: fc.constantFrom(...changeStates),
      held: fc.constantFrom(0, 1),
      what: fc.constantFrom("add", "move", "remove"),
      which: fc.nat(30),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        file.store.transaction((writer) => {
          for (const { batch, state, held, what, which } of deeds) {
            const row = writer.get<{ id: number }>(
              sql`SELECT id FROM work_changes ORDER BY id LIMIT 1 OFFSET ${which}`,
            );
            if (what === "add" || row === undefined) put(writer, batch, state, held);
            else if (what === "remove") writer.run(sql`DELETE FROM work_changes WHERE id = ${row.id}`);
            else writer.run(sql`UPDATE work_changes SET state = ${state}, held = ${held} WHERE id = ${row.id}`);
          }
        });
        expect(kept()).toEqual(counted());
        const all = file.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM work_changes`)?.n;
        expect(countChanges(file.store.read).all).toBe(all);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what may be sent now", () => {
  it("is not held up by a paused batch of many rows in front, and goes before a batch that runs", () => {
    const ready = () => readyChanges(file.store.read, 1 as ConnectionId, 10, 3).map(({ batchId }) => batchId ?? 0);
    file.store.transaction((writer) => {
      writer.run(sql`DELETE FROM work_changes`);
      for (let at = 0; at < 500; at += 1) put(writer, 7, "approved", 0);
      for (let at = 0; at < 2; at += 1) put(writer, 8, "approved", 0);
      setGate(writer, 7, false);
      setGate(writer, 8, true);
    });
    expect(ready()).toEqual([8, 8]);
    expect(countUnderWay(file.store.read)).toBe(2);
    file.store.transaction((writer) => {
      put(writer, null, "approved", 0);
      setGate(writer, 7, true);
    });
    expect(ready()).toEqual([0, 7, 7]);
    const steps = file.store.read.all<{ detail: string }>(sql`
      EXPLAIN QUERY PLAN SELECT * FROM work_changes AS c WHERE c.connection_id = ${1} AND c.batch_id IS ${8}
        AND c.state = 'approved' AND c.held = 0 ORDER BY c.queue_seq LIMIT ${3}`);
    expect(steps.map(({ detail }) => detail).join()).toContain("work_changes_queue (connection_id=? AND batch_id=?)");
    expect(steps.map(({ detail }) => detail).join()).not.toContain("TEMP B-TREE");
  });
});
