import { afterEach, beforeEach, expect, it } from "vitest";
import type { BatchId, ChangeId } from "@contract";
import { startFinzlySimulator, type FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import { applicationsAt, limitsFile, updatesAt } from "../../support/batch-files.ts";
import { openBatchesRoom, type BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";
import { scratchFile } from "../../support/scratch-store.ts";

const opened: { dispose: () => unknown }[] = [];
let file: ReturnType<typeof scratchFile>;
let simulator: FinzlySimulator;

beforeEach(async () => {
  file = scratchFile();
  simulator = await startFinzlySimulator();
  opened.push(file, { dispose: () => simulator.close() });
});

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.dispose();
});

const rows = 60;

/** How many transactions the process still lives. */
interface Life {
  left: number;
}

async function open(before?: BatchesRoom, life: Life = { left: Number.POSITIVE_INFINITY }): Promise<BatchesRoom> {
  return await openBatchesRoom({
    file,
    simulator,
    connection: { canRead: false, concurrency: 1, busyRetries: 0 },
    ...(before === undefined ? {} : { staged: before.staged }),
    wrapStore: (store) => ({
      ...store,
      transaction: (work) => {
        if (life.left <= 0) throw new Error("The process is gone.");
        life.left -= 1;
        return store.transaction(work);
      },
    }),
  });
}

interface Stopped {
  readonly life: Life;
  readonly first: BatchesRoom;
  readonly id: BatchId;
  readonly changeId: ChangeId;
}

/** A batch of which one row was unclear and is sent once more, paused with rows left. */
async function withResend(): Promise<Stopped> {
  const life = { left: Number.POSITIVE_INFINITY };
  const first = await open(undefined, life);
  const accounts = await first.accountsOf(rows);
  simulator.faults.set({ route: "accounts.update", kind: "reset-before", times: 1 });
  simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 20 });
  const { id } = await first.pasted(limitsFile(accounts));
  await first.confirm(first.batches.detail(id));
  await expect.poll(() => first.batches.detail(id).outcomes.unknown, { interval: 2 }).toBe(1);
  first.batches.pause(id, callBy());
  await expect.poll(() => first.batches.detail(id).outcomes.sending).toBe(0);
  const found = await first.batches.rows({ id, filter: {}, offset: 0, limit: 200 });
  const changeId = found.rows.find(({ outcome }) => outcome?.state === "outcome-unknown")?.outcome?.changeId;
  if (changeId === undefined) throw new Error("No outcome is unknown.");
  const { revision } = first.changes.detail(changeId);
  first.changes.sendAgain({ id: changeId, revision, reason: "It is not there" }, callBy());
  return { first, life, id, changeId };
}

/** Nothing lost, nothing doubled, the batch at its end. */
async function endsWell(room: BatchesRoom, { id, changeId }: Stopped, states: readonly string[]): Promise<void> {
  await expect.poll(() => room.batches.detail(id).finishedAtMs, { timeout: 20_000 }).toBeGreaterThan(0);
  const { outcomes } = room.batches.detail(id);
  expect(states).toContain(room.changes.detail(changeId).state);
  expect(outcomes).toMatchObject({ left: 0, sending: 0, waiting: 0, refused: 0, conflict: 0 });
  expect(outcomes.accepted + outcomes.unknown + outcomes.withdrawn).toBe(rows);
  expect(outcomes.withdrawn).toBeGreaterThan(0);
  expect(applicationsAt(room).every((times) => times === 1)).toBe(true);
  await expect.poll(() => brokenLaws(room)).toEqual([]);
}

it("is sent after an orderly end that came before its stopped batch was emptied", async () => {
  const stopped = await withResend();
  const { first, id } = stopped;
  const before = updatesAt(first).length;
  first.batches.stop(id, callBy());
  await first.stopServices(0);
  expect(updatesAt(first)).toHaveLength(before);
  const room = await open(first);
  opened.push(room);
  await endsWell(room, stopped, ["accepted"]);
  expect(updatesAt(room)).toHaveLength(before + 1);
});

it.each([1, 2, 3, 4])("is sent after a death %s transactions into the stopping", async (after) => {
  const stopped = await withResend();
  const { first, life, id } = stopped;
  life.left = after;
  first.batches.stop(id, callBy());
  await expect.poll(() => life.left).toBe(0);
  await first.changes.stop(0);
  const room = await open(first);
  opened.push(room);
  expect(room.batches.detail(id).state).toBe("stopped");
  await endsWell(room, stopped, ["accepted", "outcome-unknown"]);
});

it("is of unknown outcome after a death while it was under way, and its batch ends", async () => {
  const stopped = await withResend();
  const { first, life, id, changeId } = stopped;
  simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 500 });
  const before = updatesAt(first).length;
  first.batches.stop(id, callBy());
  await expect.poll(() => updatesAt(first).length, { interval: 2 }).toBe(before + 1);
  expect(first.changes.detail(changeId).state).toBe("sending");
  life.left = 0;
  await first.changes.stop(0);
  const room = await open(first);
  opened.push(room);
  await endsWell(room, stopped, ["outcome-unknown"]);
  expect(updatesAt(room)).toHaveLength(before + 1);
});

it("waits for a person where the provider said “not now” too often, also after a restart, and its batch then ends", async () => {
  const stopped = await withResend();
  const { first, id, changeId } = stopped;
  simulator.faults.set({ route: "accounts.update", kind: "too-many-requests", times: 1, retryAfter: 0 });
  const heldIn = (room: BatchesRoom) => room.changes.counts(room.store.read).attention;
  const before = updatesAt(first).length;
  first.batches.stop(id, callBy());
  await expect.poll(() => updatesAt(first).length, { interval: 2 }).toBe(before + 1);
  await expect.poll(() => heldIn(first)).toBe(1);
  await first.stopServices(0);
  const room = await open(first);
  opened.push(room);
  await expect.poll(() => room.batches.detail(id).outcomes.left).toBe(1);
  expect(room.batches.detail(id).finishedAtMs).toBeUndefined();
  expect([heldIn(room), updatesAt(room).length]).toEqual([1, before + 1]);
  room.changes.send({ id: changeId, revision: room.changes.detail(changeId).revision }, callBy());
  await endsWell(room, stopped, ["accepted"]);
});
