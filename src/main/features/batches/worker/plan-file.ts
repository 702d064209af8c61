import type { Store } from "../../../database/sql.ts";
import { finzlyFieldNames } from "@contract/rules/field-types.ts";
import type { GivenRow, PlanSettings } from "../staging.ts";
import type { AccountCache } from "./account-cache.ts";
import { judgeRow, type JudgedRow } from "./judge-row.ts";
import { emptyPlan, storedPlan, type PlanState } from "./plan-state.ts";
import type { PlanSetup } from "./plan-setup.ts";
import { isIncluded, setIncluded, setVerdict, factsToBytes, type RowVerdict } from "./row-facts.ts";
import { breathe, seldom, type Run } from "./run.ts";
import {
  dropFact,
  dropProblemRows,
  faultsBetween,
  noteProblem,
  plansInto,
  rowsBetween,
  saveBlockFacts,
  type Block,
  type RowFault,
  type StoredRow,
} from "./staging-store.ts";
import { shownCell } from "./file-columns.ts";
import { isAstray, shownAstray } from "./row-width.ts";
import { toStored, type StoredPlan } from "./stored-plan.ts";
import { findTwins } from "./twins.ts";

const bitOf: ReadonlyMap<string, number> = new Map(finzlyFieldNames.map((field, place) => [field, 1 << place]));

export function verdictOf({ bucket, account, changes, risk, signature }: JudgedRow): RowVerdict {
  let fields = 0;
  let increaseTenths: number | undefined;
  let largeIncrease = false;
  for (const { field, percentTenths, largeIncrease: isLarge } of changes) {
    fields |= bitOf.get(field) ?? 0;
    largeIncrease ||= isLarge;
    if (percentTenths !== undefined) increaseTenths = Math.max(increaseTenths ?? percentTenths, percentTenths);
  }
  return { bucket, accountId: account?.id, signature, fields, increaseTenths, largeIncrease, risk };
}

/** The field's bit in `RowFacts.fields`. */
export function fieldBit(field: string): number {
  return bitOf.get(field) ?? 0;
}

export function parsedRow({ cells, given }: StoredRow, faults: readonly RowFault[]) {
  return {
    cells: JSON.parse(cells) as string[],
    given: given === null ? undefined : (JSON.parse(given) as GivenRow),
    faults,
  };
}

const none: StoredPlan["p"] & object = [];

/** A judged row as it is stored, its problems counted in. */
export function keep(row: number, judged: JudgedRow, cells: readonly string[], plan: PlanState): StoredPlan {
  const astray = judged.problems.length > 0 && isAstray(judged.problems);
  const problems = judged.problems.map((problem) => {
    const cell = problem.column < 0 ? "" : (cells[problem.column] ?? "");
    return { ...problem, group: plan.groups.add(row, problem, astray ? shownAstray(cell, plan.shape) : cell) };
  });
  return toStored(judged, problems.length === 0 ? none : problems, cells, plan.fieldColumns);
}

/** What a search looks through: names and keys, account numbers masked; one line a row. */
export function searchLine(stored: StoredPlan, cells: readonly string[], plan: PlanState): string {
  const { a } = stored;
  let line = a === undefined ? "" : `${a.names[0]} ${a.names[1]} ${a.uids[0]} ${a.uids[1]} ${a.last4}`;
  for (const { index } of plan.shape.keyColumns) {
    const key = shownCell(cells[index] ?? "", plan.shape.masked[index] === true);
    line = line === "" ? key : `${line} ${key}`;
  }
  const lower = line.toLowerCase();
  return lower.includes("\n") || lower.includes("\r") ? lower.replaceAll(/[\r\n]+/gu, " ") : lower;
}

/** Judges a part of the file and writes its plan in one step. */
function planBlock({ store, setup, cache }: PlanWork, block: Block, start: number, plan: PlanState): void {
  store.transaction((writer) => {
    const faults = faultsBetween(writer, block.firstRow, block.lastRow);
    const into = plansInto(writer);
    const lines = rowsBetween(writer, block.firstRow, block.lastRow).map((stored, place) => {
      const { row } = stored;
      const parsed = parsedRow(stored, faults.get(row) ?? []);
      const judged = judgeRow(parsed, setup, cache);
      const kept = keep(row, judged, parsed.cells, plan);
      setVerdict(plan.facts, start + place, row, verdictOf(judged));
      plan.count(start + place, kept);
      into.add(row, JSON.stringify(kept));
      for (const { group } of kept.p ?? none) noteProblem(writer, group, row);
      return searchLine(kept, parsed.cells, plan);
    });
    into.end();
    saveBlockFacts(writer, block.block, factsToBytes(plan.facts, start, start + block.rows), lines.join("\n"));
  });
}

/** Finds rows of the same account anew, and keeps totals right for every row whose standing changes. */
export function settleTwins(store: Store, plan: PlanState): void {
  findTwins(plan.facts, (at, apply) => {
    const stored = (): StoredPlan => storedPlan(store.read, plan.facts.rows[at] ?? 0);
    plan.move(at, apply, stored, stored);
  });
}

/** Ticks that a person took off stay off when the same rows are judged again. */
function keepTicks(from: PlanState | undefined, to: PlanState): void {
  if (from?.facts.length !== to.facts.length) return;
  for (let at = 0; at < to.facts.length; at += 1) if (!isIncluded(from.facts, at)) setIncluded(to.facts, at, false);
}

export interface PlanWork {
  readonly store: Store;
  /** Of the workspace file. */
  readonly snapshot: Store["snapshot"];
  readonly settings: PlanSettings;
  readonly setup: PlanSetup;
  readonly cache: AccountCache;
  readonly before: PlanState | undefined;
}

/** Judges every row and stores the plan as it is seen. When cancelled there is no plan, and the rows stay. */
export async function planFile(work: PlanWork, run: Run): Promise<PlanState> {
  const { store, snapshot, settings, setup, before } = work;
  const plan = emptyPlan(store.read, settings, setup);
  keepTicks(before, plan);
  store.transaction((writer) => {
    dropFact(writer, "planned");
    dropProblemRows(writer);
  });
  const progress = seldom(run.progress);
  const rowsTotal = plan.facts.length;
  let rowsDone = 0;
  for (const block of plan.blocks) {
    run.goOn();
    snapshot(() => planBlock(work, block, rowsDone, plan));
    rowsDone += block.rows;
    progress({ rowsDone, rowsTotal });
    await breathe();
  }
  run.goOn();
  settleTwins(store, plan);
  store.transaction(plan.save);
  return plan;
}
