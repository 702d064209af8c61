import type { BatchId } from "@contract";
import { describe, expect, it } from "vitest";
import { limitsFile } from "../../support/batch-files.ts";
import type { BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { carriedOut, lawfulRooms } from "../../support/lawful-rooms.ts";

const open = lawfulRooms();

async function comparedAgain(room: BatchesRoom, id: BatchId) {
  room.batches.check({ id, revision: room.batches.detail(id).revision }, callBy());
  return await room.untilBatch(id, "compare");
}

type Account = Awaited<ReturnType<BatchesRoom["accountsOf"]>>[number];

async function moved(room: BatchesRoom, account: Account, creditExposureLimitMinor: number): Promise<void> {
  room.simulator.changeAccount(account.customerUid, account.accountUid, { creditExposureLimitMinor });
  await room.accounts.readAgain(account.id, callBy());
}

describe("a batch at Compare", () => {
  it("says when values moved since, by a read or by Vostro, and no longer once compared again; ticks stay", async () => {
    const room = await open();
    const accounts = await room.accountsOf(3);
    const [first, second] = accounts;
    if (first === undefined || second === undefined) throw new Error("There are no accounts.");
    for (const { id } of accounts) await room.accounts.readAgain(id, callBy());
    const { id } = await room.pasted(limitsFile(accounts));
    await room.batches.include({ id, rows: [3], included: false }, callBy());
    expect(room.batches.detail(id).isOvertaken).toBe(false);
    await room.accounts.readAgain(first.id, callBy());
    expect(room.batches.detail(id).isOvertaken).toBe(false);

    await moved(room, first, 777_700);
    expect(room.batches.detail(id).isOvertaken).toBe(true);
    const after = await comparedAgain(room, id);
    expect(after).toMatchObject({ isOvertaken: false, totals: { chosen: 2 } });
    expect(after.comparedAtMs).toBeGreaterThanOrEqual(after.createdAtMs);

    await room.until(room.send(second.id, { accountName: "Renamed" }), "accepted");
    expect(room.batches.detail(id).isOvertaken).toBe(true);
    const plan = await comparedAgain(room, id);
    await room.confirm(plan);
    expect(await room.untilBatch(id, "finished")).toMatchObject({ outcomes: { accepted: 2, conflict: 0 } });
  });

  it("compares an undo again: what moved meanwhile is kept, not lost in a conflict after Confirm", async () => {
    const room = await open();
    const accounts = await room.accountsOf(3);
    const [first] = accounts;
    if (first === undefined) throw new Error("There are no accounts.");
    for (const account of accounts) await moved(room, account, 111_100);
    const done = await carriedOut(room, limitsFile(accounts));
    const undo = room.batches.undo(done.id, callBy());
    expect(await room.untilBatch(undo.id, "compare")).toMatchObject({ isOvertaken: false, totals: { chosen: 3 } });
    await moved(room, first, 999);
    expect(room.batches.detail(undo.id).isOvertaken).toBe(true);
    const plan = await comparedAgain(room, undo.id);
    expect(plan.counts).toEqual({ "will-change": 2, conflict: 1 });
    await room.confirm(plan);
    expect((await room.untilBatch(undo.id, "finished")).undo).toMatchObject({ reversed: 2, kept: 1 });
  });

  it("can be compared again after that was ended half-way, also where there is no file", async () => {
    const room = await open();
    const [account] = await room.accountsOf(1);
    if (account === undefined) throw new Error("There is no account.");
    const chosen = { accountIds: [account.id], proposed: { creditExposureLimit: "12.00" } };
    const { id } = room.batches.fromAccounts(chosen, callBy());
    await room.untilBatch(id, "compare");
    room.batches.check({ id, revision: room.batches.detail(id).revision }, callBy());
    const ended = await room.batches.cancel(id, callBy());
    expect(ended.state).toBe("columns");
    expect((await comparedAgain(room, id)).totals.chosen).toBe(1);
  });
});

describe("a batch that was given up", () => {
  it("says who gave it up and when", async () => {
    const room = await open();
    const { id } = await room.pasted(limitsFile(await room.accountsOf(1)));
    const given = await room.batches.withdraw({ id, reason: "Wrong file" }, callBy());
    expect(given).toMatchObject({ state: "withdrawn", withdrawnBy: callBy().person?.name, message: "Wrong file" });
    expect(given.finishedAtMs).toBeGreaterThanOrEqual(given.createdAtMs);
  });
});
