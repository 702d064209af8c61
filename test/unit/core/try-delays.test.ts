import { describe, expect, it } from "vitest";
import { createTryDelays, delayAfterMs } from "../../../src/main/core/try-delays.ts";

function turnableClock(startMs = 1_000_000) {
  const at = { wall: startMs, monotonic: 0 };
  return { at, clock: { nowMs: () => at.wall, monotonicMs: () => at.monotonic } };
}

describe("delays after wrong passphrases", () => {
  it("lets four wrong tries pass, then doubles from one second to five minutes", () => {
    const waits = [1, 4, 5, 6, 7, 12, 13, 14, 60].map(delayAfterMs);
    expect(waits).toEqual([0, 0, 1000, 2000, 4000, 128_000, 256_000, 300_000, 300_000]);
  });

  it("is not shortened by turning the wall clock forward", () => {
    const { at, clock } = turnableClock();
    const delays = createTryDelays(clock);
    delays.begin(1, 6);
    at.wall += 3_600_000;
    expect(delays.waitMs(1, { failed: 6, lastFailedAtMs: 1_000_000 })).toBe(2000);
    at.monotonic += 1500;
    expect(delays.waitMs(1, { failed: 6, lastFailedAtMs: 1_000_000 })).toBe(500);
    at.monotonic += 500;
    expect(delays.waitMs(1, { failed: 6, lastFailedAtMs: 1_000_000 })).toBe(0);
  });

  it("goes on after a restart, whole again when the wall clock was turned back", () => {
    const { at, clock } = turnableClock();
    at.wall = 1_000_500;
    expect(createTryDelays(clock).waitMs(1, { failed: 6, lastFailedAtMs: 1_000_000 })).toBe(1500);
    at.wall = 500_000;
    expect(createTryDelays(clock).waitMs(1, { failed: 6, lastFailedAtMs: 1_000_000 })).toBe(2000);
  });
});
