import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchIdle } from "../../../src/main/features/workspace/idle-lock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("locks at the limit and not before it, at no time while nothing is open, and never once it was stopped", () => {
  const now: { seconds: number; limit: number | undefined } = { seconds: 599, limit: 10 };
  const lock = vi.fn();
  const stop = watchIdle({ idleSeconds: () => now.seconds, limitMinutes: () => now.limit, lock });
  vi.advanceTimersByTime(60_000);
  expect(lock).not.toHaveBeenCalled();
  now.seconds = 600;
  vi.advanceTimersByTime(5000);
  expect(lock).toHaveBeenCalledTimes(1);
  now.limit = undefined;
  vi.advanceTimersByTime(60_000);
  expect(lock).toHaveBeenCalledTimes(1);
  now.limit = 10;
  stop();
  vi.advanceTimersByTime(60_000);
  expect(lock).toHaveBeenCalledTimes(1);
});
