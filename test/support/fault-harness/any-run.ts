import { differentBatchPoints, differentPoints, planBatchRun, planRun, type RunPlan } from "./plan.ts";
import { differentStorms, planStormRun } from "./storm-plans.ts";

const kinds = [
  { count: differentPoints, plan: planRun },
  { count: differentBatchPoints, plan: planBatchRun },
  { count: differentStorms, plan: planStormRun },
] as const;

/** How many different runs there are before the points come round again. */
export const differentRuns = kinds.reduce((sum, { count }) => sum + count, 0);

/** Changes sent one by one, batches, batches in storms: every point of each in turn. Its `run` is the number given. */
export function planAnyRun(seed: number, run: number, changes: number): RunPlan {
  const round = Math.floor(run / differentRuns);
  let at = run % differentRuns;
  for (const { count, plan } of kinds) {
    if (at < count) return { ...plan(seed, round * count + at, changes), run };
    at -= count;
  }
  throw new RangeError("A run has a whole number of at least 0.");
}
