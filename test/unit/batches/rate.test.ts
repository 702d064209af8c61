import { describe, expect, it } from "vitest";
import { createRateWindow, timeLeftMs } from "../../../src/main/features/batches/rate.ts";

describe("the rate of a batch", () => {
  it("is what was done in the last 30 s, however often it was noted", () => {
    const rate = createRateWindow();
    for (let atMs = 0; atMs <= 60_000; atMs += 100) rate.note(Math.floor(atMs / 100), atMs);
    expect(rate.perSecond(60_000)).toBeCloseTo(10, 0);
    for (let atMs = 60_100; atMs <= 95_000; atMs += 100) rate.note(600, atMs);
    expect(rate.perSecond(95_000)).toBeLessThan(0.5);
  });

  it("says nothing before there is something to tell by, and begins anew when the count does", () => {
    const rate = createRateWindow();
    expect(rate.perSecond(0)).toBeUndefined();
    rate.note(5, 0);
    rate.note(6, 100);
    expect(rate.perSecond(100)).toBeUndefined();
    rate.note(20, 1000);
    expect(rate.perSecond(1000)).toBe(15);
    rate.note(0, 1100);
    expect(rate.perSecond(1100)).toBeUndefined();
  });

  it("tells the time left, unless nothing moves", () => {
    expect(timeLeftMs(100, 20)).toBe(5000);
    expect(timeLeftMs(100, 0)).toBeUndefined();
    expect(timeLeftMs(100, undefined)).toBeUndefined();
  });
});
