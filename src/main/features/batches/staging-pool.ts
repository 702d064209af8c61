import type { BatchId } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import type { Staging } from "./staging.ts";

/** Failures that say nothing bad about the worker itself. */
const harmless = new Set(["input-invalid", "not-found", "conflict", "not-allowed"]);

/** Stagings that are in use: one worker a batch, ended when nobody has asked it for a while. */
export interface StagingPool {
  readonly use: <T>(id: BatchId, work: (staging: Staging) => Promise<T>) => Promise<T>;
  readonly close: (id: BatchId) => Promise<void>;
  readonly closeAll: () => Promise<void>;
}

interface Opened {
  readonly staging: Staging;
  users: number;
  /** It failed in a way that leaves doubts about its worker: the next one who asks gets a new one. */
  doubtful: boolean;
  timer: NodeJS.Timeout | undefined;
}

export function createStagingPool(open: (id: BatchId) => Staging, log: Log, idleMs = 60_000): StagingPool {
  const all = new Map<BatchId, Opened>();
  const close = async (id: BatchId): Promise<void> => {
    const opened = all.get(id);
    if (opened === undefined) return;
    all.delete(id);
    clearTimeout(opened.timer);
    await opened.staging.close();
  };
  const closeIdle = (id: BatchId): void => {
    close(id).catch((error: unknown) => log.warn("A staging file was not closed cleanly.", { batch: id, error }));
  };
  return {
    use: async (id, work) => {
      const opened = all.get(id) ?? { staging: open(id), users: 0, doubtful: false, timer: undefined };
      all.set(id, opened);
      clearTimeout(opened.timer);
      opened.users += 1;
      try {
        return await work(opened.staging);
      } catch (error) {
        opened.doubtful ||= !(error instanceof VostroFailure && harmless.has(error.code));
        throw error;
      } finally {
        opened.users -= 1;
        if (opened.users === 0 && all.get(id) === opened) {
          if (opened.doubtful) await close(id);
          else opened.timer = setTimeout(closeIdle, idleMs, id).unref();
        }
      }
    },
    close,
    closeAll: async () => {
      await Promise.all([...all.keys()].map(close));
    },
  };
}
