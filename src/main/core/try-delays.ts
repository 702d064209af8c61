import type { Clock } from "./clock.ts";
import { VostroFailure } from "./failures.ts";

/** Wrong tries in a row, as kept over a restart. */
export interface TryRecord {
  readonly failed: number;
  readonly lastFailedAtMs: number;
}

const freeAttempts = 5;
const longestMs = 300_000;

/**
 * How long the next try waits after so many wrong ones in a row: none up to four, then 1 s, 2 s, 4 s … at most 5 min.
 */
export function delayAfterMs(failed: number): number {
  return failed < freeAttempts ? 0 : Math.min(longestMs, 1000 * 2 ** Math.min(30, failed - freeAttempts));
}

export interface TryDelays {
  /** Milliseconds until the next try is looked at; 0 when now. */
  readonly waitMs: (of: number | string, record: TryRecord | undefined) => number;
  /** Starts the delay of a try that just failed. */
  readonly begin: (of: number | string, failed: number) => void;
  readonly clear: (of: number | string) => void;
}

/**
 * Within a run a delay ends by the monotonic clock, so turning the wall clock does not shorten it. After a restart what
 * is left of it is taken from the stored time; a wall clock that was turned back starts the whole delay again.
 */
export function createTryDelays(clock: Clock): TryDelays {
  const until = new Map<number | string, number>();
  return {
    waitMs: (of, record) => {
      if (record === undefined) return 0;
      const endsAt = until.get(of);
      if (endsAt !== undefined) return Math.max(0, Math.ceil(endsAt - clock.monotonicMs()));
      const delay = delayAfterMs(record.failed);
      const passed = clock.nowMs() - record.lastFailedAtMs;
      const left = passed < 0 ? delay : Math.max(0, delay - passed);
      until.set(of, clock.monotonicMs() + left);
      return Math.ceil(left);
    },
    begin: (of, failed) => void until.set(of, clock.monotonicMs() + delayAfterMs(failed)),
    clear: (of) => void until.delete(of),
  };
}

/** "2 seconds": how long to wait. */
export function waitWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

/** The failure of a try that came before its delay was over; the passphrase was not looked at. */
export function triedTooSoon(waitMs: number): VostroFailure {
  const message = `Too many wrong passphrases. Try again in ${waitWords(waitMs)}.`;
  return new VostroFailure("not-allowed", message, { retryAfterMs: waitMs, retryable: true });
}

/** The failure of a wrong try: what is said, and the wait before the next one where there is one. */
export function wrongTry(said: string, nextMs: number, cause?: unknown): VostroFailure {
  const then = nextMs > 0 ? ` Try again in ${waitWords(nextMs)}.` : "";
  return new VostroFailure("not-allowed", said + then, {
    retryable: true,
    ...(nextMs > 0 ? { retryAfterMs: nextMs } : {}),
    ...(cause === undefined ? {} : { cause }),
  });
}
