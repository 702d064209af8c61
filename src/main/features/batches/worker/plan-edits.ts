import type { Bucket, ChangeId } from "@contract";
import { buckets } from "@contract";
import { VostroFailure } from "../../../core/failures.ts";
import type { Store, Writer } from "../../../database/sql.ts";
import type { AccountCache } from "./account-cache.ts";
import { judgeRow } from "./judge-row.ts";
import { figure, limits, tooLongCell } from "./limits.ts";
import { keep, parsedRow, searchLine, settleTwins, verdictOf } from "./plan-file.ts";
import type { PlanSetup } from "./plan-setup.ts";
import { storedPlan, type PlanState } from "./plan-state.ts";
import { firstAtLeast, isIncluded, placeOf, setIncluded, setVerdict } from "./row-facts.ts";
import { isFixable, wholeRow, type RowProblem } from "./row-problem.ts";
import { fitted, isRagged } from "./row-width.ts";
import { breathe, seldom, type Run } from "./run.ts";
import {
  blockSearch,
  dropFact,
  faultsBetween,
  forgetProblem,
  noteProblem,
  replaceCells,
  replaceFaults,
  rowsOfGroup,
  saveMade,
  saveBlockSearch,
  savePlanText,
  storedRow,
  type RowFault,
} from "./staging-store.ts";
import type { StoredPlan } from "./stored-plan.ts";
import { hasContradictions } from "./twins.ts";

/** What editing a plan works with. */
export interface PlanEdit {
  readonly store: Store;
  readonly plan: PlanState;
  readonly setup: PlanSetup;
  readonly cache: AccountCache;
  /** The quotation mark the file was read with; empty where it has none. */
  readonly quote: string;
}

export function noSuchRow(row: number): VostroFailure {
  return new VostroFailure("not-found", `There is no row ${figure(row)} in this batch.`);
}

/**
 * What is still wrong with a row as it was read: nothing is unreadable once a cell was corrected and all of them can be
 * read, and a row is ragged until it is as wide as the header.
 */
function faultsLeft(
  writer: Writer,
  { plan, quote }: Pick<PlanEdit, "plan" | "quote">,
  row: number,
  cells: readonly string[],
  isCorrected: boolean,
): readonly RowFault[] {
  const faults = faultsBetween(writer, row, row).get(row) ?? [];
  const marks = ["\0", "\uFFFD", ...(quote === "" ? [] : [quote])];
  const isUnreadable = (): boolean => !isCorrected || cells.some((cell) => marks.some((mark) => cell.includes(mark)));
  const isLeft = ({ code }: RowFault): boolean =>
    code === "CSV-RAGGED" ? isRagged(cells, plan.shape.headers.length) : isUnreadable();
  const left = faults.filter(isLeft);
  if (left.length < faults.length) replaceFaults(writer, row, left);
  return left;
}

/** The cells with new texts in their places; `wholeRow` among them makes the row as wide as the header. */
function corrected(cells: readonly string[], texts: Texts, width: number): string[] {
  const made = texts.has(wholeRow) ? fitted(cells, width) : [...cells];
  for (const [column, text] of texts) {
    if (column === wholeRow) continue;
    while (made.length < column) made.push("");
    made[column] = text;
  }
  return made;
}

/** By column: what to put in its cell's place. */
type Texts = ReadonlyMap<number, string>;

/** By place: what a search finds a corrected row by from now on. */
type SearchLines = Map<number, string>;

function saveSearchLines(writer: Writer, { blocks }: PlanState, lines: SearchLines): void {
  const sorted = [...lines].toSorted(([a], [b]) => a - b);
  let next = 0;
  let start = 0;
  for (const { block, rows } of blocks) {
    const end = start + rows;
    const from = next;
    while ((sorted[next]?.[0] ?? end) < end) next += 1;
    if (next > from) {
      const texts = blockSearch(writer, block).split("\n");
      for (const [at, line] of sorted.slice(from, next)) texts[at - start] = line;
      saveBlockSearch(writer, block, texts.join("\n"));
    }
    start = end;
  }
}

/**
 * Puts new text into cells of one row and judges it anew. Rows of the same account are settled, and `lines` written, by
 * the caller.
 */
function rewrite(
  writer: Writer,
  edit: PlanEdit,
  row: number,
  texts: Texts,
  lines: SearchLines,
): void {
  const { store, plan, setup, cache } = edit;
  const at = placeOf(plan.facts, row);
  const stored = storedRow(store.read, row);
  if (at === -1 || stored === undefined) throw noSuchRow(row);
  const cells = corrected(JSON.parse(stored.cells) as string[], texts, plan.shape.headers.length);
  const json = JSON.stringify(cells);
  const isCorrected = [...texts.keys()].some((column) => column !== wholeRow);
  const parsed = { ...parsedRow(stored, faultsLeft(writer, edit, row, cells, isCorrected)), cells };
  const old = storedPlan(store.read, row);
  for (const problem of old.p ?? []) plan.groups.remove(problem.group, row, isFixable(problem));
  const judged = judgeRow(parsed, setup, cache);
  const kept = keep(row, judged, cells, plan);
  plan.move(
    at,
    () => setVerdict(plan.facts, at, row, verdictOf(judged)),
    () => old,
    () => kept,
  );
  replaceCells(writer, row, json);
  for (const { group } of old.p ?? []) forgetProblem(writer, group, row);
  for (const { group } of kept.p ?? []) noteProblem(writer, group, row);
  savePlanText(writer, row, JSON.stringify(kept));
  lines.set(at, searchLine(kept, cells, plan));
}

function rewriteOne(edit: PlanEdit, row: number, texts: Texts): void {
  edit.store.transaction((writer) => {
    const lines: SearchLines = new Map();
    rewrite(writer, edit, row, texts, lines);
    saveSearchLines(writer, edit.plan, lines);
    settleTwins(edit.store, edit.plan);
    edit.plan.save(writer);
  });
}

function mustHaveColumns({ shape }: PlanState): void {
  if (shape.columns.length > 0) return;
  throw new VostroFailure("input-invalid", "These rows come from Vostro itself and have no cells to correct.");
}

/** Replaces one cell. Failures not-found (no such row), input-invalid (no such column, too long). */
export function fixCell(edit: PlanEdit, row: number, column: number, text: string): void {
  mustHaveColumns(edit.plan);
  if (column >= edit.plan.shape.headers.length)
    throw new VostroFailure("input-invalid", "The file has no such column.");
  if (Buffer.byteLength(text) > limits.cellBytes) throw tooLongCell(row, column + 1, limits.cellBytes);
  rewriteOne(edit, row, new Map([[column, text]]));
}

const fixedAtOnce = 500;

function groupNo(id: string): number {
  return /^\d{1,9}$/u.test(id) ? Number(id) : -1;
}

function fixesOf(stored: StoredPlan, group: number, isWanted: (problem: RowProblem) => boolean): Texts {
  const fixes = (stored.p ?? []).flatMap((problem) =>
    problem.group === group && problem.fix !== undefined && isWanted(problem)
      ? [[problem.column, problem.fix] as const]
      : [],
  );
  return new Map(fixes);
}

/** Applies the fix of a group to one of its rows. Failures not-found (no such row), input-invalid (no fix). */
export function applyFixTo(edit: PlanEdit, id: string, row: number): void {
  mustHaveColumns(edit.plan);
  const texts = fixesOf(storedPlan(edit.store.read, row), groupNo(id), () => true);
  if (texts.size === 0) {
    throw new VostroFailure("input-invalid", `Row ${figure(row)} has nothing of this kind that can be put right so.`);
  }
  rewriteOne(edit, row, texts);
}

/**
 * Applies the offered fix of a group to each of its rows that has one, but for fixes that leave something out. When
 * cancelled, rows done so far stay fixed; when the thread dies meanwhile, the corrected cells stay and there is no plan.
 */
export async function applyFix(edit: PlanEdit, id: string, run: Run): Promise<void> {
  mustHaveColumns(edit.plan);
  const group = edit.plan.groups.kept()[groupNo(id)];
  if (group === undefined || group.fixable === 0) {
    throw new VostroFailure("input-invalid", "There is nothing in this group that can be put right without guessing.");
  }
  const { store } = edit;
  const progress = seldom(run.progress);
  const rowsTotal = group.count;
  let rowsDone = 0;
  try {
    for (let after = 0; ;) {
      run.goOn();
      const rows = rowsOfGroup(store.read, group.no, after, fixedAtOnce);
      store.transaction((writer) => {
        const lines: SearchLines = new Map();
        dropFact(writer, "planned");
        for (const row of rows) {
          const fixes = fixesOf(storedPlan(store.read, row), group.no, isFixable);
          if (fixes.size > 0) rewrite(writer, edit, row, fixes, lines);
        }
        saveSearchLines(writer, edit.plan, lines);
      });
      after = rows.at(-1) ?? after;
      rowsDone += rows.length;
      progress({ rowsDone, rowsTotal });
      if (rows.length < fixedAtOnce) break;
      await breathe();
    }
  } finally {
    store.transaction((writer) => {
      settleTwins(store, edit.plan);
      edit.plan.save(writer);
    });
  }
}

/** Ticks or unticks places. Rows that contradict each other are settled anew: one left out contradicts none. */
export function includePlaces(store: Store, plan: PlanState, places: Iterable<number>, included: boolean): void {
  const { facts } = plan;
  const moved = [...places].filter((at) => isIncluded(facts, at) !== included);
  plan.tick(
    moved,
    (at) => setIncluded(facts, at, included),
    (at) => storedPlan(store.read, facts.rows[at] ?? 0),
  );
  if (hasContradictions(facts)) settleTwins(store, plan);
  store.transaction(plan.save);
}

export interface Made {
  readonly row: number;
  readonly changeId?: ChangeId;
  readonly bucket?: Bucket;
  readonly message?: string;
}

/** Notes which change a row became, or why none. Totals and counts of what was confirmed stay as they were seen. */
export function noteMade(store: Store, plan: PlanState, made: readonly Made[]): void {
  for (const { row, bucket } of made) {
    const at = placeOf(plan.facts, row);
    if (at === -1) throw noSuchRow(row);
    if (bucket === undefined) continue;
    plan.facts.bases[at] = buckets.indexOf(bucket);
    plan.touch(at);
  }
  store.transaction((writer) => {
    for (const { row, changeId, bucket, message } of made) {
      saveMade(writer, row, changeId ?? null, bucket ?? null, message ?? null);
    }
    plan.save(writer);
  });
}

/** Places of row numbers; unknown ones are passed over. */
export function placesOf(plan: PlanState, rows: readonly number[]): number[] {
  return rows.map((row) => placeOf(plan.facts, row)).filter((at) => at !== -1);
}

/** The first place after a row number. */
export function placeAfter(plan: PlanState, row: number): number {
  return firstAtLeast(plan.facts, row + 1);
}
