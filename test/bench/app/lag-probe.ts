import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

/**
 * Preloaded into the app's Node by the bench: SIGUSR2 begins watching the event loop, the next one ends it and writes
 * how much later than asked its turns came.
 */
export const lagFileVariable = "VOSTRO_BENCH_LAG_FILE";

export interface Lag {
  readonly p99Ms: number;
  readonly maxMs: number;
}

const stepMs = 1;
const file = process.env[lagFileVariable];

if (isMainThread && file !== undefined) {
  const lag = monitorEventLoopDelay({ resolution: stepMs });
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - stepMs);
  let isOn = false;
  process.on("SIGUSR2", () => {
    if (isOn) {
      lag.disable();
      const found: Lag = { p99Ms: late(lag.percentile(99)), maxMs: late(lag.max) };
      writeFileSync(file, JSON.stringify(found));
    } else {
      lag.reset();
      lag.enable();
    }
    isOn = !isOn;
  });
}
