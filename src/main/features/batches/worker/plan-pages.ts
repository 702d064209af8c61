import type { PlanRow, ProblemGroup, RowFilter } from "@contract";
import type { Reader, Store } from "../../../database/sql.ts";
import type { ChosenRow } from "../staging.ts";
import { outcomeById, shownOutcome } from "./batch-outcomes.ts";
import { shownCell } from "./file-columns.ts";
import { placeAfter } from "./plan-edits.ts";
import { storedPlan, type PlanState } from "./plan-state.ts";
import { damageSentences, shownGroups } from "./problem-groups.ts";
import { matchingPlaces, type FilterCache } from "./row-filter.ts";
import { bucketAt, isChosen, isIncluded, twin, type RowFacts } from "./row-facts.ts";
import { rowProblem, type RowProblem } from "./row-problem.ts";
import { isAstray, shownAstray } from "./row-width.ts";
import { anyMade, madeBetween, storedRow } from "./staging-store.ts";
import { chosenRow, knownShown } from "./stored-plan.ts";
import { twinAt, twinGroupWords, type TwinCode } from "./twins.ts";

/** What showing a plan works with. `workspace` is opened only when outcomes are asked for. */
export interface PlanView {
  readonly store: Store;
  readonly plan: PlanState;
  readonly workspace: () => Reader;
}

/** Cells of a row beyond this many characters are cut for the screen; files and changes keep them whole. */
const wideRow = 256_000;
const cutCell = 2000;

function shownCells(cells: readonly string[], plan: PlanState, width: number, astray: boolean): string[] {
  const cut = width > wideRow;
  return cells.map((cell, at) => {
    const masked = plan.shape.masked[at] === true;
    const shown = astray && !masked ? shownAstray(cell, plan.shape) : shownCell(cell, masked);
    return cut && shown.length > cutCell ? `${shown.slice(0, cutCell)}…` : shown;
  });
}

function shownProblem(problem: RowProblem, plan: PlanState): PlanRow["problems"][number] {
  const { column, code, severity, message, fix, oneByOne } = problem;
  return {
    column,
    code,
    severity,
    message,
    ...(fix === undefined ? {} : { fix: shownCell(fix, plan.shape.masked[column] === true) }),
    ...(oneByOne === undefined ? {} : { oneByOne }),
  };
}

/** One row as the Check and Compare grids show it. Account numbers are masked. */
export function planRow({ store, plan, workspace }: PlanView, at: number, mayBeMade = true): PlanRow {
  const { facts } = plan;
  const row = facts.rows[at] ?? 0;
  const json = storedRow(store.read, row)?.cells ?? "[]";
  const cells = JSON.parse(json) as string[];
  const stored = storedPlan(store.read, row);
  const { a, c = [], p = [], r, s, cur } = stored;
  const made = mayBeMade ? madeBetween(store.read, row, row).get(row) : undefined;
  const outcome = made?.changeId === undefined ? undefined : outcomeById(workspace(), made.changeId);
  const pair = twinAt(facts, at);
  const more: RowProblem[] = [
    ...(pair === undefined ? [] : [rowProblem(pair.code, pair.message)]),
    ...(made?.message === undefined ? [] : [rowProblem("CSV-NOT-MADE", made.message)]),
  ];
  return {
    row,
    bucket: bucketAt(facts, at),
    included: isIncluded(facts, at),
    ...(a === undefined ? {} : { accountId: a.id, customerName: a.names[0], accountName: a.names[1] }),
    ...(a === undefined || a.last4 === "" ? {} : { last4: a.last4 }),
    ...(a === undefined || cur === undefined ? {} : { currency: cur }),
    ...(r === undefined ? {} : { risk: r }),
    changes: [...c],
    known: knownShown(stored, cells, plan.fieldColumns),
    problems: [...p, ...more].map((problem) => shownProblem(problem, plan)),
    cells: shownCells(cells, plan, json.length, isAstray(p)),
    ...(s === undefined ? {} : { lastKnown: { source: s[0], atMs: s[1] } }),
    ...(outcome === undefined ? {} : { outcome: shownOutcome(outcome) }),
  };
}

/** The places a filter shows; undefined: all of them. */
export function filteredPlaces(view: PlanView, cache: FilterCache, filter: RowFilter): Uint32Array | undefined {
  return cache.places(filter, () => matchingPlaces(view.store.read, view.workspace, view.plan, filter));
}

export function pageOf(
  view: PlanView,
  cache: FilterCache,
  filter: RowFilter,
  offset: number,
  limit: number,
): { rows: PlanRow[]; matching: number } {
  const places = filteredPlaces(view, cache, filter);
  const matching = places?.length ?? view.plan.facts.length;
  const count = Math.max(0, Math.min(limit, matching - offset));
  const mayBeMade = count > 0 && anyMade(view.store.read);
  const rows = Array.from({ length: count }, (_, index) =>
    planRow(view, places?.[offset + index] ?? offset + index, mayBeMade),
  );
  return { rows, matching };
}

function twinGroup(facts: RowFacts, code: TwinCode): ProblemGroup[] {
  const kind = code === "CSV-DUPLICATE-ROW" ? twin.repeated : twin.contradicted;
  const sampleRows: number[] = [];
  let count = 0;
  for (let at = 0; at < facts.length; at += 1) {
    if (facts.twins[at] !== kind) continue;
    count += 1;
    if (sampleRows.length < 5) sampleRows.push(facts.rows[at] ?? 0);
  }
  if (count === 0) return [];
  return [
    {
      id: code,
      code,
      column: "",
      severity: "error",
      message: twinGroupWords(code),
      count,
      sampleRows,
      samples: [],
      damage: false,
    },
  ];
}

/** Problems grouped by sentence and column, and what is damaged in each column. */
export function problemsOf({ plan }: PlanView): { groups: ProblemGroup[]; columnSummaries: string[] } {
  const kept = plan.groups.kept();
  const { headers } = plan.shape;
  const twins = [...twinGroup(plan.facts, "CSV-CONFLICTING-ROWS"), ...twinGroup(plan.facts, "CSV-DUPLICATE-ROW")];
  const groups = [...shownGroups(kept, headers), ...twins];
  return {
    groups: groups.toSorted((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count),
    columnSummaries: damageSentences(kept, headers),
  };
}

/** Rows to be made into changes, after `afterRow`. */
export function chosenAfter({ store, plan }: PlanView, afterRow: number, limit: number): ChosenRow[] {
  const rows: ChosenRow[] = [];
  for (let at = placeAfter(plan, afterRow); at < plan.facts.length && rows.length < limit; at += 1) {
    if (!isChosen(plan.facts, at)) continue;
    const row = plan.facts.rows[at] ?? 0;
    const chosen = chosenRow(row, storedPlan(store.read, row));
    if (chosen !== undefined) rows.push(chosen);
  }
  return rows;
}
