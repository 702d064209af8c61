import { describe, expect, it } from "vitest";
import { readWishes } from "../../support/fault-harness/command.ts";
import { planAnyRun } from "../../support/fault-harness/any-run.ts";
import { differentBatchPoints, differentPoints, planBatchRun, planRun } from "../../support/fault-harness/plan.ts";

const plans = (seed: number) => Array.from({ length: 4 * differentPoints }, (_, run) => planRun(seed, run, 500));

describe("the plan of a run", () => {
  it("is the same again for the same seed and run, and another for another seed", () => {
    expect(plans(7)).toEqual(plans(7));
    expect(plans(8)).not.toEqual(plans(7));
  });

  it("takes every named point in turn, with and without reading", () => {
    const taken = plans(7);
    expect(new Set(taken.map(({ name }) => name)).size).toBe(differentPoints);
    expect(new Set(taken.map(({ connection }) => connection.canRead))).toEqual(new Set([true, false]));
  });

  it("kills at least once, while there is still something to send", () => {
    for (const { kills, connection } of plans(9)) {
      expect(kills.length).toBeGreaterThan(0);
      expect(Math.max(...kills.map(({ nth }) => nth))).toBeLessThan(500);
      expect(connection.concurrency).toBeGreaterThanOrEqual(8);
      expect(connection.concurrency).toBeLessThanOrEqual(16);
    }
  });
});

describe("the runs of the command", () => {
  it("are changes, batches and storms in turn, every point with another draw in the next round", () => {
    const runs = Array.from({ length: 60 }, (_, run) => planAnyRun(7, run, 500));
    expect(runs[3]).toEqual(planRun(7, 3, 500));
    expect(runs[differentPoints]).toEqual({ ...planBatchRun(7, 0, 500), run: differentPoints });
    const storms = runs.filter(({ name }) => name.startsWith("storm:"));
    expect(new Set(storms.map(({ name }) => name)).size).toBe(4);
    expect(runs.map(({ run }) => run)).toEqual([...runs.keys()]);
    const points = differentPoints + differentBatchPoints + 4;
    expect(runs[points]?.name).toBe(runs[0]?.name);
    expect(runs[points]).not.toEqual({ ...runs[0], run: points });
  });
});

describe("the command line", () => {
  it("takes runs, seed, changes, and one run alone", () => {
    expect(readWishes(["--runs", "3", "--seed", "5"])).toMatchObject({
      runs: [0, 1, 2],
      seed: 5,
      changes: 500,
      together: 2,
    });
    expect(readWishes(["--run", "17", "--seed", "5", "--changes", "80"])).toMatchObject({
      runs: [17],
      seed: 5,
      changes: 80,
    });
  });

  it.each([
    ["--runs", "0"],
    ["--runs", "many"],
    ["--seed", "-1"],
    ["--changes", "5"],
    ["--unknown", "1"],
  ])("refuses %s %s", (name, value) => {
    expect(() => readWishes([`${name}=${value}`])).toThrow(/whole number|Unknown option/u);
  });
});
