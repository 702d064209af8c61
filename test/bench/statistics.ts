/** The value below which `share` (0 to 1) of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Runs the work `count` times and returns how long each took, in ms. */
export function timedMs(count: number, work: (turn: number) => void): number[] {
  return Array.from({ length: count }, (_, turn) => {
    const startMs = performance.now();
    work(turn);
    return performance.now() - startMs;
  });
}
