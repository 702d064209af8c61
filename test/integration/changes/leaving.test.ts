import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ChangeId } from "@contract";
import { newCorrelationId } from "../../../src/main/core/clock.ts";
import { sql, type Store } from "../../../src/main/database/sql.ts";
import { storageFailure } from "../../../src/main/database/storage-failure.ts";
import type { AccountProvider } from "../../../src/main/providers/provider.ts";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
let keys: (readonly [string, string])[];
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

async function open(count: number, options: RoomOptions = {}): Promise<AccountId[]> {
  room = await openChangesRoom(options);
  keys = room.simulator.addAccounts(count).map(({ customerUID, accountUID }) => [customerUID, accountUID]);
  return await Promise.all(keys.map((key) => room.account(...key)));
}
const requests = (route: string) => room.simulator.ledger.entries().filter((entry) => entry.route === route);
const puts = () => requests("accounts.update");
const rename = (id: AccountId | undefined): ChangeId => {
  if (id === undefined) throw new Error("no account");
  return room.send(id, { accountName: "Renamed" });
};
const slowReads = () =>
  room.simulator.faults.set({ route: "accounts.get", kind: "latency", delayMs: 400, times: "always" });

/** A disk that takes everything but the mark that a change is on its way, while `full`. */
function refusingStarts(state: { full: boolean }): (store: Store) => Store {
  return (store) => ({
    ...store,
    transaction: (work) =>
      store.transaction((writer) => {
        const result = work(writer);
        if (state.full && writer.get(sql`SELECT 1 FROM work_changes WHERE state = 'sending'`) !== undefined)
          throw storageFailure("disk-full");
        return result;
      }),
  });
}

describe("what was read before a change leaves", () => {
  it("is read again when the disk was full meanwhile: what somebody else did in that time is a conflict, not overwritten", async () => {
    const disk = { full: false };
    const [id] = await open(1, { wrapStore: refusingStarts(disk) });
    disk.full = true;
    const change = rename(id);
    await expect
      .poll(() => room.changes.storageTrouble(), { timeout: 10_000 })
      .toMatch(/Nothing more is sent until there is room\.$/u);
    room.simulator.changeAccount(...(keys[0] ?? ["", ""]), { accountName: "Theirs" });
    disk.full = false;
    await room.until(change, "conflict", "accepted");
    expect(room.changes.detail(change).state).toBe("conflict");
    expect(puts()).toHaveLength(0);
  });
});

describe("a change whose account is being read before it leaves", () => {
  it("does not leave once the app is stopping", async () => {
    const [id] = await open(1);
    slowReads();
    const before = requests("accounts.get").length;
    const change = rename(id);
    await expect.poll(() => requests("accounts.get").length, { timeout: 10_000 }).toBeGreaterThan(before);
    await room.stopServices(5000);
    expect(room.changes.detail(change)).toMatchObject({ state: "approved", attempts: [] });
    expect(puts()).toHaveLength(0);
    const next = await openChangesRoom({ file: room.file, simulator: room.simulator });
    await next.until(change, "accepted");
    await next.dispose();
  });

  it("does not leave once its batch is held back", async () => {
    const [id] = await open(1);
    if (id === undefined) throw new Error("no account");
    const { batches } = room.changes;
    const { known } = room.accounts.stored(room.store.read, id);
    const wanted = {
      batchId: 7,
      row: 1,
      accountId: id,
      proposed: { accountName: "Renamed" },
      base: known.accountName === undefined ? {} : { accountName: known.accountName },
      reasonCategory: "",
      authorisationRef: "",
      approvalNeeded: false,
      undoes: undefined,
    };
    const deed = { person: room.maker.person, atMs: Date.now(), correlationId: newCorrelationId() };
    const made = room.store.transaction((writer) => {
      batches.setGate(writer, 7, true);
      return batches.makeSubmitted(writer, wanted, deed);
    });
    if (made.kind !== "made") throw new Error(made.message);
    slowReads();
    const before = requests("accounts.get").length;
    batches.wake();
    await expect.poll(() => requests("accounts.get").length, { timeout: 10_000 }).toBeGreaterThan(before);
    room.store.transaction((writer) => batches.setGate(writer, 7, false));
    await expect.poll(() => room.changes.busy(), { timeout: 10_000 }).toBe(0);
    expect(room.changes.detail(made.id)).toMatchObject({ state: "approved", attempts: [] });
    expect(puts()).toHaveLength(0);
    room.store.transaction((writer) => batches.setGate(writer, 7, true));
    batches.wake();
    await room.until(made.id, "accepted");
  });
});

describe("a fault of the app's own while it sends", () => {
  const faulty = (change: (provider: AccountProvider) => Partial<AccountProvider>): RoomOptions => ({
    wrapProvider: (provider) => ({ ...provider, ...change(provider) }),
  });

  it("after the request left: Outcome unknown at once, settled by reading, sent once", async () => {
    const [id] = await open(
      1,
      faulty((provider) => ({
        write: async (prepared, signal) => {
          await provider.write(prepared, signal);
          throw new RangeError("Maximum call stack size exceeded");
        },
      })),
    );
    const change = rename(id);
    expect((await room.until(change, "accepted")).settlement).toBe("applied");
    expect(room.changes.detail(change).attempts.map(({ outcome }) => outcome)).toEqual(["unknown"]);
    expect(puts()).toHaveLength(1);
  });

  it("before it left: that one is held with a message, the others go", async () => {
    const ids = await open(
      3,
      faulty((provider) => ({
        prepareUpdate: (address, update, currency) => {
          if (address.accountUid === keys[0]?.[1]) throw new TypeError("A value cannot be encoded");
          return provider.prepareUpdate(address, update, currency);
        },
      })),
    );
    const [bad, ...good] = ids.map(rename);
    for (const change of good) await room.until(change, "accepted");
    if (bad === undefined) throw new Error("no change");
    await expect
      .poll(() => room.changes.detail(bad).message, { timeout: 10_000 })
      .toMatch(/^Something in Vostro went wrong before this could leave\. Nothing was sent\./u);
    expect(room.changes.detail(bad)).toMatchObject({ state: "approved", attempts: [] });
    expect(room.changes.page({ view: "attention", limit: 10 }).rows.map((row) => row.id)).toEqual([bad]);
  });
});

it("409 to one sent again may speak of the request before: Outcome unknown, not Refused", async () => {
  const [id] = await open(1, { connection: { canRead: false } });
  room.simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
  const change = rename(id);
  await expect.poll(() => room.changes.detail(change).settlement, { timeout: 10_000 }).toBe("cannot-tell");
  room.simulator.faults.set({ route: "accounts.update", kind: "refused-409" });
  room.changes.sendAgain(
    { id: change, revision: room.changes.detail(change).revision, reason: "They never got it" },
    callBy(),
  );
  await expect.poll(() => room.changes.detail(change).attempts.length, { timeout: 10_000 }).toBe(2);
  expect((await room.until(change, "outcome-unknown", "refused")).state).toBe("outcome-unknown");
  await expect.poll(() => room.changes.detail(change).settlement, { timeout: 10_000 }).toBe("cannot-tell");
});

describe("what is under way", () => {
  it("is not a change that only waits for the network, nor one that is held for a person", async () => {
    let online = false;
    const ids = await open(2, { online: () => online, connection: { canRead: false, busyRetries: 0 } });
    const changes = ids.map(rename);
    expect(room.changes.busy()).toBe(0);
    expect(room.changes.underWay(room.store.read)).toBe(2);
    room.simulator.faults.set({ route: "accounts.update", kind: "unavailable", retryAfter: 0, times: "always" });
    online = true;
    room.changes.resume();
    await expect
      .poll(() => room.changes.page({ view: "attention", limit: 10 }).rows.length, { timeout: 10_000 })
      .toBe(2);
    expect(room.changes.underWay(room.store.read)).toBe(0);
    room.simulator.faults.clear();
    for (const id of changes) room.changes.send({ id, revision: room.changes.detail(id).revision }, callBy());
    for (const id of changes) await room.until(id, "accepted");
  });
});
