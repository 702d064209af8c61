import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Connection, ConnectionId } from "@contract";
import { createSettleWatch } from "../../../src/main/features/changes/settle-watch.ts";
import type { SendDependencies } from "../../../src/main/features/changes/send-dependencies.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A watch over `count` changes whose settle windows have passed; `reads` counts how often it asks the file. */
function watchOver(count: number, state: Connection["state"], online: boolean) {
  const seen = { reads: 0 };
  const rows = Array.from({ length: count }, (_, index) => ({ id: index + 1, connectionId: 1, settleAtMs: 0 }));
  const deps = {
    store: { read: { all: () => ((seen.reads += 1), rows), get: () => undefined } },
    connections: { list: () => [{ id: 1 as ConnectionId, state }] },
    clock: { nowMs: () => Date.now(), monotonicMs: () => Date.now() },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as SendDependencies;
  return { watch: createSettleWatch(deps, () => online, () => undefined), seen };
}

it("does not poll without a network: the return of the network is told", async () => {
  const { watch, seen } = watchOver(3, "ready", false);
  watch.look();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(seen.reads).toBe(1);
  await watch.stop();
});

it("does not poll nor read while the sign-in is refused: a person's act is told", async () => {
  const { watch, seen } = watchOver(3, "sign-in-refused", true);
  watch.look();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(seen.reads).toBe(1);
  await watch.stop();
});

it("looks once for many changes that end in one turn", async () => {
  const { watch, seen } = watchOver(3, "ready", false);
  for (let change = 0; change < 500; change += 1) watch.look();
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen.reads).toBe(1);
  await watch.stop();
});
