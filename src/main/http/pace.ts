import { setTimeout as sleep } from "node:timers/promises";

/** Waits for its turn: at most so many turns a second, evenly spaced after a short burst. */
export type Pace = (signal: AbortSignal) => Promise<void>;

/**
 * A pace of `perSecond` turns; up to a tenth of a second's worth may go at once. `monotonicMs` never goes back. Rejects
 * with the signal's reason when it is aborted while waiting.
 */
export function createPace(perSecond: number, monotonicMs: () => number): Pace {
  const spacingMs = 1000 / perSecond;
  const burstMs = Math.max(spacingMs, 100);
  let nextAtMs = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    signal.throwIfAborted();
    const now = monotonicMs();
    nextAtMs = Math.max(nextAtMs, now - burstMs) + spacingMs;
    const waitMs = nextAtMs - now;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
  };
}
