import { afterEach, describe, expect, it } from "vitest";
import { applicationsAt, limitsFile, updatesAt } from "../../support/batch-files.ts";
import { openBatchesRoom, type BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../../src/main/training/finzly/index.ts";

const opened: { dispose: () => unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.dispose();
});

async function workspace(): Promise<{ file: ReturnType<typeof scratchFile>; simulator: FinzlySimulator }> {
  const file = scratchFile();
  const simulator = await startFinzlySimulator();
  opened.push(file, { dispose: () => simulator.close() });
  return { file, simulator };
}

const connection = { canRead: false, requestsPerSecond: 10_000 } as const;

async function confirmed(room: BatchesRoom, rows: number) {
  const batch = await room.pasted(limitsFile(await room.accountsOf(rows)));
  expect(batch.totals.chosen).toBe(rows);
  return batch;
}

describe("making the changes of a plan", () => {
  it.each([1, 3, 6, 9])("makes every row exactly once when the app dies after %s more transactions", async (after) => {
    const { file, simulator } = await workspace();
    const life = { left: Number.POSITIVE_INFINITY };
    const first = await openBatchesRoom({
      file,
      simulator,
      connection,
      wrapStore: (store) => ({
        ...store,
        transaction: (work) => {
          if (life.left <= 0) throw new Error("The process is gone.");
          life.left -= 1;
          return store.transaction(work);
        },
      }),
    });
    const batch = await confirmed(first, 230);
    life.left = after + 1;
    await first.confirm(batch);
    await expect.poll(() => life.left).toBe(0);
    await first.changes.stop(0);
    const sentBefore = updatesAt(first).length;

    const second = await openBatchesRoom({ file, simulator, connection, staged: first.staged });
    opened.push(second);
    const found = second.batches.detail(batch.id);
    expect(found.state).toBe("paused");
    expect(found.outcomes.left + found.outcomes.unknown + found.outcomes.accepted).toBe(230);
    expect(updatesAt(second)).toHaveLength(sentBefore);
    second.batches.resume(batch.id, callBy());
    const done = await second.untilBatch(batch.id, "finished");
    expect(done.outcomes.left).toBe(0);
    expect(done.outcomes.accepted + done.outcomes.unknown).toBe(230);
    expect(done.outcomes.unknown).toBe(found.outcomes.unknown);
    expect(new Set(applicationsAt(second))).toEqual(new Set([1]));
    expect(second.changes.counts(second.store.read).all).toBe(230);
    expect(second.staged.noted(batch.id).size).toBe(230);
    const { rows } = await second.batches.rows({ id: batch.id, filter: {}, offset: 0, limit: 200 });
    expect(rows.every(({ outcome, row }) => String(outcome?.changeId) === second.staged.noted(batch.id).get(row))).toBe(
      true,
    );
    expect(brokenLaws(second)).toEqual([]);
  });

  it("is found paused with exact numbers after an end in the middle of sending, and goes on by a click", async () => {
    const { file, simulator } = await workspace();
    const first = await openBatchesRoom({ file, simulator, connection });
    simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 20 });
    const batch = await confirmed(first, 80);
    await first.confirm(batch);
    await expect.poll(() => updatesAt(first).length, { interval: 2 }).toBeGreaterThan(15);
    await first.stopServices(2000);
    const accepted = applicationsAt(first).length;

    const second = await openBatchesRoom({ file, simulator, connection, staged: first.staged });
    opened.push(second);
    const found = second.batches.detail(batch.id);
    expect(found).toMatchObject({ state: "paused", message: expect.stringContaining("closed") });
    expect(found.outcomes).toMatchObject({ accepted, left: 80 - accepted, sending: 0 });
    expect(updatesAt(second)).toHaveLength(accepted);
    second.batches.resume(batch.id, callBy());
    expect((await second.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(80);
    expect(applicationsAt(second)).toEqual(Array.from({ length: 80 }, () => 1));
    expect(brokenLaws(second)).toEqual([]);
  });

  it("pauses in the middle and goes on from there", async () => {
    const room = await openBatchesRoom({ connection });
    opened.push(room);
    const batch = await confirmed(room, 400);
    await room.confirm(batch);
    await expect.poll(() => room.batches.detail(batch.id).outcomes.left, { interval: 1 }).toBe(400);
    room.batches.pause(batch.id, callBy());
    const paused = room.batches.detail(batch.id);
    expect(paused.state).toBe("paused");
    expect(paused.outcomes.left).toBe(400);
    await expect.poll(() => room.batches.underWay()).toEqual([]);
    expect(updatesAt(room)).toHaveLength(0);
    room.batches.resume(batch.id, callBy());
    expect((await room.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(400);
    expect(applicationsAt(room)).toEqual(Array.from({ length: 400 }, () => 1));
  });

  it("pauses with the reason when the disk is full, loses nothing, and goes on once there is room", async () => {
    const { file, simulator } = await workspace();
    const room = await openBatchesRoom({ file, simulator, connection });
    opened.push(room);
    const batch = await confirmed(room, 300);
    await room.confirm(batch);
    file.limitPages(1);
    const paused = await room.untilBatch(batch.id, "paused");
    expect(paused.message).toContain("disk is full");
    expect(paused.outcomes.left).toBe(300);
    file.limitPages(1_000_000);
    room.batches.resume(batch.id, callBy());
    expect((await room.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(300);
  });

  it("lets other work go on between its steps", async () => {
    const room = await openBatchesRoom({ connection });
    opened.push(room);
    const batch = await confirmed(room, 300);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (room.batches.detail(batch.id).state === "making") setImmediate(count);
    };
    await room.confirm(batch);
    setImmediate(count);
    await room.untilBatch(batch.id, "sending", "finished");
    expect(turns).toBeGreaterThan(3);
  });
});
