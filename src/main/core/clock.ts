import { randomUUID } from "node:crypto";

/** Wall clock for what people read, monotonic clock for what expires. Injected so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; may jump. */
  readonly nowMs: () => number;
  /** Milliseconds since an arbitrary start; never goes back. */
  readonly monotonicMs: () => number;
}

export const systemClock: Clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

/** A fresh random identifier that ties an answer, its log lines and its audit rows together. */
export function newCorrelationId(): string {
  return randomUUID();
}
