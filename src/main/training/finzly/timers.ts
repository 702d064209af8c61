/** Delays that all end when their owner closes. */
export interface Timers {
  after(delayMs: number, run: () => void): void;
  /** Cancels everything that is still waiting; later calls are ignored. */
  close(): void;
}

export function createTimers(): Timers {
  const waiting = new Set<NodeJS.Timeout>();
  let closed = false;
  return {
    after: (delayMs, run) => {
      if (closed) return;
      const timer = setTimeout(() => {
        waiting.delete(timer);
        run();
      }, delayMs);
      waiting.add(timer);
    },
    close: () => {
      closed = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
