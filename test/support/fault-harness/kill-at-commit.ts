import { createRequire } from "node:module";
import type Sqlite from "better-sqlite3";

/**
 * Preloaded into the app's Node by the harness: ends the process with SIGKILL just before or just after the n-th commit
 * of one kind. `intent`: an attempt was put down. `outcome`: an attempt was ended. `recovery`: what a crash left was
 * turned into Outcome unknown. Of a batch, `reading`: rows were staged; `checking`: a part of the plan was stored;
 * `making`: rows were made into changes.
 */
export const commitPoints = [
  "before-intent-commit",
  "after-intent-commit",
  "before-outcome-commit",
  "after-outcome-commit",
  "before-recovery-commit",
  "after-recovery-commit",
  "before-reading-commit",
  "after-reading-commit",
  "before-checking-commit",
  "after-checking-commit",
  "before-making-commit",
  "after-making-commit",
] as const;
export type CommitPoint = (typeof commitPoints)[number];
type Kind = "intent" | "outcome" | "recovery" | "reading" | "checking" | "making";

/** How the harness says where, in the environment. */
export const commitVariable = "VOSTRO_TEST_KILL_AT_COMMIT";

export function commitSetting(point: CommitPoint, nth: number): string {
  return `${point}:${nth}`;
}

function kindOf(statement: string): Kind | undefined {
  if (/^\s*INSERT INTO work_attempts/u.test(statement)) return "intent";
  if (/^\s*INSERT INTO staging_rows/u.test(statement)) return "reading";
  if (/^\s*UPDATE staging_blocks SET facts/u.test(statement)) return "checking";
  if (/^\s*UPDATE work_batches SET made_to_row/u.test(statement)) return "making";
  if (!/^\s*UPDATE work_attempts SET outcome/u.test(statement)) return undefined;
  return statement.includes("'in-flight'") ? "recovery" : "outcome";
}

type Runner = (...values: unknown[]) => unknown;

function instrument(
  prototype: { prepare: (this: Sqlite.Database, source: string) => Sqlite.Statement },
  reached: (point: string) => void,
): void {
  const prepare = prototype.prepare;
  const pending = new Set<Kind>();
  const around = (source: string, run: Runner): Runner | undefined => {
    const kind = kindOf(source);
    if (kind !== undefined) {
      return (...values) => {
        pending.add(kind);
        return run(...values);
      };
    }
    if (source === "BEGIN IMMEDIATE" || source === "ROLLBACK") {
      return (...values) => {
        pending.clear();
        return run(...values);
      };
    }
    if (source !== "COMMIT") return undefined;
    return (...values) => {
      const kinds = [...pending];
      kinds.forEach((each) => reached(`before-${each}-commit`));
      const result = run(...values);
      kinds.forEach((each) => reached(`after-${each}-commit`));
      pending.clear();
      return result;
    };
  };
  prototype.prepare = function prepareWatched(source) {
    const statement = prepare.call(this, source);
    const wrapped = around(source, statement.run.bind(statement) as Runner);
    if (wrapped !== undefined) Object.defineProperty(statement, "run", { value: wrapped });
    return statement;
  };
}

const [wanted, nth] = (process.env[commitVariable] ?? "").split(":");
if (wanted !== undefined && nth !== undefined) {
  const Database = createRequire(import.meta.url)("better-sqlite3") as { prototype: Parameters<typeof instrument>[0] };
  let left = Number(nth);
  instrument(Database.prototype, (point) => {
    if (point !== wanted) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  });
}
