import { afterEach, expect, it } from "vitest";
import { openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";

let room: ChangesRoom;
afterEach(() => room.dispose());

it("a wall clock that is turned back while the provider asks for patience does not stretch the wait", async () => {
  let skewMs = 0;
  const clock = { nowMs: () => Date.now() + skewMs, monotonicMs: () => performance.now() };
  room = await openChangesRoom({ clock, connection: { canRead: false } });
  const [account] = room.simulator.addAccounts(1);
  const id = await room.account(account?.customerUID ?? "", account?.accountUID ?? "");
  room.simulator.faults.set({ route: "accounts.update", kind: "too-many-requests", retryAfter: 1 });
  const change = room.send(id, { accountName: "Renamed" });
  await expect.poll(() => room.changes.detail(change).attempts[0]?.outcome, { timeout: 10_000 }).toBe("busy");
  skewMs = -86_400_000;
  await room.until(change, "accepted");
  const [first, second] = room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(950);
});

it("reads and writes together keep to the connection's requests per second", async () => {
  room = await openChangesRoom({ connection: { concurrency: 16, requestsPerSecond: 40 } });
  const accounts = room.simulator.addAccounts(10);
  const ids = await Promise.all(accounts.map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)));
  const before = room.simulator.ledger.entries().length;
  const fromMs = Date.now();
  const changes = ids.map((id) => room.send(id, { accountName: "Renamed" }));
  for (const change of changes) await room.until(change, "accepted");
  await expect
    .poll(() => changes.every((id) => room.changes.detail(id).verifiedAtMs !== undefined), { timeout: 20_000 })
    .toBe(true);
  const times = room.simulator.ledger
    .entries()
    .slice(before)
    .map(({ atMs }) => atMs);
  const burst = 5;
  expect(times).toHaveLength(50);
  expect(Math.max(...times) - fromMs).toBeGreaterThanOrEqual(((times.length - burst) * 1000) / 40 - 20);
});

it("a wall clock that is turned forward does not make an early look at an unclear change the last word", async () => {
  let skewMs = 0;
  const clock = { nowMs: () => Date.now() + skewMs, monotonicMs: () => performance.now() };
  room = await openChangesRoom({ clock, connection: { settleWindowMs: 600_000 } });
  const [account] = room.simulator.addAccounts(1);
  const id = await room.account(account?.customerUID ?? "", account?.accountUID ?? "");
  room.simulator.faults.set({ route: "accounts.update", kind: "reset-before" });
  const change = room.send(id, { accountName: "Renamed" });
  await room.until(change, "outcome-unknown");
  await room.changes.readBack({ id: change }, room.maker);
  skewMs = 3_600_000;
  await room.changes.readBack({ id: change }, room.maker);
  const seen = room.changes.detail(change);
  expect(seen.settlement).toBeUndefined();
  expect(seen.message).toMatch(/not there yet/u);
});

it("a provider that says “not now” is left alone a little longer than it asked, by the given draw", async () => {
  room = await openChangesRoom({ connection: { canRead: false }, random: () => 0.8 });
  const [account] = room.simulator.addAccounts(1);
  const id = await room.account(account?.customerUID ?? "", account?.accountUID ?? "");
  room.simulator.faults.set({ route: "accounts.update", kind: "too-many-requests", retryAfter: 1 });
  await room.until(room.send(id, { accountName: "Renamed" }), "accepted");
  const [first, second] = room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1150);
});
