/** Delays that all end when their owner closes. */
export interface Timers {
  after(delayMs: number, run: () => void): void;
  /** Runs at once, in the same turn, when there is no delay; like `after` otherwise. */
  now(delayMs: number | undefined, run: () => void): void;
  /** Cancels everything that is still waiting; later calls are ignored. */
  close(): void;
}

export function createTimers(): Timers {
  const waiting = new Set<NodeJS.Timeout>();
  let closed = false;
  const after: Timers["after"] = (delayMs, run) => {
    if (closed) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      run();
    }, delayMs);
    waiting.add(timer);
  };
  return {
    after,
    now: (delayMs, run) => {
      if (delayMs === undefined || delayMs === 0) run();
      else after(delayMs, run);
    },
    close: () => {
      closed = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
