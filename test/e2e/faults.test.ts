import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PQueue from "p-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyApp, dropCopy } from "../support/fault-harness/app-copy.ts";
import { commitPoints } from "../support/fault-harness/kill-at-commit.ts";
import { buildMutant, cutOnce, RottenMutant } from "../support/fault-harness/mutant-build.ts";
import { mutants, refusedMutant } from "../support/fault-harness/mutants.ts";
import {
  differentBatchPoints,
  planBatchRun,
  planRun,
  type RunPlan,
} from "../support/fault-harness/plan.ts";
import { runPlan } from "../support/fault-harness/run.ts";
import { scanFolder } from "../support/fault-harness/secret-scan.ts";
import { scenarios, scenarioSetup, type ScenarioName } from "../support/fault-harness/scenarios.ts";
import { credentials, makeTemplate, type Template } from "../support/fault-harness/template.ts";
import { findElectron } from "../support/launch.ts";

const changes = 500;
const seed = 20_261_120;
const patienceMs = 600_000;
const plans = Array.from({ length: 20 }, (_, run) => planRun(seed, run, changes));

const batchRows = 500;
const batchPlans = Array.from({ length: differentBatchPoints }, (_, run) => planBatchRun(seed, run, batchRows));

const turns = new PQueue({ concurrency: 2 });
const built: string[] = [];
let appRoot: string;
let template: Template;

beforeAll(async () => {
  appRoot = copyApp(`app-${process.pid}`);
  built.push(appRoot);
  template = await makeTemplate(appRoot, changes);
}, patienceMs);
afterAll(() => {
  template.dispose();
  built.forEach(dropCopy);
});

/** Real Electron takes no preloaded module, so the app cannot be ended exactly at a commit there. */
function killsThatCanStrike({ kills }: RunPlan): number {
  const atCommit = (kill: RunPlan["kills"][number]): boolean => commitPoints.some((point) => point === kill.at);
  return findElectron() === undefined ? kills.length : kills.filter((kill) => !atCommit(kill)).length;
}

describe.concurrent("the app, killed while it sends 500 changes", () => {
  it.each(plans)(
    "run $run: $name",
    async (plan) => {
      const result = await turns.add(() => runPlan({ appRoot, template, plan }));
      expect(result.violations).toEqual([]);
      expect(result.inClear).toEqual([]);
      expect(result.killed).toBe(killsThatCanStrike(plan));
      const { accepted = 0, refused = 0, ...others } = result.states;
      expect(others).toEqual({});
      expect(accepted + refused).toBe(changes);
    },
    patienceMs,
  );
});

describe.runIf(findElectron() === undefined).concurrent("the app, killed while it works on a batch of 500 rows", () => {
  it.each(batchPlans)(
    "run $run: $name",
    async (plan) => {
      const result = await turns.add(() => runPlan({ appRoot, template, plan, quietWithinMs: 240_000 }));
      expect(result.violations).toEqual([]);
      expect(result.inClear).toEqual([]);
      expect(result.killed).toBe(plan.kills.length);
      const [batch, ...undo] = result.evidence.file.batches.filter(({ state }) => state !== "failed");
      expect(batch).toMatchObject({ state: "finished", chosen: batchRows, changes: batchRows, unmade: 0 });
      const { accepted = 0, refused = 0, reversed = 0, ...others } = result.states;
      expect(others).toEqual({});
      const isUndone = plan.asBatch === "undone";
      expect(undo.map(({ state }) => state)).toEqual(isUndone ? ["finished"] : []);
      if (isUndone) expect(reversed).toBeGreaterThan(batchRows / 2);
      else expect(accepted + refused).toBe(batchRows);
    },
    patienceMs,
  );
});

describe.concurrent("faults planted in the product", () => {
  it.each(Object.keys(scenarios) as ScenarioName[])(
    "without one, no law is broken: %s",
    async (name) => {
      const result = await turns.add(() => runPlan(scenarioSetup(name, appRoot, template)));
      expect(result.violations).toEqual([]);
      expect(result.killed).toBe(killsThatCanStrike(result.plan));
    },
    patienceMs,
  );

  it.runIf(findElectron() === undefined)(
    "an older copy put back: what had been sent is found there, the rest is released and sent once",
    async () => {
      const setup = scenarioSetup("an older copy of the file put back", appRoot, template);
      const { evidence, states, violations } = await turns.add(() => runPlan(setup));
      expect(violations).toEqual([]);
      expect(states).toMatchObject({ accepted: setup.changes });
      const { file, lost, requests } = evidence;
      expect(requests.filter(({ method, applied }) => method === "PUT" && applied)).toHaveLength(setup.changes ?? 0);
      const own = new Set(file.attempts.map(({ changeId }) => changeId));
      const found = file.changes.filter(({ state, id }) => state === "accepted" && !own.has(id));
      expect(found.length).toBeGreaterThanOrEqual(20);
      expect(lost?.attempts.length).toBeGreaterThanOrEqual(found.length);
      expect(own.size).toBe((setup.changes ?? 0) - found.length);
    },
    patienceMs,
  );

  it.each(Object.entries(mutants))(
    "%s is seen",
    async (name, { cuts, scenario, laws }) => {
      const result = await turns.add(async () => {
        const root = await buildMutant(name, cuts);
        built.push(root);
        return await runPlan(scenarioSetup(scenario, root, template));
      });
      expect([...new Set(result.violations.map(({ law }) => law))]).toEqual(expect.arrayContaining([...laws]));
    },
    patienceMs,
  );

  it(
    "a file that would not keep what it says is saved is not opened at all",
    async () => {
      const run = turns.add(async () => {
        const root = await buildMutant("not-synchronous", refusedMutant.cuts);
        built.push(root);
        return await runPlan(scenarioSetup("calm", root, template));
      });
      await expect(run).rejects.toThrow(refusedMutant.says);
    },
    patienceMs,
  );

  it("a cut that no longer fits its source is an error, never a mutant that does nothing", () => {
    const cut = { file: "x.ts", find: "once", replace: "twice" };
    expect(cutOnce("only once here", cut)).toBe("only twice here");
    expect(() => cutOnce("not here", cut)).toThrow(RottenMutant);
    expect(() => cutOnce("once and once more", cut)).toThrow(RottenMutant);
  });
});

describe("the scan of what runs leave behind", () => {
  it("finds a planted secret, and nothing in the encrypted workspace", () => {
    const folder = mkdtempSync(join(tmpdir(), "vostro-scan-"));
    try {
      cpSync(template.userData, folder, { recursive: true });
      const sought = [
        { name: "the client secret", text: credentials.clientSecret },
        { name: "an account number", text: template.accountNumbers[0] ?? "" },
      ];
      expect(scanFolder(folder, sought)).toEqual([]);
      writeFileSync(join(folder, "crash.dmp"), `\u0000${template.accountNumbers[0]}\u0000`);
      expect(scanFolder(folder, sought)).toEqual([{ secret: "an account number", where: "crash.dmp" }]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
