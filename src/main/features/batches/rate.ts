/** How many a second over the last 30 s, from counts noted now and then. */
export interface RateWindow {
  readonly note: (done: number, atMs: number) => void;
  /** Undefined until there is something to tell by. */
  readonly perSecond: (atMs: number) => number | undefined;
}

const windowMs = 30_000;
const leastMs = 500;

/** `atMs` is on the monotonic clock. At most one sample every 500 ms is kept. */
export function createRateWindow(): RateWindow {
  let samples: { readonly done: number; readonly atMs: number }[] = [];
  return {
    note: (done, atMs) => {
      const [before, last] = [samples.at(-2), samples.at(-1)];
      if (last !== undefined && done < last.done) samples = [];
      else if (before !== undefined && atMs - before.atMs < leastMs) samples.pop();
      samples.push({ done, atMs });
      while (samples.length > 2 && (samples[1]?.atMs ?? atMs) <= atMs - windowMs) samples.shift();
    },
    perSecond: (atMs) => {
      const [first] = samples;
      const last = samples.at(-1);
      if (first === undefined || last === undefined || last.atMs - first.atMs < leastMs) return undefined;
      return ((last.done - first.done) * 1000) / (Math.max(last.atMs, atMs) - first.atMs);
    },
  };
}

/** Milliseconds until `left` more are done; undefined when nothing moves. */
export function timeLeftMs(left: number, perSecond: number | undefined): number | undefined {
  return perSecond === undefined || perSecond <= 0 ? undefined : Math.round((left * 1000) / perSecond);
}
