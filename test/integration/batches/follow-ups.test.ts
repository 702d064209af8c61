import type { BatchId, ChangeId } from "@contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitsFile } from "../../support/batch-files.ts";
import { callBy } from "../../support/changes-room.ts";
import { carriedOut, heldBy, lawfulRooms } from "../../support/lawful-rooms.ts";

const open = lawfulRooms();

describe("undoing a batch", () => {
  it("puts back what it wrote, keeps what changed since, and marks the changes Reversed", async () => {
    const room = await open();
    const accounts = await room.accountsOf(5);
    for (const { customerUid, accountUid, id } of accounts) {
      room.simulator.changeAccount(customerUid, accountUid, { creditExposureLimitMinor: 111_100 });
      await room.accounts.readAgain(id, callBy());
    }
    const first = await carriedOut(room, limitsFile(accounts));
    const [since] = accounts;
    if (since === undefined) throw new Error("There is no account.");
    await room.until(room.send(since.id, { creditExposureLimit: "9.99" }), "accepted");

    const { id } = room.batches.undo(first.id, callBy());
    const plan = await room.untilBatch(id, "compare");
    expect(plan.counts).toEqual({ "will-change": 4, conflict: 1 });
    await room.confirm(plan);
    const undone = await room.untilBatch(id, "finished");
    expect(undone.undo).toMatchObject({ reversed: 4, kept: 1, couldNot: 0 });
    expect(heldBy(room, accounts).map((held) => held?.creditExposureLimitMinor)).toEqual([
      999, 111_100, 111_100, 111_100, 111_100,
    ]);
    const { rows } = await room.batches.rows({ id: first.id, filter: {}, offset: 0, limit: 10 });
    expect(rows.map(({ outcome }) => outcome?.state)).toEqual([
      "accepted",
      "reversed",
      "reversed",
      "reversed",
      "reversed",
    ]);
    expect(room.batches.detail(first.id).outcomes).toMatchObject({ accepted: 1, reversed: 4 });
  });

  it("can be undone as well: what stands again counts as accepted and can be undone once more", async () => {
    const room = await open();
    const accounts = await room.accountsOf(3);
    for (const { customerUid, accountUid, id } of accounts) {
      room.simulator.changeAccount(customerUid, accountUid, { creditExposureLimitMinor: 111_100 });
      await room.accounts.readAgain(id, callBy());
    }
    const first = await carriedOut(room, limitsFile(accounts));
    const written = heldBy(room, accounts).map((held) => held?.creditExposureLimitMinor);
    const undone = async (of: BatchId) => {
      const { id } = room.batches.undo(of, callBy());
      await room.confirm(await room.untilBatch(id, "compare"));
      return (await room.untilBatch(id, "finished")).id;
    };
    const standing = (id: BatchId) => room.batches.detail(id).outcomes;

    const undo = await undone(first.id);
    expect(standing(first.id)).toMatchObject({ accepted: 0, reversed: 3 });
    expect(() => room.batches.undo(first.id, callBy())).toThrow("Nothing of this batch stands");
    const again = await undone(undo);
    expect(heldBy(room, accounts).map((held) => held?.creditExposureLimitMinor)).toEqual(written);
    expect(standing(first.id)).toMatchObject({ accepted: 3, reversed: 0 });
    expect(standing(undo)).toMatchObject({ accepted: 0, reversed: 3 });
    expect(room.batches.detail(undo).undo).toMatchObject({ reversed: 0, undone: 3 });
    const { rows } = await room.batches.rows({ id: first.id, filter: {}, offset: 0, limit: 1 });
    const change = room.changes.detail(rows[0]?.outcome?.changeId ?? (0 as ChangeId));
    expect(change.history.map(({ text }) => text).join("\n")).toMatch(/Reversed by change \d+[^]*put back again by/u);

    await undone(again);
    expect(standing(first.id)).toMatchObject({ accepted: 0, reversed: 3 });
    expect(standing(undo)).toMatchObject({ accepted: 3, reversed: 0 });
    await undone(undo);
    expect(standing(first.id)).toMatchObject({ accepted: 3, reversed: 0 });
    await undone(first.id);
    expect(heldBy(room, accounts).map((held) => held?.creditExposureLimitMinor)).toEqual([111_100, 111_100, 111_100]);
  });

  it("marks the changes Reversed also where the undo had to be sent again", async () => {
    const room = await open();
    const accounts = await room.accountsOf(2);
    const [account] = accounts;
    if (account === undefined) throw new Error("There is no account.");
    for (const { customerUid, accountUid, id } of accounts) {
      room.simulator.changeAccount(customerUid, accountUid, { creditExposureLimitMinor: 111_100 });
      await room.accounts.readAgain(id, callBy());
    }
    const first = await carriedOut(room, limitsFile(accounts));
    const match = { accountUID: account.accountUid };
    room.simulator.faults.set({ route: "accounts.update", kind: "refused-400", times: 1, match });
    const undo = room.batches.undo(first.id, callBy());
    await room.confirm(await room.untilBatch(undo.id, "compare"));
    expect(await room.untilBatch(undo.id, "finished")).toMatchObject({
      undo: { reversed: 1, kept: 0, couldNot: 0, refused: 1 },
      toSendAgain: 1,
    });
    const again = room.batches.retry(undo.id, callBy());
    await room.confirm(await room.untilBatch(again.id, "compare"));
    expect((await room.untilBatch(again.id, "finished")).undo).toMatchObject({ reversed: 1, kept: 0, refused: 0 });
    expect(room.batches.detail(undo.id)).toMatchObject({ undo: { refused: 1 }, toSendAgain: 0 });
    const { rows } = await room.batches.rows({ id: first.id, filter: {}, offset: 0, limit: 10 });
    expect(rows.map(({ outcome }) => outcome?.state)).toEqual(["reversed", "reversed"]);
  });

  it("cannot put back what was unknown before", async () => {
    const room = await open({ connection: { canRead: false } });
    const done = await carriedOut(room, limitsFile(await room.accountsOf(2)));
    const { id } = room.batches.undo(done.id, callBy());
    const plan = await room.untilBatch(id, "compare");
    expect(plan.counts).toEqual({ blocked: 2 });
    await expect(room.confirm(plan)).rejects.toThrow("No row is chosen");
    expect(plan.undo).toMatchObject({ reversed: 0, kept: 0, couldNot: 2 });
  });

  it("returns the provider to where it was after any edits, and a plan carried out twice changes nothing more", async () => {
    const room = await open({ connection: { concurrency: 8 } });
    const accounts = await room.accountsOf(6);
    const edit = fc.record({
      name: fc.constantFrom("", "Operating", "Überweisung №7", "A & B"),
      debit: fc.constantFrom("", "1.00", "250000.10", "99999999.99"),
      credit: fc.constantFrom("", "0.01", "400,000.00", "77"),
      wire: fc.constantFrom("", "Yes", "No"),
    });
    for (const { id, customerUid, accountUid } of accounts) {
      const patch = { creditExposureLimitMinor: 100_00, debitExposureLimitMinor: 200_00, accountName: "Before" };
      room.simulator.changeAccount(customerUid, accountUid, patch);
      await room.accounts.readAgain(id, callBy());
    }
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 6, maxLength: 6 }), async (edits) => {
        const before = heldBy(room, accounts);
        const lines = accounts.map(({ customerUid, accountUid }, at) => {
          const { name = "", debit = "", credit = "", wire = "" } = edits[at] ?? {};
          return [customerUid, accountUid, name, debit, credit.replace(",", ""), wire].join(",");
        });
        const text = [
          "customerUID,accountUID,accountName,debitExposureLimit,creditExposureLimit,enableWire",
          ...lines,
        ].join("\n");
        const batch = await room.pasted(text);
        if (batch.totals.chosen === 0) return;
        await room.confirm(batch);
        const done = await room.untilBatch(batch.id, "finished");
        expect(done.outcomes.accepted).toBe(batch.totals.chosen);
        const twice = await room.pasted(text);
        expect(twice.totals.chosen).toBe(0);
        await room.batches.withdraw({ id: twice.id, reason: "" }, callBy());
        const { id } = room.batches.undo(batch.id, callBy());
        const plan = await room.untilBatch(id, "compare");
        expect(plan.totals.chosen).toBe(batch.totals.chosen);
        await room.confirm(plan);
        expect((await room.untilBatch(id, "finished")).undo).toEqual({
          reversed: batch.totals.chosen,
          kept: 0,
          couldNot: 0,
          refused: 0,
          unknown: 0,
          withdrawn: 0,
          undone: 0,
        });
        expect(heldBy(room, accounts).map(essentials)).toEqual(before.map(essentials));
      }),
      { numRuns: 8 },
    );
  });
});

function essentials(held: ReturnType<typeof heldBy>[number]) {
  if (held === undefined) throw new Error("The account is gone.");
  const { accountName, creditExposureLimitMinor, debitExposureLimitMinor, enableWire, isAchPrefund, isUnderWritten } =
    held;
  return { accountName, creditExposureLimitMinor, debitExposureLimitMinor, enableWire, isAchPrefund, isUnderWritten };
}

describe("a change to chosen accounts", () => {
  it("starts at Compare and sets the same value on each, whatever customer it belongs to", async () => {
    const room = await open();
    const accounts = await room.accountsOf(5);
    const ids = accounts.map(({ id }) => id);
    const { id } = room.batches.fromAccounts(
      { accountIds: [...ids, ...ids], proposed: { creditExposureLimit: "123.45" } },
      callBy(),
    );
    const plan = await room.untilBatch(id, "compare");
    expect(plan).toMatchObject({ name: "Credit limit on 5 accounts", rows: 5 });
    expect(new Set(accounts.map(({ customerUid }) => customerUid)).size).toBeGreaterThan(1);
    await room.confirm(plan);
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(5);
    expect(new Set(heldBy(room, accounts).map((held) => held?.creditExposureLimitMinor))).toEqual(new Set([12_345]));
  });

  it("adds and removes codes on top of what each account has; unknown codes cannot be added to", async () => {
    const room = await open({ connection: { canRead: false } });
    const [known, unknown] = await room.accountsOf(2);
    if (known === undefined || unknown === undefined) throw new Error("There are no accounts.");
    await room.until(room.send(known.id, { secCodes: ["CCD", "PPD"] }), "accepted");
    const wanted = { accountIds: [known.id, unknown.id], proposed: {}, codesAdd: ["CTX"], codesRemove: ["PPD"] };
    const { id } = room.batches.fromAccounts(wanted, callBy());
    const plan = await room.untilBatch(id, "compare");
    expect(plan.counts).toEqual({ "will-change": 1, blocked: 1 });
    await room.confirm(plan);
    await room.untilBatch(id, "finished");
    expect(room.simulator.account(known.customerUid, known.accountUid)?.secCodes).toEqual(["CCD", "CTX"]);
  });
});
