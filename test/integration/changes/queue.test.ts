import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ChangeId } from "@contract";
import type { AccountProvider } from "../../../src/main/providers/provider.ts";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
const more: (() => Promise<void>)[] = [];
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  for (const end of more.splice(0)) await end();
  expect(broken).toEqual([]);
});

async function open(count: number, options: RoomOptions = {}): Promise<AccountId[]> {
  room = await openChangesRoom({ ...options, connection: { canRead: false, ...options.connection } });
  return await Promise.all(
    room.simulator.addAccounts(count).map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)),
  );
}
const sendAll = (ids: readonly AccountId[]): ChangeId[] => ids.map((id) => room.send(id, { accountName: "Renamed" }));
const allAccepted = async (ids: readonly ChangeId[]): Promise<void> => {
  for (const id of ids) await room.until(id, "accepted");
};
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");

/** Counts how many writes are under way at once, all told and an account. */
function watchWrites() {
  const now = new Map<string, number>();
  const most = { together: 0, anAccount: 0 };
  const wrapProvider = (provider: AccountProvider): AccountProvider => ({
    ...provider,
    write: async (prepared, signal) => {
      now.set(prepared.path, (now.get(prepared.path) ?? 0) + 1);
      most.together = Math.max(
        most.together,
        [...now.values()].reduce((sum, count) => sum + count, 0),
      );
      most.anAccount = Math.max(most.anAccount, now.get(prepared.path) ?? 0);
      try {
        return await provider.write(prepared, signal);
      } finally {
        now.set(prepared.path, (now.get(prepared.path) ?? 1) - 1);
      }
    },
  });
  return { most, wrapProvider };
}

describe("the order and the number of requests", () => {
  it.each([1, 5])("with a cap of %i: never more at once, and no fewer while there is work", async (concurrency) => {
    const { most, wrapProvider } = watchWrites();
    const ids = await open(30, { connection: { concurrency }, simulator: { delayMs: 15 }, wrapProvider });
    await allAccepted(sendAll(ids));
    expect(most).toEqual({ together: concurrency, anAccount: 1 });
    expect(puts()).toHaveLength(30);
  });

  it("sends in the order in which people sent", async () => {
    const ids = await open(12, { connection: { concurrency: 1 } });
    const order = [...ids].toReversed();
    await allAccepted(sendAll(order));
    const uidOf = new Map(ids.map((id) => [id, room.accounts.detail(id).accountUid]));
    expect(puts().map(({ accountUID }) => accountUID)).toEqual(order.map((id) => uidOf.get(id)));
  });

  it("an account's next change waits for the one before and is compared with what that one wrote", async () => {
    const [id] = await open(1, { connection: { canRead: true }, simulator: { delayMs: 20 } });
    if (id === undefined) throw new Error("no account");
    const first = room.send(id, { accountName: "First" });
    expect(() => room.send(id, { accountName: "Second" })).toThrow(/already has a change/u);
    await room.until(first, "accepted");
    const second = room.send(id, { accountName: "Second" });
    await room.until(second, "accepted");
    expect(
      puts().map(({ bodyText }) => (JSON.parse(bodyText ?? "{}") as { accountName?: string }).accountName),
    ).toEqual(["First", "Second"]);
  });

  it("keeps to the requests per second", async () => {
    const ids = await open(30, { connection: { concurrency: 16, requestsPerSecond: 20 } });
    const fromMs = Date.now();
    await allAccepted(sendAll(ids));
    expect((puts().at(-1)?.atMs ?? 0) - fromMs).toBeGreaterThanOrEqual(1340);
    const inFirstHalfSecond = puts().filter(({ atMs }) => atMs < fromMs + 500);
    expect(inFirstHalfSecond.length).toBeLessThanOrEqual(13);
  });
});

describe("without a network", () => {
  it("drafts and sends are taken, nothing leaves, and everything goes on when the network is back", async () => {
    let online = false;
    const ids = await open(5, { online: () => online });
    const changes = sendAll(ids);
    await new Promise((resolve) => setImmediate(resolve));
    expect(changes.map((id) => room.changes.detail(id).state)).toEqual(Array.from({ length: 5 }, () => "approved"));
    expect(room.simulator.ledger.entries()).toEqual([]);
    online = true;
    room.changes.resume();
    await allAccepted(changes);
    expect(puts()).toHaveLength(5);
  });

  it("a provider that refuses connections gets each change later; nothing counts as sent", async () => {
    const [id] = await open(1);
    const { port } = new URL(room.simulator.origin);
    await room.simulator.close();
    if (id === undefined) throw new Error("no account");
    const change = room.send(id, { accountName: "Renamed" });
    await expect
      .poll(() => room.changes.detail(change).message, { timeout: 10_000 })
      .toMatch(/refused our connection\. Nothing was sent\./u);
    expect(room.changes.detail(change)).toMatchObject({ state: "approved", attempts: [] });
    const back = await import("../../../src/main/training/finzly/index.ts").then(({ startFinzlySimulator }) =>
      startFinzlySimulator({ port: Number(port) }),
    );
    more.push(() => back.close());
    back.addAccounts(1);
    await room.until(change, "accepted");
    room = { ...room, simulator: back };
  });
});

describe("stopping in the middle of a run", () => {
  it("ends what is in flight, starts nothing new, and the rest goes after the next start", async () => {
    const ids = await open(60, { connection: { concurrency: 4 }, simulator: { delayMs: 30 } });
    const changes = sendAll(ids);
    await expect.poll(() => puts().length, { timeout: 10_000 }).toBeGreaterThan(8);
    await room.stopServices();
    const atStop = puts().length;
    expect(atStop).toBeLessThan(60);
    expect(puts().filter(({ status }) => status === undefined)).toEqual([]);
    const states = changes.map((id) => room.changes.detail(id).state);
    expect(states.filter((state) => state === "accepted")).toHaveLength(atStop);
    expect(states.filter((state) => state === "approved")).toHaveLength(60 - atStop);
    const next = await openChangesRoom({ file: room.file, simulator: room.simulator });
    for (const id of changes) await next.until(id, "accepted");
    await next.dispose();
    expect(puts()).toHaveLength(60);
  });

  it("gives up what does not end in time: Outcome unknown, settled after the next start", async () => {
    const ids = await open(1, { connection: { canRead: true, headersTimeoutMs: 30_000 } });
    room.simulator.faults.set({ route: "accounts.update", kind: "hang-after" });
    const [change] = sendAll(ids);
    if (change === undefined) throw new Error("no change");
    await expect.poll(() => puts()[0]?.applied, { timeout: 10_000 }).toBe(true);
    await room.stopServices(50);
    expect(room.changes.detail(change)).toMatchObject({ state: "outcome-unknown" });
    const next = await openChangesRoom({ file: room.file, simulator: room.simulator });
    expect((await next.until(change, "accepted")).settlement).toBe("applied");
    await next.dispose();
    expect(puts()).toHaveLength(1);
  });
});

describe("taking a change back", () => {
  it("is possible until it leaves, and then it never leaves", async () => {
    const ids = await open(3, { connection: { concurrency: 1 }, simulator: { delayMs: 60 } });
    const [first, , last] = sendAll(ids);
    if (first === undefined || last === undefined) throw new Error("no changes");
    const { revision } = room.changes.detail(last);
    room.changes.withdraw({ id: last, revision, reason: "Wrong account" }, callBy());
    await expect.poll(() => room.changes.counts(room.store.read).sending, { timeout: 5000 }).toBe(0);
    expect(room.changes.detail(last)).toMatchObject({ state: "withdrawn", message: "Wrong account", attempts: [] });
    expect(puts()).toHaveLength(2);
    await room.until(first, "accepted");
  });
});
