import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import PQueue from "p-queue";
import { copyApp, dropCopy } from "./app-copy.ts";
import { planAnyRun, differentRuns } from "./any-run.ts";
import { runPlan, type RunResult } from "./run.ts";
import { makeTemplate } from "./template.ts";

const usage = `npm run faults -- [--runs N] [--seed S] [--run R] [--changes C] [--together T]
  --runs N      how many runs (${differentRuns}: every point once; changes, batches, storms over batches in turn)
  --seed S      what the runs are drawn from (another one every time)
  --run R       only this run of the seed, to see it again
  --changes C   how many changes or rows each run sends (500)
  --together T  how many runs at once (2)`;

interface Wishes {
  readonly runs: readonly number[];
  readonly seed: number;
  readonly changes: number;
  readonly together: number;
}

function wholeNumber(name: string, text: string | undefined, otherwise: number, least: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`--${name} is a whole number of at least ${least}.`);
  return value;
}

/** Reads the command line. Throws with a sentence when it makes no sense. */
export function readWishes(args: readonly string[]): Wishes {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { runs: text, seed: text, run: text, changes: text, together: text },
  });
  const count = wholeNumber("runs", values.runs, differentRuns, 1);
  const only = values.run === undefined ? undefined : wholeNumber("run", values.run, 0, 0);
  return {
    runs: only === undefined ? Array.from({ length: count }, (_, run) => run) : [only],
    seed: wholeNumber("seed", values.seed, randomInt(1, 1_000_000), 0),
    changes: wholeNumber("changes", values.changes, 500, 60),
    together: wholeNumber("together", values.together, 2, 1),
  };
}

function said({ plan, killed, states, violations, inClear, tookMs }: RunResult): string {
  const ends = Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
  const head = `run ${String(plan.run).padStart(3)}  ${plan.name.padEnd(30)} killed ${killed}×  ${ends}  ${(tookMs / 1000).toFixed(1)} s`;
  const broken = violations.slice(0, 20).map(({ law, what }) => `    ${law}: ${what}`);
  const clear = inClear.map(({ secret, where }) => `    in clear: ${secret} in ${where}`);
  return [head, ...broken, ...clear].join("\n");
}

/** Carries out the runs and prints a line for each. Resolves with the exit code: 1 when a law was broken. */
export async function faultsCommand(args: readonly string[]): Promise<number> {
  let wishes: Wishes;
  try {
    wishes = readWishes(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const { runs, seed, changes, together } = wishes;
  console.log(`seed ${seed}: ${runs.length === 1 ? `run ${runs[0]}` : `${runs.length} runs`} of ${changes} changes`);
  const appRoot = copyApp(`app-${process.pid}`);
  const template = await makeTemplate(appRoot, changes);
  const queue = new PQueue({ concurrency: together });
  let bad = 0;
  try {
    await Promise.all(
      runs.map((run) =>
        queue.add(async () => {
          const plan = planAnyRun(seed, run, changes);
          const result = await runPlan({ appRoot, template, plan, quietWithinMs: 240_000 });
          if (result.violations.length + result.inClear.length > 0) bad += 1;
          console.log(said(result));
        }),
      ),
    );
  } finally {
    template.dispose();
    dropCopy(appRoot);
  }
  console.log(
    bad === 0
      ? `${runs.length} runs, every law kept`
      : `${bad} of ${runs.length} runs broke a law; again: npm run faults -- --seed ${seed} --run R`,
  );
  return bad === 0 ? 0 : 1;
}
