import { afterEach, describe, expect, it } from "vitest";
import type { ChangeId } from "@contract";
import { sql } from "../../../src/main/database/sql.ts";
import { limitsFile } from "../../support/batch-files.ts";
import { openBatchesRoom } from "../../support/batches-room.ts";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../../src/main/training/finzly/index.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const newestAtMs = Date.UTC(2026, 10, 19, 17, 2);
const older = { restored: { why: "older", newestAtMs } } as const;

interface Scene {
  readonly room: ChangesRoom;
  readonly simulator: FinzlySimulator;
  readonly keys: (readonly [string, string])[];
  readonly ids: ChangeId[];
}

/** Yesterday's file: changes approved while there was no network, opened again as a file that is not the newest. */
async function yesterday(count: number, connection: RoomOptions["connection"] = {}): Promise<Scene> {
  const file = scratchFile();
  const simulator = await startFinzlySimulator();
  ends.push(file.dispose, simulator.close);
  const before = await openChangesRoom({ file, simulator, connection, online: () => false });
  const keys = simulator.addAccounts(count).map(({ customerUID, accountUID }) => [customerUID, accountUID] as const);
  const accounts = await Promise.all(keys.map((key) => before.account(...key)));
  const ids = accounts.map((id, at) => before.send(id, { accountName: `Renamed ${at}` }));
  await before.stopServices();
  const room = await openChangesRoom({ file, simulator, ...older });
  ends.push(room.dispose);
  return { room, simulator, keys, ids };
}

const puts = (simulator: FinzlySimulator) =>
  simulator.ledger.entries().filter((entry) => entry.route === "accounts.update");
const compared = async (room: ChangesRoom): Promise<void> => {
  room.changes.compareHeld(callBy());
  await expect.poll(() => room.changes.restored().restoration?.comparing ?? false, { timeout: 10_000 }).toBe(false);
};
const seen = (room: ChangesRoom, id: ChangeId | undefined) => {
  if (id === undefined) throw new Error("There is no such change.");
  const { revision, ...detail } = room.changes.detail(id);
  return { ...detail, wanted: { id, revision } };
};

describe("an older file is opened", () => {
  it("sends nothing of what it holds as approved, whoever asks, and says so in list, history and trail", async () => {
    const { room, simulator, ids } = await yesterday(2);
    room.changes.resume();
    const { wanted } = seen(room, ids[0]);
    for (const ask of [
      () => room.changes.send(wanted, callBy()),
      () => room.changes.withdraw({ ...wanted, reason: "" }, callBy()),
    ])
      expect(ask).toThrow(/may have been sent already/u);
    await expect.poll(() => room.changes.busy()).toBe(0);
    expect(puts(simulator)).toEqual([]);
    expect(room.changes.restored().restoration).toMatchObject({ why: "older", newestAtMs, waiting: 2 });
    expect(room.changes.page({ view: "attention", limit: 10 }).rows.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(seen(room, ids[0]).history.at(-1)?.text).toMatch(/^This file is older than the last one used here\./u);
    const row = (await room.audit.page({ search: "workspace.restored", limit: 5 })).rows[0];
    expect(row?.summary).toBe("This file is older than the last one used here. 2 changes are held until compared.");
  });

  it("finds what was applied, what is not there and what somebody changed; only a person sends what is not there", async () => {
    const { room, simulator, keys, ids } = await yesterday(3);
    simulator.changeAccount(...(keys[0] ?? ["", ""]), { accountName: "Renamed 0" });
    simulator.changeAccount(...(keys[2] ?? ["", ""]), { accountName: "Theirs" });
    await compared(room);
    const [applied, absent, moved] = ids.map((id) => seen(room, id));
    expect(applied).toMatchObject({ state: "accepted", settlement: "applied", attempts: [] });
    expect(applied?.history.at(-1)).toMatchObject({
      person: "Ada Marlow",
      text: "Found already applied when the restored file was compared with the provider. Nothing was sent.",
    });
    expect(absent).toMatchObject({ state: "approved", attempts: [] });
    expect(moved).toMatchObject({ state: "conflict", conflict: [{ field: "accountName", mine: "Renamed 2" }] });
    expect(room.changes.restored()).toEqual({});
    room.changes.resume();
    await expect.poll(() => room.changes.busy()).toBe(0);
    expect(puts(simulator)).toEqual([]);
    if (absent === undefined) throw new Error("It is missing.");
    room.changes.send(absent.wanted, callBy());
    await room.until(absent.id, "accepted");
    expect(puts(simulator)).toHaveLength(1);
  });

  it("leaves it to a person where nothing can be read: Outcome unknown, and never sent by itself", async () => {
    const { room, simulator, ids } = await yesterday(1, { canRead: false });
    await compared(room);
    const change = seen(room, ids[0]);
    expect(change).toMatchObject({ state: "outcome-unknown", settlement: "cannot-tell" });
    expect(puts(simulator)).toEqual([]);
    room.changes.sendAgain({ ...change.wanted, reason: "They never got it" }, callBy());
    await room.until(change.id, "accepted");
    expect(puts(simulator)).toHaveLength(1);
  });

  it("keeps holding what could not be compared, says why, and compares it when asked again", async () => {
    const { room, simulator, ids } = await yesterday(2);
    simulator.faults.set({ route: "accounts.get", kind: "reset-before", times: "always" });
    await compared(room);
    const held = () => room.changes.restored().restoration;
    expect(held()).toMatchObject({ waiting: 2, trouble: expect.stringMatching(/stays held\.$/u) as string });
    expect(ids.map((id) => room.changes.detail(id).state)).toEqual(["approved", "approved"]);
    simulator.faults.clear();
    await compared(room);
    expect(held()).toBeUndefined();
    expect(ids.map((id) => room.changes.detail(id).attempts)).toEqual([[], []]);
    expect(puts(simulator)).toEqual([]);
  });

  it("stays held over another start, which need not notice anything", async () => {
    const { room, simulator, ids } = await yesterday(1);
    await room.stopServices();
    const next = await openChangesRoom({ file: room.file, simulator });
    ends.push(next.dispose);
    await expect.poll(() => next.changes.busy()).toBe(0);
    expect(next.changes.restored().restoration).toMatchObject({ waiting: 1 });
    expect(seen(next, ids[0])).toMatchObject({ state: "approved", attempts: [] });
    expect(puts(simulator)).toEqual([]);
  });

  it("reads an unclear outcome anew before it may be sent again, whatever was once found of it", async () => {
    const file = scratchFile();
    const simulator = await startFinzlySimulator();
    ends.push(file.dispose, simulator.close);
    const before = await openChangesRoom({ file, simulator });
    const [account] = simulator.addAccounts(1);
    const id = await before.account(account?.customerUID ?? "", account?.accountUID ?? "");
    simulator.faults.set({ route: "accounts.update", kind: "reset-before" });
    const change = before.send(id, { accountName: "Renamed" });
    await expect.poll(() => before.changes.detail(change).settlement, { timeout: 10_000 }).toBe("not-applied");
    await before.stopServices();
    simulator.changeAccount(account?.customerUID ?? "", account?.accountUID ?? "", { accountName: "Renamed" });
    const room = await openChangesRoom({ file, simulator, online: () => false, ...older });
    ends.push(room.dispose);
    const { wanted } = seen(room, change);
    expect(() => room.changes.sendAgain({ ...wanted, reason: "Again" }, callBy())).toThrow(/Compare it/u);
    await room.changes.readBack({ id: change }, callBy());
    expect(seen(room, change)).toMatchObject({ state: "accepted", settlement: "applied" });
    expect(puts(simulator)).toHaveLength(1);
  });

  it("lets a change go that is made in it afterwards", async () => {
    const { room, simulator } = await yesterday(1);
    const [account] = simulator.addAccounts(1);
    const id = await room.account(account?.customerUID ?? "", account?.accountUID ?? "");
    await room.until(room.send(id, { accountName: "New" }), "accepted");
    expect(puts(simulator)).toHaveLength(1);
  });
});

describe("a file from elsewhere", () => {
  it("without anything that could be sent is simply opened", async () => {
    const room = await openChangesRoom({ restored: { why: "moved", newestAtMs: undefined } });
    ends.push(room.dispose);
    expect(room.changes.restored()).toEqual({});
    expect((await room.audit.page({ search: "workspace.restored", limit: 5 })).rows).toEqual([]);
  });
});

describe("a batch in an older file", () => {
  it("cannot be resumed before its rows are compared; then only what is not there is sent", async () => {
    const file = scratchFile();
    const simulator = await startFinzlySimulator();
    ends.push(file.dispose, simulator.close);
    const before = await openBatchesRoom({ file, simulator, online: () => false });
    const accounts = await before.accountsOf(4);
    const batch = await before.pasted(limitsFile(accounts));
    await before.confirm(batch);
    await expect
      .poll(() => file.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM work_changes`)?.n, { timeout: 10_000 })
      .toBe(4);
    await before.untilBatch(batch.id, "sending");
    await before.batches.stopAll();
    await before.stopServices();
    const [first] = accounts;
    simulator.changeAccount(first?.customerUid ?? "", first?.accountUid ?? "", { creditExposureLimitMinor: 200_025 });
    const room = await openBatchesRoom({ file, simulator, staged: before.staged, ...older });
    ends.push(room.dispose);
    expect(() => room.batches.resume(batch.id, callBy())).toThrow(/4 rows come from a restored file/u);
    await compared(room);
    room.batches.resume(batch.id, callBy());
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 4 });
    expect(puts(simulator)).toHaveLength(3);
  });

  it("holds the rows that are made of it later", async () => {
    const file = scratchFile();
    const simulator = await startFinzlySimulator();
    ends.push(file.dispose, simulator.close);
    const before = await openBatchesRoom({ file, simulator });
    const batch = await before.pasted(limitsFile(await before.accountsOf(2)));
    await before.stopServices();
    const room = await openBatchesRoom({ file, simulator, staged: before.staged, ...older });
    ends.push(room.dispose);
    const found = await room.untilBatch(batch.id, "compare");
    await room.confirm(found);
    const paused = await room.untilBatch(batch.id, "paused");
    expect(paused.message).toMatch(/^2 rows come from a restored file/u);
    expect(puts(simulator)).toEqual([]);
    await compared(room);
    room.batches.resume(batch.id, callBy());
    await room.untilBatch(batch.id, "finished");
    expect(puts(simulator)).toHaveLength(2);
  });
});

it("nothing leaves before what must be held is held, though a connection becomes usable while the app starts", async () => {
  const file = scratchFile();
  const simulator = await startFinzlySimulator();
  ends.push(file.dispose, simulator.close);
  const before = await openChangesRoom({ file, simulator, online: () => false, connection: { canRead: false } });
  const [account] = simulator.addAccounts(1);
  const id = await before.account(account?.customerUID ?? "", account?.accountUID ?? "");
  const change = before.send(id, { accountName: "Renamed" });
  await before.stopServices();
  const room = await openChangesRoom({
    file,
    simulator,
    ...older,
    beforeStart: ({ changes }) => changes.resume(),
  });
  ends.push(room.dispose);
  await expect.poll(() => room.changes.busy()).toBe(0);
  expect(seen(room, change)).toMatchObject({ state: "approved", attempts: [] });
  expect(puts(simulator)).toEqual([]);
});
