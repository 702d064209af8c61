import type { BatchId } from "@contract";

/** Long work on batches: at most one piece a batch, each with its own way to be ended. */
export interface Runs {
  /** Starts at once unless something runs for the batch already; returns whether it did. */
  readonly start: (id: BatchId, work: (signal: AbortSignal) => Promise<void>) => boolean;
  readonly isRunning: (id: BatchId) => boolean;
  /** Ends what runs for the batch and waits until it has. */
  readonly cancel: (id: BatchId) => Promise<void>;
  readonly stopAll: () => Promise<void>;
}

interface Run {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** `failed` gets what a piece of work throws; work that was ended may throw whatever it likes. */
export function createRuns(failed: (id: BatchId, error: unknown) => void): Runs {
  const running = new Map<BatchId, Run>();
  let stopping = false;
  const carryOut = async (id: BatchId, work: (signal: AbortSignal) => Promise<void>, abort: AbortController) => {
    try {
      await work(abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) failed(id, error);
    } finally {
      if (running.get(id)?.abort === abort) running.delete(id);
    }
  };
  const cancel = async (id: BatchId): Promise<void> => {
    const run = running.get(id);
    run?.abort.abort();
    await run?.done;
  };
  return {
    start: (id, work) => {
      if (stopping || running.has(id)) return false;
      const abort = new AbortController();
      const done = Promise.resolve().then(() => carryOut(id, work, abort));
      running.set(id, { abort, done });
      return true;
    },
    isRunning: (id) => running.has(id),
    cancel,
    stopAll: async () => {
      stopping = true;
      await Promise.all([...running.keys()].map(cancel));
    },
  };
}
