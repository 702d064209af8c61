import type { Clock } from "../../core/clock.ts";
import type { SignInRecord } from "./store.ts";

const freeAttempts = 5;
const longestMs = 300_000;

/**
 * How long the next try waits after so many wrong ones in a row: none up to four, then 1 s, 2 s, 4 s … at most 5 min.
 */
export function delayAfterMs(failed: number): number {
  return failed < freeAttempts ? 0 : Math.min(longestMs, 1000 * 2 ** Math.min(30, failed - freeAttempts));
}

export interface SignInDelays {
  /** Milliseconds until the person may try again; 0 when now. */
  readonly waitMs: (personId: number, record: SignInRecord | undefined) => number;
  /** Starts the delay of a try that just failed. */
  readonly begin: (personId: number, failed: number) => void;
  readonly clear: (personId: number) => void;
}

/**
 * Within a run a delay ends by the monotonic clock, so turning the wall clock does not shorten it. After a restart what
 * is left of it is taken from the stored time; a wall clock that was turned back starts the whole delay again.
 */
export function createSignInDelays(clock: Clock): SignInDelays {
  const until = new Map<number, number>();
  return {
    waitMs: (personId, record) => {
      if (record === undefined) return 0;
      const endsAt = until.get(personId);
      if (endsAt !== undefined) return Math.max(0, Math.ceil(endsAt - clock.monotonicMs()));
      const delay = delayAfterMs(record.failed);
      const passed = clock.nowMs() - record.lastFailedAtMs;
      const left = passed < 0 ? delay : Math.max(0, delay - passed);
      until.set(personId, clock.monotonicMs() + left);
      return Math.ceil(left);
    },
    begin: (personId, failed) => void until.set(personId, clock.monotonicMs() + delayAfterMs(failed)),
    clear: (personId) => void until.delete(personId),
  };
}
