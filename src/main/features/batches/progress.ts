import type { BatchId, BatchProgress } from "@contract";
import type { Publish } from "../../core/call-context.ts";
import type { Clock } from "../../core/clock.ts";
import { createRateWindow, timeLeftMs, type RateWindow } from "./rate.ts";

/** Running numbers for the windows: at most ten times a second a batch, with the rate of the last 30 s. */
export interface ProgressTeller {
  /** `rowsAbout`: how many there will probably be where nobody knows yet; only the time left is told from it. */
  readonly tell: (
    progress: Omit<BatchProgress, "perSecond" | "leftMs"> & { readonly rowsAbout?: number },
    always?: boolean,
  ) => void;
  readonly rateOf: (id: BatchId) => number | undefined;
  /** The work ended or begins anew: what was counted says nothing about what comes. */
  readonly forget: (id: BatchId) => void;
}

const everyMs = 100;

export function createProgressTeller(publish: Publish, clock: Pick<Clock, "monotonicMs">): ProgressTeller {
  const windows = new Map<BatchId, { readonly rate: RateWindow; toldAtMs: number }>();
  const windowOf = (id: BatchId) => {
    const known = windows.get(id) ?? { rate: createRateWindow(), toldAtMs: Number.NEGATIVE_INFINITY };
    windows.set(id, known);
    return known;
  };
  return {
    tell: ({ rowsAbout, ...progress }, always = false) => {
      const nowMs = clock.monotonicMs();
      const window = windowOf(progress.id);
      window.rate.note(progress.rowsDone, nowMs);
      if (!always && nowMs - window.toldAtMs < everyMs) return;
      window.toldAtMs = nowMs;
      const perSecond = window.rate.perSecond(nowMs);
      const rowsTotal = progress.rowsTotal ?? rowsAbout;
      const leftMs = rowsTotal === undefined ? undefined : timeLeftMs(rowsTotal - progress.rowsDone, perSecond);
      publish("batches.progress", {
        ...progress,
        ...(perSecond === undefined ? {} : { perSecond }),
        ...(leftMs === undefined ? {} : { leftMs }),
      });
    },
    rateOf: (id) => windows.get(id)?.rate.perSecond(clock.monotonicMs()),
    forget: (id) => void windows.delete(id),
  };
}
