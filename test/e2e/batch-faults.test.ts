import PQueue from "p-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyApp, dropCopy } from "../support/fault-harness/app-copy.ts";
import { actingAs, batchMutants, type BatchMutantName } from "../support/fault-harness/batch-mutants.ts";
import { buildMutant } from "../support/fault-harness/mutant-build.ts";
import { runPlan } from "../support/fault-harness/run.ts";
import { setupOf } from "../support/fault-harness/scenarios.ts";
import { differentStorms, planStormRun } from "../support/fault-harness/storm-plans.ts";
import { makeTemplate, type Template } from "../support/fault-harness/template.ts";
import { findElectron } from "../support/launch.ts";

const rows = 60;
const seed = 20_261_127;
const patienceMs = 300_000;
const plans = Array.from({ length: differentStorms }, (_, run) => planStormRun(seed, run, rows));
const names = Object.keys(batchMutants) as BatchMutantName[];

const turns = new PQueue({ concurrency: 2 });
let appRoot: string;
let mutantRoot: string;
let template: Template;

/** Files are chosen and commits are counted on the stand-in only. */
describe.runIf(findElectron() === undefined).concurrent("a batch of 60 rows in storms", () => {
  beforeAll(async () => {
    appRoot = copyApp(`app-${process.pid}`);
    template = await makeTemplate(appRoot, rows);
    mutantRoot = await buildMutant(
      "of-batches",
      names.map((name) => batchMutants[name].cut),
    );
  }, patienceMs);
  afterAll(() => {
    template.dispose();
    [appRoot, mutantRoot].forEach(dropCopy);
  });

  it.each(plans)(
    "run $run: $name",
    async (plan) => {
      const result = await turns.add(() => runPlan({ appRoot, template, plan, quietWithinMs: 120_000 }));
      expect(result.violations).toEqual([]);
      expect(result.inClear).toEqual([]);
      expect(result.killed).toBe(plan.kills.length);
      const { batches } = result.evidence.file;
      expect(batches[0]).toMatchObject({ state: "finished", chosen: rows, changes: rows, unmade: 0 });
      const { accepted = 0, refused = 0, conflict = 0, reversed = 0, ...others } = result.states;
      expect(others).toEqual({});
      const moves = (plan.meanwhile ?? []).some(({ does }) => does === "move-accounts");
      expect(conflict > 0).toBe(moves);
      if (plan.asBatch !== "undone") return expect(accepted + refused).toBe(rows);
      expect(batches.map(({ state }) => state)).toEqual(["finished", "finished"]);
      expect(reversed).toBeGreaterThan(rows / 4);
    },
    patienceMs,
  );

  it.each(names)(
    "%s, planted in the product, is seen",
    async (name) => {
      const { scenario, law, what } = batchMutants[name];
      const setup = setupOf(what, scenario, mutantRoot, template);
      const result = await turns.add(() => runPlan({ ...setup, env: actingAs(name) }));
      expect(result.violations.map((violation) => violation.law)).toContain(law);
    },
    patienceMs,
  );
});
