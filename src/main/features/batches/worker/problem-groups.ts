import type { ProblemGroup } from "@contract";
import {
  bulkCodes,
  damageExample,
  damageSentence,
  type ColumnTarget,
  type DamageTally,
} from "@contract/rules/bulk/index.ts";
import { targetFacts } from "@contract/rules/bulk/targets.ts";
import { ruleCodes } from "@contract/rules/rule-codes.ts";
import { shownCell } from "./file-columns.ts";
import { damageKindOf, isFixable, wordsOfFix, wholeRow, type RowProblem } from "./row-problem.ts";

/** A group as kept: equal findings about one column. */
export interface KeptGroup {
  readonly no: number;
  readonly column: number;
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  count: number;
  fixable: number;
  fix: string | undefined;
  sampleRows: number[];
  samples: string[];
  example: string;
}

export interface ProblemGroups {
  /** Counts a problem in and says which group it belongs to. `message` is the sentence all of the group share. */
  add(row: number, problem: RowProblem, cell: string, shared?: string): number;
  remove(group: number, row: number, fixable: boolean): void;
  kept(): KeptGroup[];
}

interface ColumnFacts {
  readonly headers: readonly string[];
  readonly targetOf: (column: number) => ColumnTarget | undefined;
}

const shownSamples = 3;
const shownRows = 5;
/** Sentences of one kind in one column that are told apart; what comes after shares the kind's own sentence. */
const toldApart = 100;

const whatByCode: ReadonlyMap<string, string> = new Map([
  ...bulkCodes.map((entry) => [entry.code as string, entry.what] as const),
  ...ruleCodes.map((entry) => [entry.code as string, entry.what] as const),
]);

/** Groups problems as rows are judged; memory grows with the variety of problems, not with the rows. */
export function createProblemGroups(columns: ColumnFacts, from: readonly KeptGroup[] = []): ProblemGroups {
  const groups = from.map((group) => ({ ...group, sampleRows: [...group.sampleRows], samples: [...group.samples] }));
  const keyOf = (column: number, code: string, message: string): string => `${column} ${code} ${message}`;
  const byKey = new Map(groups.map((group) => [keyOf(group.column, group.code, group.message), group]));
  const variety = new Map<string, number>();
  for (const { column, code } of groups) variety.set(`${column} ${code}`, (variety.get(`${column} ${code}`) ?? 0) + 1);

  const groupOf = ({ column, code, severity, message }: RowProblem): KeptGroup => {
    const known = byKey.get(keyOf(column, code, message));
    if (known !== undefined) return known;
    const kinds = variety.get(`${column} ${code}`) ?? 0;
    if (kinds >= toldApart) {
      const what = whatByCode.get(code) ?? "Other problems of this kind.";
      const rest = byKey.get(keyOf(column, code, what));
      if (rest !== undefined) return rest;
      return begin(column, code, severity, what);
    }
    variety.set(`${column} ${code}`, kinds + 1);
    return begin(column, code, severity, message);
  };
  const begin = (column: number, code: string, severity: RowProblem["severity"], message: string): KeptGroup => {
    const group: KeptGroup = {
      no: groups.length,
      column,
      code,
      severity,
      message,
      count: 0,
      fixable: 0,
      fix: undefined,
      sampleRows: [],
      samples: [],
      example: "",
    };
    groups.push(group);
    byKey.set(keyOf(column, code, message), group);
    return group;
  };

  return {
    add(row, problem, cell, shared) {
      const group = groupOf(shared === undefined ? problem : { ...problem, message: shared });
      const target = columns.targetOf(group.column);
      group.count += 1;
      if (problem.fix !== undefined && isFixable(problem)) {
        group.fixable += 1;
        group.fix ??= wordsOfFix(group.code, problem.fix);
      }
      if (group.sampleRows.length < shownRows) group.sampleRows.push(row);
      const shown = shownCell(cell, target !== undefined && targetFacts(target).masked);
      if (shown !== "" && group.samples.length < shownSamples && !group.samples.includes(shown)) {
        group.samples.push(shown.slice(0, 200));
      }
      const kind = damageKindOf(group.code);
      if (kind !== undefined && group.example === "" && target !== undefined)
        group.example = damageExample(target, kind, cell);
      return group.no;
    },
    remove(no, row, fixable) {
      const group = groups[no];
      if (group === undefined) return;
      group.count -= 1;
      if (fixable) group.fixable -= 1;
      group.sampleRows = group.sampleRows.filter((sample) => sample !== row);
    },
    kept: () => groups,
  };
}

/** The groups as the Check screen shows them: errors first, then by how many rows they concern. */
export function shownGroups(groups: readonly KeptGroup[], headers: readonly string[]): ProblemGroup[] {
  return groups
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count || a.no - b.no)
    .map(({ no, column, code, severity, message, count, fixable, fix, sampleRows, samples }) => ({
      id: String(no),
      code,
      column: column === wholeRow ? "" : (headers[column] ?? ""),
      severity,
      message,
      count,
      sampleRows: [...sampleRows],
      samples: [...samples],
      ...(fix === undefined || fixable === 0 ? {} : { fix }),
      damage: damageKindOf(code) !== undefined,
    }));
}

/** One sentence for each kind of damage in each column. */
export function damageSentences(groups: readonly KeptGroup[], headers: readonly string[]): string[] {
  const tallies = new Map<string, DamageTally & { readonly column: number }>();
  for (const { column, code, count, fixable, example } of groups) {
    const kind = damageKindOf(code);
    if (kind === undefined || count === 0) continue;
    const key = `${column} ${kind}`;
    const tally = tallies.get(key) ?? { column, kind, example, count: 0, undoable: 0 };
    tallies.set(key, { ...tally, count: tally.count + count, undoable: tally.undoable + fixable });
  }
  return [...tallies.values()]
    .toSorted((a, b) => a.column - b.column)
    .map((tally) => damageSentence((headers[tally.column] ?? "").slice(0, 80), tally));
}
