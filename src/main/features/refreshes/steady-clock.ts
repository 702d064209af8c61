import type { Clock } from "../../core/clock.ts";

/**
 * Time that passes with the wall clock and the monotonic clock, whichever is further, and never goes back: not when the
 * computer's clock is turned back, and not across a restart, because it begins no earlier than `latestMs`, the highest
 * moment the file has seen.
 */
export interface SteadyClock {
  /** Milliseconds; compare with itself only. */
  readonly nowMs: () => number;
  /** A steady moment as this computer's clock would show it, for people to read. */
  readonly shownMs: (steadyMs: number) => number;
}

export function createSteadyClock(clock: Clock, latestMs: number): SteadyClock {
  let atMs = Math.max(latestMs, clock.nowMs());
  let monotonicMs = clock.monotonicMs();
  const nowMs = (): number => {
    const monotonicNowMs = clock.monotonicMs();
    atMs = Math.max(atMs + Math.max(0, monotonicNowMs - monotonicMs), clock.nowMs());
    monotonicMs = monotonicNowMs;
    return Math.round(atMs);
  };
  return { nowMs, shownMs: (steadyMs) => Math.max(0, Math.round(clock.nowMs() + (steadyMs - nowMs()))) };
}
