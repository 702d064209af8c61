import type { RowFilter } from "@contract";
import type { Reader } from "../../../database/sql.ts";
import { batchOfChange, outcomeWords, rowsWithOutcomes } from "./batch-outcomes.ts";
import { fieldBit } from "./plan-file.ts";
import type { PlanState } from "./plan-state.ts";
import { bucketAt, isChosen, isLargeIncrease, placeOf, riskAt, twin } from "./row-facts.ts";
import { blockSearch, rowsOfGroup, someChangeId, unmadeRows } from "./staging-store.ts";

/** A set of places as bits. */
interface Places {
  readonly add: (at: number) => void;
  readonly has: (at: number) => boolean;
}

function createPlaces(length: number): Places {
  const bits = new Uint8Array(Math.ceil(length / 8));
  return {
    add: (at) => {
      bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7));
    },
    has: (at) => ((bits[at >>> 3] ?? 0) & (1 << (at & 7))) !== 0,
  };
}

function searched(staging: Reader, plan: PlanState, search: string): Places {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const places = createPlaces(plan.facts.length);
  let start = 0;
  for (const { block, rows } of plan.blocks) {
    const text = blockSearch(staging, block);
    const first = words[0] ?? "";
    if (text.includes(first)) {
      text.split("\n").forEach((line, place) => {
        if (words.every((word) => line.includes(word))) places.add(start + place);
      });
    }
    start += rows;
  }
  return places;
}

const step = 20_000;

function ofGroup(staging: Reader, plan: PlanState, group: number): Places {
  const places = createPlaces(plan.facts.length);
  for (let after = 0; ;) {
    const rows = rowsOfGroup(staging, group, after, step);
    for (const row of rows) {
      const at = placeOf(plan.facts, row);
      if (at !== -1) places.add(at);
    }
    if (rows.length < step) return places;
    after = rows.at(-1) ?? after;
  }
}

type Test = (at: number) => boolean;

/** Rows without a change count as left as long as they are chosen, and as conflict when none could be made. */
function outcomeTest(
  staging: Reader,
  workspace: Reader,
  plan: PlanState,
  outcome: NonNullable<RowFilter["outcome"]>,
): Test {
  const { facts } = plan;
  const changeId = someChangeId(staging);
  const batchId = changeId === undefined ? undefined : batchOfChange(workspace, changeId);
  const placesOf = (rows: readonly number[]): Places => {
    const places = createPlaces(facts.length);
    for (const row of rows) {
      const at = placeOf(facts, row);
      if (at !== -1) places.add(at);
    }
    return places;
  };
  const withIt = placesOf(batchId === undefined ? [] : rowsWithOutcomes(workspace, batchId, [outcome]));
  if (outcome === "conflict") {
    const unmade = placesOf(unmadeRows(staging));
    return (at) => withIt.has(at) || unmade.has(at);
  }
  if (outcome !== "left") return withIt.has;
  const others = outcomeWords.filter((word) => word !== "left");
  const moved = placesOf(batchId === undefined ? [] : rowsWithOutcomes(workspace, batchId, others));
  return (at) => withIt.has(at) || (isChosen(facts, at) && !moved.has(at));
}

/** What is or was to be sent: chosen rows, and those no change could be made of. */
function chosenTest(staging: Reader, plan: PlanState): Test {
  const { facts } = plan;
  const unmade = createPlaces(facts.length);
  for (const row of unmadeRows(staging)) {
    const at = placeOf(facts, row);
    if (at !== -1) unmade.add(at);
  }
  return (at) => isChosen(facts, at) || unmade.has(at);
}

function groupTest(staging: Reader, plan: PlanState, group: string): Test {
  const { twins } = plan.facts;
  if (group === "CSV-DUPLICATE-ROW") return (at) => twins[at] === twin.repeated;
  if (group === "CSV-CONFLICTING-ROWS") return (at) => twins[at] === twin.contradicted;
  return ofGroup(staging, plan, /^\d{1,9}$/u.test(group) ? Number(group) : -1).has;
}

function testsOf(staging: Reader, workspace: () => Reader, plan: PlanState, filter: RowFilter): Test[] {
  const { facts } = plan;
  const { bucket, chosen, risk, field, largeIncrease, increaseFromTenths, problemGroup, search, outcome } = filter;
  const bit = field === undefined ? 0 : fieldBit(field);
  return [
    ...(bucket === undefined ? [] : [(at: number) => bucketAt(facts, at) === bucket]),
    ...(chosen === undefined ? [] : [chosenTest(staging, plan)]),
    ...(risk === undefined ? [] : [(at: number) => riskAt(facts, at) === risk]),
    ...(field === undefined ? [] : [(at: number) => ((facts.fields[at] ?? 0) & bit) !== 0]),
    ...(largeIncrease === undefined ? [] : [(at: number) => isLargeIncrease(facts, at) === largeIncrease]),
    ...(increaseFromTenths === undefined
      ? []
      : [(at: number) => (facts.increases[at] ?? 0) >= increaseFromTenths]),
    ...(problemGroup === undefined ? [] : [groupTest(staging, plan, problemGroup)]),
    ...(search === undefined || search.trim() === "" ? [] : [searched(staging, plan, search).has]),
    ...(outcome === undefined ? [] : [outcomeTest(staging, workspace(), plan, outcome)]),
  ];
}

/** The places that match a filter, in file order; undefined when every place does. */
export function matchingPlaces(
  staging: Reader,
  workspace: () => Reader,
  plan: PlanState,
  filter: RowFilter,
): Uint32Array | undefined {
  const tests = testsOf(staging, workspace, plan, filter);
  if (tests.length === 0) return undefined;
  const found = new Uint32Array(plan.facts.length);
  let count = 0;
  for (let at = 0; at < plan.facts.length; at += 1) {
    if (tests.every((test) => test(at))) {
      found[count] = at;
      count += 1;
    }
  }
  return found.slice(0, count);
}

const livesMs = 2000;

/** Keeps the places of the last few filters; of outcomes for two seconds only, because they move by themselves. */
export interface FilterCache {
  readonly places: (filter: RowFilter, find: () => Uint32Array | undefined) => Uint32Array | undefined;
  readonly forget: () => void;
}

const keptFilters = 8;

export function createFilterCache(nowMs: () => number = () => performance.now()): FilterCache {
  const kept = new Map<string, { readonly places: Uint32Array | undefined; readonly untilMs: number }>();
  return {
    places: (filter, find) => {
      const key = JSON.stringify(Object.entries(filter).toSorted(([a], [b]) => a.localeCompare(b)));
      const known = kept.get(key);
      if (known !== undefined && known.untilMs > nowMs()) return known.places;
      const places = find();
      kept.delete(key);
      const oldest = kept.keys().next().value;
      if (kept.size >= keptFilters && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { places, untilMs: filter.outcome === undefined ? Number.POSITIVE_INFINITY : nowMs() + livesMs });
      return places;
    },
    forget: () => kept.clear(),
  };
}
