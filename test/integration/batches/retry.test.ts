import type { BatchDetail } from "@contract";
import { describe, expect, it } from "vitest";
import { limitsFile, updatesAt } from "../../support/batch-files.ts";
import { callBy } from "../../support/changes-room.ts";
import { carriedOut, heldBy, lawfulRooms } from "../../support/lawful-rooms.ts";

const open = lawfulRooms();

describe("sending again only what failed", () => {
  it("takes the refused, conflicting and unmade rows with their cells, and nothing that was accepted", async () => {
    const room = await open();
    const accounts = await room.accountsOf(8);
    const [refused, moved, unmade] = accounts;
    if (refused === undefined || moved === undefined || unmade === undefined) throw new Error("There are no accounts.");
    room.simulator.faults.set({
      route: "accounts.update",
      kind: "refused-400",
      times: 1,
      match: { accountUID: refused.accountUid },
    });
    const batch = await room.pasted(limitsFile(accounts));
    room.simulator.changeAccount(moved.customerUid, moved.accountUid, { creditExposureLimitMinor: 4321 });
    const draft = room.draft(unmade.id, { accountName: "In the way" });
    await room.confirm(batch);
    const first = await room.untilBatch(batch.id, "finished");
    expect(first).toMatchObject({ outcomes: { accepted: 5, refused: 1, conflict: 2 }, toSendAgain: 3 });
    room.changes.withdraw(
      { id: draft.id, revision: room.changes.detail(draft.id).revision, reason: "Done with it" },
      callBy(),
    );

    const { id } = room.batches.retry(batch.id, callBy());
    expect(() => room.batches.retry(batch.id, callBy())).toThrow("already such a batch");
    const again = await room.untilBatch(id, "compare");
    expect(again).toMatchObject({ rows: 3, source: "retry", parent: { id: batch.id, what: "retry" } });
    expect(again.counts).toEqual({ "will-change": 3 });
    const { rows } = await room.batches.rows({ id, filter: {}, offset: 0, limit: 10 });
    expect(rows.map(({ cells }) => cells[1])).toEqual([refused.accountUid, moved.accountUid, unmade.accountUid]);
    const before = updatesAt(room).length;
    await room.confirm(again);
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(3);
    expect(updatesAt(room)).toHaveLength(before + 3);
    expect(room.batches.detail(batch.id).children).toEqual([
      { id, name: again.name, what: "retry", state: "finished" },
    ]);
    expect(heldBy(room, accounts).map((held) => held?.creditExposureLimitMinor)).toEqual(
      accounts.map((_, at) => 200_025 + at * 100),
    );
  });

  it("leaves out, the second time, what a batch in between got accepted, and says when nothing is left", async () => {
    const room = await open({ connection: { canRead: false } });
    const accounts = await room.accountsOf(4);
    const [first, second, third, fourth] = accounts;
    if (!first || !second || !third || !fourth) throw new Error("There are no accounts.");
    const refuse = (account: typeof first, times: number): void => {
      const match = { accountUID: account.accountUid };
      room.simulator.faults.set({ route: "accounts.update", kind: "refused-400", times, match });
    };
    refuse(first, 3);
    refuse(second, 2);
    refuse(third, 1);
    const batch = await carriedOut(room, limitsFile(accounts));
    expect(batch.outcomes).toMatchObject({ accepted: 1, refused: 3 });
    const again = async (from: typeof batch) => {
      const { id } = room.batches.retry(from.id, callBy());
      const plan = await room.untilBatch(id, "compare");
      const { rows } = await room.batches.rows({ id, filter: {}, offset: 0, limit: 10 });
      await room.confirm(plan);
      await room.untilBatch(id, "finished");
      return { id, uids: rows.map(({ cells }) => cells[1]) };
    };
    const child = await again(batch);
    expect(child.uids).toEqual([first.accountUid, second.accountUid, third.accountUid]);
    const grandchild = await again(room.batches.detail(child.id));
    expect(grandchild.uids).toEqual([first.accountUid, second.accountUid]);
    expect(room.batches.detail(batch.id).toSendAgain).toBe(1);
    expect((await again(batch)).uids).toEqual([first.accountUid]);
    const made = room.batches.page({ limit: 200 }).rows.length;
    for (const id of [batch.id, child.id, grandchild.id]) {
      expect(room.batches.detail(id).toSendAgain).toBe(0);
      expect(() => room.batches.retry(id, callBy())).toThrow("sent again since");
    }
    expect(room.batches.page({ limit: 200 }).rows).toHaveLength(made);
  });

  it("leaves out a row whose account turned out to hold already what it proposes", async () => {
    const room = await open({ connection: { canRead: false } });
    const accounts = await room.accountsOf(2);
    const [same, refused] = accounts;
    if (!same || !refused) throw new Error("There are no accounts.");
    const batch = await room.pasted(limitsFile(accounts));
    await room.until(room.send(same.id, { creditExposureLimit: "2000.25" }), "accepted");
    const match = { accountUID: refused.accountUid };
    room.simulator.faults.set({ route: "accounts.update", kind: "refused-400", times: 1, match });
    await room.confirm(batch);
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ refused: 1, conflict: 1 });
    expect(done.toSendAgain).toBe(1);
    const { id } = room.batches.retry(batch.id, callBy());
    expect(await room.untilBatch(id, "compare")).toMatchObject({ rows: 1, counts: { "will-change": 1 } });
  });

  it("says so when there is nothing to send again", async () => {
    const room = await open({ connection: { canRead: false } });
    const done = await carriedOut(room, limitsFile(await room.accountsOf(2)));
    expect(() => room.batches.retry(done.id, callBy())).toThrow("nothing to send again");
  });

  it("leaves out the rows a person withdrew one by one, and says how many they are", async () => {
    const room = await open({ connection: { canRead: false } });
    const accounts = await room.accountsOf(4);
    const [first, second, third] = accounts;
    if (!first || !second || !third) throw new Error("There are no accounts.");
    for (const { accountUid } of [first, second, third]) {
      const match = { accountUID: accountUid };
      room.simulator.faults.set({ route: "accounts.update", kind: "refused-400", times: 2, match });
    }
    const withdraw = async (id: BatchDetail["id"], at: number): Promise<void> => {
      const { rows } = await room.batches.rows({ id, filter: {}, offset: at, limit: 1 });
      const changeId = rows[0]?.outcome?.changeId;
      if (changeId === undefined) throw new Error("The row has no change.");
      const { revision } = room.changes.detail(changeId);
      room.changes.withdraw({ id: changeId, revision, reason: "Not wanted after all" }, callBy());
    };
    const batch = await carriedOut(room, limitsFile(accounts));
    expect(batch).toMatchObject({ setAside: 0, outcomes: { accepted: 1, refused: 3 } });
    await withdraw(batch.id, 0);
    expect(room.batches.detail(batch.id)).toMatchObject({ setAside: 1, outcomes: { refused: 2, withdrawn: 1 } });

    const again = room.batches.retry(batch.id, callBy());
    const plan = await room.untilBatch(again.id, "compare");
    const { rows } = await room.batches.rows({ id: again.id, filter: {}, offset: 0, limit: 10 });
    expect(rows.map(({ cells }) => cells[1])).toEqual([second.accountUid, third.accountUid]);
    await room.confirm(plan);
    await room.untilBatch(again.id, "finished");
    await withdraw(again.id, 0);
    await withdraw(again.id, 1);
    expect(() => room.batches.retry(again.id, callBy())).toThrow("withdrawn by a person");
    expect(() => room.batches.retry(batch.id, callBy())).toThrow("withdrawn by a person");
    expect(room.batches.detail(batch.id).toSendAgain).toBe(0);
  });

  it("leaves out what another batch of the same rows got accepted, though it is not one of its own", async () => {
    const room = await open({ connection: { canRead: false } });
    const accounts = await room.accountsOf(2);
    room.simulator.faults.set({ route: "accounts.update", kind: "refused-400", times: 4 });
    const batch = await carriedOut(room, limitsFile(accounts));
    const again = async () => {
      const { id } = room.batches.retry(batch.id, callBy());
      await room.confirm(await room.untilBatch(id, "compare"));
      return await room.untilBatch(id, "finished");
    };
    const refused = await again();
    expect([refused, await again()].map(({ outcomes }) => outcomes.accepted)).toEqual([0, 2]);
    expect(() => room.batches.retry(refused.id, callBy())).toThrow("sent again since");
    expect(room.batches.detail(refused.id).toSendAgain).toBe(0);
  });

  it("waits for the rows of a stopped batch that are under way", async () => {
    const room = await open({ connection: { canRead: false, concurrency: 1 } });
    room.simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 300 });
    const batch = await room.pasted(limitsFile(await room.accountsOf(4)));
    await room.confirm(batch);
    await expect.poll(() => room.batches.detail(batch.id).outcomes.sending, { interval: 2 }).toBe(1);
    room.batches.stop(batch.id, callBy());
    expect(() => room.batches.retry(batch.id, callBy())).toThrow("still under way");
    expect(() => room.batches.undo(batch.id, callBy())).toThrow("still under way");
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs).toBeGreaterThan(0);
    const { id } = room.batches.retry(batch.id, callBy());
    const { accepted } = room.batches.detail(batch.id).outcomes;
    expect(room.batches.detail(batch.id).toSendAgain).toBe(4 - accepted);
    expect((await room.untilBatch(id, "compare")).totals.chosen).toBe(4 - accepted);
  });

  it("sends what a person asked to send once more, though its batch was stopped meanwhile", async () => {
    const room = await open({ connection: { canRead: false, concurrency: 1 } });
    const accounts = await room.accountsOf(3);
    room.simulator.faults.set({ route: "accounts.update", kind: "reset-before", times: 1 });
    room.simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 50 });
    const batch = await room.pasted(limitsFile(accounts));
    await room.confirm(batch);
    await expect.poll(() => room.batches.detail(batch.id).outcomes.unknown, { interval: 2 }).toBe(1);
    room.batches.pause(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).outcomes.sending).toBe(0);
    const { rows } = await room.batches.rows({ id: batch.id, filter: {}, offset: 0, limit: 10 });
    const changeId = rows.find(({ outcome }) => outcome?.state === "outcome-unknown")?.outcome?.changeId;
    if (changeId === undefined) throw new Error("No outcome is unknown.");
    const { revision } = room.changes.detail(changeId);
    room.changes.sendAgain({ id: changeId, revision, reason: "It is not there" }, callBy());
    room.batches.stop(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs, { timeout: 5000 }).toBeGreaterThan(0);
    expect(room.changes.detail(changeId).state).toBe("accepted");
  });

  it("takes the rows a stop left behind", async () => {
    const room = await open({ connection: { canRead: false, concurrency: 1 } });
    room.simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 20 });
    const accounts = await room.accountsOf(15);
    const batch = await room.pasted(limitsFile(accounts));
    await room.confirm(batch);
    await expect.poll(() => updatesAt(room).length, { interval: 2 }).toBeGreaterThan(3);
    room.batches.stop(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs).toBeGreaterThan(0);
    const { accepted } = room.batches.detail(batch.id).outcomes;
    const { id } = room.batches.retry(batch.id, callBy());
    const again = await room.untilBatch(id, "compare");
    expect(again.totals.chosen).toBe(15 - accepted);
    await room.confirm(again);
    await room.untilBatch(id, "finished");
    expect(updatesAt(room)).toHaveLength(15);
  });
});
