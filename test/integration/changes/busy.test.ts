import { afterEach, describe, expect, it } from "vitest";
import { connection, type AccountId, type ChangeId } from "@contract";
import { openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

async function open(count: number, settings: RoomOptions["connection"] = {}): Promise<AccountId[]> {
  room = await openChangesRoom({ connection: { canRead: false, ...settings } });
  return await Promise.all(
    room.simulator.addAccounts(count).map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)),
  );
}
const only = (ids: readonly AccountId[]): ChangeId => {
  const [id] = ids;
  if (id === undefined) throw new Error("no account");
  return room.send(id, { accountName: "Renamed" });
};
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");

describe("429 and 503", () => {
  it.each([
    ["seconds", 1, 950],
    ["a date", new Date(Date.now() + 2500).toUTCString(), 0],
    ["a date in the past", new Date(Date.now() - 5000).toUTCString(), 0],
    ["nothing", undefined, 950],
    ["nonsense", "soon", 950],
  ])("with Retry-After as %s: waits as told and sends once more", async (_how, retryAfter, atLeastMs) => {
    const ids = await open(1);
    room.simulator.faults.set({
      route: "accounts.update",
      kind: "too-many-requests",
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
    const { attempts } = await room.until(only(ids), "accepted");
    const [first, second] = puts();
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["busy", "accepted"]);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(atLeastMs);
    expect(room.connections.get(room.connection.id).state).toBe("ready");
  });

  it("with an absurd Retry-After: at most ten minutes, shown on connection and change, nothing sent meanwhile", async () => {
    const ids = await open(2, { concurrency: 1 });
    room.simulator.faults.set({ route: "accounts.update", kind: "too-many-requests", retryAfter: 999_999_999 });
    const changes = ids.map((id) => room.send(id, { accountName: "Renamed" }));
    await expect.poll(() => room.connections.get(room.connection.id).state, { timeout: 10_000 }).toBe("paused");
    const until = room.connections.get(room.connection.id).pausedUntilMs ?? 0;
    expect(until).toBeLessThanOrEqual(Date.now() + 600_000);
    expect(until).toBeGreaterThan(Date.now() + 500_000);
    expect(connection.parse(room.connections.get(room.connection.id)).pausedUntilMs).toBe(until);
    expect(changes.map((id) => room.changes.detail(id).state)).toEqual(["approved", "approved"]);
    expect(puts()).toHaveLength(1);
    for (const id of changes) {
      const { revision } = room.changes.detail(id);
      room.changes.withdraw({ id, revision, reason: "It cannot wait" }, room.maker);
    }
    expect(puts()).toHaveLength(1);
  });

  it("rests the whole connection, not only the change that was turned away", async () => {
    const ids = await open(12, { concurrency: 4 });
    room.simulator.faults.set({ route: "accounts.update", kind: "unavailable", retryAfter: 1 });
    const changes = ids.map((id) => room.send(id, { accountName: "Renamed" }));
    for (const id of changes) await room.until(id, "accepted");
    const turnedAway = puts().find(({ status }) => status === 503);
    const soon = puts().filter(
      ({ atMs }) => atMs > (turnedAway?.atMs ?? 0) + 100 && atMs < (turnedAway?.atMs ?? 0) + 900,
    );
    expect(soon).toEqual([]);
  });

  it("in a storm: each change gets its bounded tries, is held with the reason, and goes when a person asks again", async () => {
    const ids = await open(6, { concurrency: 3, busyRetries: 1 });
    const storm = room.simulator.faults.set({
      route: "accounts.update",
      kind: "unavailable",
      retryAfter: 0,
      times: "always",
    });
    const changes = ids.map((id) => room.send(id, { accountName: "Renamed" }));
    await expect.poll(() => room.changes.counts(room.store.read).attention, { timeout: 15_000 }).toBe(6);
    expect(puts()).toHaveLength(12);
    room.simulator.faults.clear(storm.id);
    for (const id of changes) {
      const { state, revision, message } = room.changes.detail(id);
      expect([state, message]).toEqual(["approved", "Finzly is out of service for now (503). Nothing was applied."]);
      room.changes.send({ id, revision }, room.maker);
    }
    for (const id of changes) await room.until(id, "accepted");
    expect(puts().filter(({ applied }) => applied)).toHaveLength(6);
  });
});
