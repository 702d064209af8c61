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
