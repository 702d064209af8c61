import type { StagingProgress } from "../staging.ts";

/** Thrown out of work that was asked to end; nothing half done is left behind. */
export class Cancelled extends Error {
  constructor() {
    super("Cancelled.");
    this.name = "Cancelled";
  }
}

/** One piece of long work: how it tells where it is, and how it learns that it should end. */
export interface Run {
  readonly progress: StagingProgress;
  /** Throws `Cancelled` once the work is no longer wanted. */
  readonly goOn: () => void;
}

/** A run nobody watches and nobody ends. */
export const quietRun: Run = { progress: () => undefined, goOn: () => undefined };

const everyMs = 100;

/** Passes progress on at most ten times a second; the first look always. */
export function seldom(progress: StagingProgress, nowMs: () => number = () => performance.now()): StagingProgress {
  let saidMs = Number.NEGATIVE_INFINITY;
  return (news) => {
    const now = nowMs();
    if (news.first === undefined && now - saidMs < everyMs) return;
    saidMs = now;
    progress(news);
  };
}

/** Lets whatever else waits in this thread have its turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
