import type { FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import { breakingOffFront, redirectingFront } from "./front.ts";
import type { RunPlan } from "./plan.ts";
import type { RunSetup } from "./run.ts";

export type Scenario = Pick<RunPlan, "kills" | "connection" | "weather" | "asBatch" | "meanwhile" | "putsBack"> &
  Pick<RunSetup, "around" | "changes" | "decide" | "env">;

const blind = { canRead: false, concurrency: 2 };
const reading = { canRead: true, concurrency: 2 };
const once = (kind: Parameters<FinzlySimulator["faults"]["set"]>[0]["kind"], delayMs?: number) =>
  ({ route: "accounts.update", kind, every: 3, times: 1, ...(delayMs === undefined ? {} : { delayMs }) }) as const;

/**
 * Small runs that always go the same way: each lays one temptation before the app. Nobody decides what stays unclear,
 * unless it says so.
 */
export const scenarios = {
  calm: { kills: [], connection: blind, weather: [] },
  "killed while a request is under way": {
    kills: [{ at: "request-received", nth: 3, delayMs: 0 }],
    connection: blind,
    weather: [],
  },
  "killed when applied, before the answer": {
    kills: [{ at: "applied-before-answer", nth: 3, delayMs: 0 }],
    connection: blind,
    weather: [],
  },
  "killed right after an outcome was saved": {
    kills: [{ at: "after-outcome-commit", nth: 2, delayMs: 0 }],
    connection: blind,
    weather: [],
  },
  "connections reset before and after applying": {
    kills: [],
    connection: { ...reading, settleWindowMs: 300 },
    weather: [once("reset-before"), once("reset-after")],
  },
  "a connection reset after applying": { kills: [], connection: blind, weather: [once("reset-after")] },
  "applied late": { kills: [], connection: { ...reading, settleWindowMs: 3000 }, weather: [once("late-apply", 1200)] },
  "refused with 200": { kills: [], connection: blind, weather: [once("failure-200")] },
  "sent to another host": { kills: [], connection: blind, weather: [], around: redirectingFront },
  "a batch, one account taken meanwhile": { kills: [], connection: blind, weather: [], asBatch: "disturbed" },
  "a batch, killed while it is sent": {
    kills: [{ at: "request-received", nth: 3, delayMs: 0 }],
    connection: blind,
    weather: [],
    asBatch: "calm",
  },
  "an older copy of the file put back": {
    kills: [{ at: "applied-before-answer", nth: 20, delayMs: 0 }],
    connection: { ...reading, concurrency: 8 },
    weather: [],
    putsBack: true,
    changes: 60,
  },
  "an older copy of the file put back, nothing can be read": {
    kills: [{ at: "applied-before-answer", nth: 3, delayMs: 0 }],
    connection: blind,
    weather: [],
    putsBack: true,
    decide: true,
  },
  "answers that break off, nothing applied": { kills: [], connection: blind, weather: [], around: breakingOffFront },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

/** How many changes a scenario sends that does not say. */
export const scenarioChanges = 6;

/** The set-up of a scenario for an app and a template. */
export function scenarioSetup(name: ScenarioName, appRoot: string, template: RunSetup["template"]): RunSetup {
  return setupOf(name, scenarios[name], appRoot, template);
}

/** The set-up of a small run that always goes the same way. */
export function setupOf(
  name: string,
  { kills, connection, weather, asBatch, meanwhile, putsBack, ...more }: Scenario,
  appRoot: string,
  template: RunSetup["template"],
): RunSetup {
  return {
    appRoot,
    template,
    plan: {
      seed: 0,
      run: 0,
      name,
      kills,
      connection,
      weather,
      ...(asBatch === undefined ? {} : { asBatch }),
      ...(meanwhile === undefined ? {} : { meanwhile }),
      ...(putsBack === undefined ? {} : { putsBack }),
    },
    changes: scenarioChanges,
    decide: false,
    quietWithinMs: 10_000,
    ...more,
  };
}
