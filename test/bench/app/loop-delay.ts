import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

/** Loaded into the app's own process: SIGUSR2 writes how late its event loop was since the last one, and begins anew. */
const file = process.env["VOSTRO_LOOP_DELAY"];
if (isMainThread && file !== undefined) {
  const resolutionMs = 5;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const lateMs = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  process.on("SIGUSR2", () => {
    const { count, max } = histogram;
    const found = { count, p99Ms: lateMs(histogram.percentile(99)), maxMs: lateMs(max) };
    histogram.reset();
    writeFileSync(`${file}.new`, JSON.stringify(found));
    renameSync(`${file}.new`, file);
  });
}
