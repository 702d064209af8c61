import type { BatchDetail, BatchId, ChangeDetail } from "@contract";
import { afterEach, describe, expect, it } from "vitest";
import type { BatchAccounts } from "../../support/batch-files.ts";
import { updatesAt } from "../../support/batch-files.ts";
import type { BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { lawfulRooms } from "../../support/lawful-rooms.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { stagingBeside } from "../../support/staging-beside.ts";

const files: ReturnType<typeof scratchFile>[] = [];
afterEach(() => files.splice(0).forEach((file) => file.dispose()));
const open = lawfulRooms();

const openRoom = (): Promise<BatchesRoom> => {
  const file = scratchFile();
  files.push(file);
  return open({ file, files: () => stagingBeside(file), connection: { canRead: false } });
};

type Evidence = readonly [reason: string, authorisationRef: string];

/** Raises the credit limit of each account, which is High risk, with its own reason and authorisation reference. */
function raises(accounts: BatchAccounts, own: readonly Evidence[]): string {
  const lines = accounts.map(({ customerUid, accountUid }, at) =>
    [customerUid, accountUid, `99999${at}.25`, ...(own[at] ?? ["", ""])].join(","),
  );
  return ["customerUID,accountUID,creditExposureLimit,reason,authorisationRef", ...lines].join("\n");
}

const confirmed = (room: BatchesRoom, batch: BatchDetail, reason: string, authorisationRef: string) =>
  room.confirm(room.batches.detail(batch.id), { reason, authorisationRef });

async function changesOf(room: BatchesRoom, id: BatchId): Promise<ChangeDetail[]> {
  const { rows } = await room.batches.rows({ id, filter: { chosen: true }, offset: 0, limit: 50 });
  return rows.flatMap(({ outcome }) => (outcome === undefined ? [] : [room.changes.detail(outcome.changeId)]));
}

const saidBy = (changes: readonly ChangeDetail[]) =>
  changes.map(({ state, proposed, authorisationRef }) => [state, proposed.reason, authorisationRef]);

describe("reason and authorisation reference of High-risk rows", () => {
  it("are the row's own where its cells hold them, and else the typed ones, which are then needed", async () => {
    const room = await openRoom();
    const accounts = await room.accountsOf(3);
    const batch = await room.pasted(raises(accounts, [["Own reason", "OWN-1"], [" ", "OWN-2"], ["Third", " "]]));
    expect(batch.totals).toMatchObject({
      chosen: 3,
      risk: { high: 3 },
      brings: { reason: { rows: 2, high: 2 }, authorisationRef: { rows: 2, high: 2 } },
    });
    await expect(confirmed(room, batch, " ", "CR-1")).rejects.toThrow("needs a reason: 1 High-risk row brings none");
    await expect(confirmed(room, batch, "Typed", "")).rejects.toThrow("needs an authorisation reference: 1 High-risk");
    await expect(confirmed(room, batch, "Typed", "CR\u00071")).rejects.toThrow("control character");
    expect(updatesAt(room)).toHaveLength(0);

    await confirmed(room, batch, "Typed", "CR-1");
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 3, conflict: 0 });
    expect(saidBy(await changesOf(room, batch.id))).toEqual([
      ["accepted", "Own reason", "OWN-1"],
      ["accepted", "Typed", "OWN-2"],
      ["accepted", "Third", "CR-1"],
    ]);
  });

  it("need not be typed once every ticked row brings them, by a tick or a correction", async () => {
    const room = await openRoom();
    const accounts = await room.accountsOf(3);
    const { id } = await room.pasted(raises(accounts, [["One", "OWN-1"], ["", "OWN-2"], ["Three", ""]]));
    const brought = () => room.batches.detail(id).totals.brings;
    await room.batches.include({ id, rows: [3], included: false }, callBy());
    expect(brought()).toEqual({ reason: { rows: 2, high: 2 }, authorisationRef: { rows: 1, high: 1 } });
    await room.batches.fixCell({ id, row: 4, column: 4, text: "OWN-3" }, callBy());
    expect(brought()).toEqual({ reason: { rows: 2, high: 2 }, authorisationRef: { rows: 2, high: 2 } });
    await room.batches.fixCell({ id, row: 2, column: 3, text: "" }, callBy());
    expect(brought().reason).toEqual({ rows: 1, high: 1 });
    await expect(confirmed(room, room.batches.detail(id), "", "")).rejects.toThrow("needs a reason");
    await room.batches.fixCell({ id, row: 2, column: 3, text: "One again" }, callBy());

    await confirmed(room, room.batches.detail(id), "", "");
    const done = await room.untilBatch(id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 2, conflict: 0 });
    expect(saidBy(await changesOf(room, id))).toEqual([
      ["accepted", "One again", "OWN-1"],
      ["accepted", "Three", "OWN-3"],
    ]);
  });

  it("are asked for again when rows are sent again or put back, and when one value is set on many", async () => {
    const room = await openRoom();
    const accounts = await room.accountsOf(2);
    room.simulator.faults.set({ route: "accounts.update", kind: "refused-400", times: 2 });
    const batch = await room.pasted(raises(accounts, [["One", "OWN-1"], ["", ""]]));
    await confirmed(room, batch, "Typed", "CR-1");
    expect((await room.untilBatch(batch.id, "finished")).outcomes.refused).toBe(2);

    const again = await room.untilBatch(room.batches.retry(batch.id, callBy()).id, "compare");
    expect(again.totals.brings.reason).toEqual({ rows: 1, high: 1 });
    await expect(confirmed(room, again, "", "CR-2")).rejects.toThrow("needs a reason: 1 High-risk row");
    await confirmed(room, again, "Typed again", "CR-2");
    await room.untilBatch(again.id, "finished");
    expect(saidBy(await changesOf(room, again.id))).toEqual([
      ["accepted", "One", "OWN-1"],
      ["accepted", "Typed again", "CR-2"],
    ]);

    const set = room.batches.fromAccounts(
      { accountIds: accounts.map(({ id }) => id), proposed: { creditExposureLimit: "9999990.00" } },
      callBy(),
    );
    const value = await room.untilBatch(set.id, "compare");
    expect(value.totals).toMatchObject({ risk: { high: 2 }, brings: { reason: { rows: 0 }, authorisationRef: { rows: 0 } } });
    await expect(confirmed(room, value, "", "CR-3")).rejects.toThrow("needs a reason: 2 High-risk rows");
    await confirmed(room, value, "Set", "CR-3");
    await room.untilBatch(value.id, "finished");

    const undo = await room.untilBatch(room.batches.undo(value.id, callBy()).id, "compare");
    expect(undo.totals).toMatchObject({ chosen: 2, brings: { reason: { rows: 0 } } });
  });
});
