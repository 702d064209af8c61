import { describe, expect, it } from "vitest";
import { applicationsAt, limitsFile, updatesAt } from "../../support/batch-files.ts";
import type { BatchesRoom, BatchesRoomOptions } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { lawfulRooms } from "../../support/lawful-rooms.ts";
import type { FaultSpec } from "../../../src/main/training/finzly/index.ts";

const open = lawfulRooms();

const blind = { canRead: false, concurrency: 4, busyRetries: 4 } as const;
const update = "accounts.update";
/**
 * More requests than can go between one that was refused and the same one after a fresh sign-in: a fault that strikes
 * less often never meets both, which would rightly read as refused credentials.
 */
const overtaking = 2 * blind.concurrency + 2;

async function run(room: BatchesRoom, rows: number, faults: readonly FaultSpec[]) {
  const batch = await room.pasted(limitsFile(await room.accountsOf(rows)));
  for (const fault of faults) room.simulator.faults.set(fault);
  await room.confirm(batch);
  return batch.id;
}

describe("bad weather in the middle of a run", () => {
  it.each<[string, BatchesRoomOptions["connection"], FaultSpec[]]>([
    ["a storm of 429", blind, [{ route: update, kind: "too-many-requests", every: 3, times: 12, retryAfter: 0 }]],
    ["a window of 503", blind, [{ route: update, kind: "unavailable", times: 6, retryAfter: 0 }]],
    ["tokens that expire", blind, [{ route: update, kind: "unauthorized", every: overtaking + 1, times: 5 }]],
    [
      "all of it, reading before each",
      { canRead: true, busyRetries: 6 },
      [
        { route: update, kind: "too-many-requests", every: 5, times: 4, retryAfter: 0 },
        { route: update, kind: "unavailable", every: 6, times: 4, retryAfter: 0 },
        { route: update, kind: "unauthorized", every: 2 * overtaking + 1, times: 3 },
      ],
    ],
  ])("%s slows it down and neither loses nor doubles a row", async (_name, connection, faults) => {
    const room = await open({ connection: { ...connection } });
    const id = await run(room, 40, faults);
    const done = await room.untilBatch(id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 40, left: 0 });
    expect(applicationsAt(room)).toEqual(Array.from({ length: 40 }, () => 1));
    expect(updatesAt(room).length).toBeGreaterThan(40);
  });

  it("goes on after all tokens became invalid at once", async () => {
    const room = await open({ connection: { ...blind } });
    room.simulator.faults.set({ route: update, kind: "latency", times: "always", delayMs: 15 });
    const id = await run(room, 40, []);
    await expect.poll(() => updatesAt(room).length, { interval: 2 }).toBeGreaterThan(10);
    room.simulator.expireTokens();
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(40);
    expect(applicationsAt(room)).toEqual(Array.from({ length: 40 }, () => 1));
  });

  it("pauses by itself, with the reason, when the provider stays away; resuming sends the rest", async () => {
    const room = await open({ connection: { ...blind, busyRetries: 1 } });
    const fault = { route: update, kind: "unavailable", times: "always", retryAfter: 0 } as const;
    const id = await run(room, 40, [fault]);
    const paused = await room.untilBatch(id, "paused");
    expect(paused.message).toMatch(/cannot take changes now.*until you resume/su);
    expect(paused.outcomes.left + paused.outcomes.sending).toBe(40);
    expect(updatesAt(room).length).toBeLessThan(20);
    room.simulator.faults.clear();
    room.batches.resume(id, callBy());
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(40);
    expect(applicationsAt(room)).toEqual(Array.from({ length: 40 }, () => 1));
  });

  it("pauses after a few unclear answers in a row instead of leaving every row in doubt", async () => {
    const room = await open({ connection: { ...blind, concurrency: 2 } });
    const id = await run(room, 40, [{ route: update, kind: "reset-after", times: "always" }]);
    const paused = await room.untilBatch(id, "paused");
    expect(paused.message).toMatch(/^5 changes in a row got no clear answer/u);
    await expect.poll(() => room.batches.detail(id).outcomes.sending).toBe(0);
    const { outcomes } = room.batches.detail(id);
    expect(outcomes.unknown).toBeLessThanOrEqual(7);
    expect(outcomes.unknown + outcomes.left).toBe(40);
    room.simulator.faults.clear();
    room.batches.resume(id, callBy());
    const done = await room.untilBatch(id, "finished");
    expect(done.outcomes.accepted).toBe(40 - outcomes.unknown);
    expect(new Set(applicationsAt(room))).toEqual(new Set([1]));
  });

  it("pauses when the sign-in is refused, and is not resumed before that is put right", async () => {
    const room = await open({ connection: { ...blind } });
    const id = await run(room, 10, [{ route: "any-api", kind: "unauthorized", times: "always" }]);
    await room.untilBatch(id, "paused");
    expect(() => room.batches.resume(id, callBy())).toThrow("did not accept our sign-in");
    room.simulator.faults.clear();
    await room.connections.test(room.connection.id, callBy());
    room.batches.resume(id, callBy());
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(10);
  });

  it("finds an account that moved meanwhile: Conflict, not sent; the others go", async () => {
    const room = await open({ connection: { canRead: true } });
    const accounts = await room.accountsOf(6);
    const batch = await room.pasted(limitsFile(accounts));
    const [moved] = accounts;
    if (moved === undefined) throw new Error("There is no account.");
    room.simulator.changeAccount(moved.customerUid, moved.accountUid, { creditExposureLimitMinor: 123 });
    await room.confirm(batch);
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 5, conflict: 1 });
    expect(updatesAt(room)).toHaveLength(5);
  });
});

describe("a row that alone is turned away again and again", () => {
  it("does not stop the others; the batch then pauses for it", async () => {
    const room = await open({ connection: { ...blind, busyRetries: 1 } });
    const accounts = await room.accountsOf(12);
    const [poor] = accounts;
    if (poor === undefined) throw new Error("There is no account.");
    const { accountUid } = poor;
    const batch = await room.pasted(limitsFile(accounts));
    room.simulator.faults.set({
      route: update,
      kind: "unavailable",
      times: "always",
      retryAfter: 0,
      match: { accountUID: accountUid },
    });
    await room.confirm(batch);
    await expect.poll(() => room.batches.detail(batch.id).outcomes.accepted, { timeout: 15_000 }).toBe(11);
    const paused = await room.untilBatch(batch.id, "paused");
    expect(paused.message).toContain("1 row waits");
    room.simulator.faults.clear();
    room.batches.resume(batch.id, callBy());
    expect((await room.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(12);
  });
});
