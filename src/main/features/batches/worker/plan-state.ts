import {
  createTotals,
  noTotals,
  type BatchTotals,
  type TotalledRow,
  type TotalsCollector,
} from "@contract/rules/bulk/index.ts";
import type { Reader, Store, Writer } from "../../../database/sql.ts";
import type { PlannedFile, PlanSettings } from "../staging.ts";
import type { ReadColumn } from "./file-columns.ts";
import { planShape, type PlanShape } from "./plan-setup.ts";
import { plannedFile } from "./planned-file.ts";
import { createProblemGroups, type KeptGroup, type ProblemGroups } from "./problem-groups.ts";
import {
  bucketAt,
  countChosen,
  emptyFacts,
  factsFromBytes,
  factsToBytes,
  isChosen,
  type RowFacts,
} from "./row-facts.ts";
import { blockFacts, blocksOf, fact, planText, saveBlockFacts, saveFact, type Block } from "./staging-store.ts";
import { fieldColumns, type FieldColumn, type StoredPlan } from "./stored-plan.ts";

/** A plan as the worker holds it: all rows as numbers, their texts in the staging file. */
export interface PlanState {
  readonly settings: PlanSettings;
  readonly shape: PlanShape;
  readonly fieldColumns: readonly FieldColumn[];
  readonly facts: RowFacts;
  readonly blocks: readonly Block[];
  readonly groups: ProblemGroups;
  /** Notes that rows of this place's block are to be saved. */
  readonly touch: (at: number) => void;
  /**
   * Lets `apply` change how a row stands and keeps the totals right. `before` and `after` read the row's plan, each
   * only when it counts.
   */
  readonly move: (at: number, apply: () => void, before: () => StoredPlan, after: () => StoredPlan) => void;
  /** Counts a row in that was never judged before. */
  readonly count: (at: number, stored: StoredPlan) => void;
  /** Ticks or unticks places; `apply` changes the fact. */
  readonly tick: (places: readonly number[], apply: (at: number) => void, planOf: (at: number) => StoredPlan) => void;
  readonly planned: () => PlannedFile;
  /** Writes everything that moved since the last time. */
  readonly save: (writer: Writer) => void;
}

export function storedPlan(reader: Reader, row: number): StoredPlan {
  const text = planText(reader, row);
  return text === undefined ? {} : (JSON.parse(text) as StoredPlan);
}

const isFilled = (text: unknown): boolean => typeof text === "string" && text.trim() !== "";

function totalled({ c = [], r = "low", cur = "USD", q, t }: StoredPlan): TotalledRow {
  const brings = { reason: isFilled(q?.reason), authorisationRef: isFilled(t) };
  return { changes: c, risk: { class: r }, currency: cur, brings };
}

interface Totals {
  readonly all: BatchTotals;
  readonly chosen: BatchTotals;
}

interface Parts {
  readonly settings: PlanSettings;
  readonly shape: PlanShape;
  readonly facts: RowFacts;
  readonly blocks: readonly Block[];
  readonly kept: readonly KeptGroup[];
  readonly totals: Totals;
  readonly edition: number;
}

/** Where each block begins among the places. */
function startsOf(blocks: readonly Block[]): number[] {
  let start = 0;
  return blocks.map(({ rows }) => {
    const own = start;
    start += rows;
    return own;
  });
}

function assemble({ settings, shape, facts, blocks, kept, totals, ...from }: Parts): PlanState {
  const starts = startsOf(blocks);
  const dirty = new Set<number>();
  const targets = new Map(shape.columns.map(({ index, target }) => [index, target]));
  const groups = createProblemGroups({ headers: shape.headers, targetOf: (column) => targets.get(column) }, kept);
  const all = createTotals(totals.all);
  let chosen: TotalsCollector = createTotals(totals.chosen);
  let { edition } = from;

  const blockAt = (at: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const touch = (at: number): void => void dirty.add(blockAt(at));
  const standing = (at: number) => ({ will: bucketAt(facts, at) === "will-change", chosen: isChosen(facts, at) });

  return {
    settings,
    shape,
    fieldColumns: fieldColumns(shape),
    facts,
    blocks,
    groups,
    touch,
    move(at, apply, before, after) {
      const was = standing(at);
      const old = was.will ? totalled(before()) : undefined;
      apply();
      touch(at);
      const is = standing(at);
      if (old !== undefined) {
        all.remove(old);
        if (was.chosen) chosen.remove(old);
      }
      if (!is.will) return;
      const now = totalled(after());
      all.add(now);
      if (is.chosen) chosen.add(now);
    },
    count(at, stored) {
      const { will, chosen: isPicked } = standing(at);
      if (!will) return;
      all.add(totalled(stored));
      if (isPicked) chosen.add(totalled(stored));
    },
    tick(places, apply, planOf) {
      const moved: number[] = [];
      for (const at of places) {
        const was = isChosen(facts, at);
        apply(at);
        touch(at);
        if (was !== isChosen(facts, at)) moved.push(at);
      }
      const picked = countChosen(facts);
      const willing = all.snapshot().counts["accounts"] ?? 0;
      if (picked === 0) chosen = createTotals(noTotals);
      else if (picked === willing) chosen = createTotals(all.snapshot());
      else for (const at of moved) (isChosen(facts, at) ? chosen.add : chosen.remove)(totalled(planOf(at)));
    },
    planned: () => plannedFile(facts, chosen.snapshot(), edition),
    save(writer) {
      for (const block of dirty) {
        const start = starts[block] ?? 0;
        const one = blocks[block];
        if (one !== undefined)
          saveBlockFacts(writer, one.block, factsToBytes(facts, start, start + one.rows), undefined);
      }
      dirty.clear();
      saveFact(writer, "settings", settings);
      saveFact(writer, "groups", groups.kept());
      saveFact(writer, "totals", { all: all.snapshot(), chosen: chosen.snapshot() });
      edition += 1;
      saveFact(writer, "edition", edition);
      saveFact(writer, "planned", true);
    },
  };
}

/** A plan of what is staged, of which nothing is judged yet. */
export function emptyPlan(reader: Reader, settings: PlanSettings, shape: PlanShape): PlanState {
  const blocks = blocksOf(reader);
  const facts = emptyFacts(blocks.reduce((sum, { rows }) => sum + rows, 0));
  const totals = { all: noTotals, chosen: noTotals };
  return assemble({ settings, shape, facts, blocks, kept: [], totals, edition: editionOf(reader) });
}

/** The edition of the plan that was saved last. */
export function editionOf(reader: Reader): number {
  return fact<number>(reader, "edition") ?? 0;
}

export function isPlanned(reader: Reader): boolean {
  return fact<boolean>(reader, "planned") === true;
}

/** The plan the staging file holds; undefined when none was finished. */
export function loadPlan({ read }: Pick<Store, "read">): PlanState | undefined {
  if (!isPlanned(read)) return undefined;
  const settings = fact<PlanSettings>(read, "settings");
  const totals = fact<Totals>(read, "totals");
  if (settings === undefined || totals === undefined) return undefined;
  const blocks = blocksOf(read);
  const facts = emptyFacts(blocks.reduce((sum, { rows }) => sum + rows, 0));
  let from = 0;
  for (const { block, rows } of blocks) {
    const bytes = blockFacts(read, block);
    if (bytes !== undefined) factsFromBytes(facts, from, from + rows, bytes);
    from += rows;
  }
  const shape = planShape(settings, fact<ReadColumn[]>(read, "stats") ?? []);
  const kept = fact<KeptGroup[]>(read, "groups") ?? [];
  return assemble({ settings, shape, facts, blocks, kept, totals, edition: editionOf(read) });
}
