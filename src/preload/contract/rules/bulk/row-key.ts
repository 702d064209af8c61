import { isBlankCell } from "./cells.ts";
import { type KeyChoiceName, targetsOfKey } from "./columns.ts";
import { damageFinding, damageOf } from "./damage.ts";
import { type CellFinding, type CellProblem, problemAt, severityOf } from "./names.ts";
import { readSafeCell } from "./result-cell.ts";
import type { BulkColumn } from "./row-proposal.ts";
import { type KeyTarget, targetFacts } from "./targets.ts";

/** Which account a row means, as written in the file without outer spaces. */
export type RowKey = Partial<Record<KeyTarget, string>>;

export type ReadKey =
  | { readonly ok: true; readonly key: RowKey }
  | { readonly ok: false; readonly problems: readonly CellProblem[] };

const shapes: Readonly<Record<KeyTarget, { readonly pattern: RegExp; readonly words: string }>> = {
  customerUID: { pattern: /^[A-Za-z0-9_-]{1,100}$/u, words: "letters, digits, hyphen and underscore" },
  accountUID: { pattern: /^\d{1,40}$/u, words: "digits" },
  last4: { pattern: /^[A-Za-z0-9]{1,4}$/u, words: "at most four letters and digits" },
  accountNumberKey: { pattern: /^[A-Za-z0-9]{1,64}$/u, words: "letters and digits" },
};

function problemOf(text: string, target: KeyTarget, column: BulkColumn | undefined): CellFinding | undefined {
  const { label } = targetFacts(target);
  if (isBlankCell(text)) return { code: "CSV-KEY-MISSING", message: `${label} is empty, so no account is meant.` };
  const found = column?.damage === undefined ? undefined : damageOf(text, column.damage);
  if (found !== undefined && severityOf(found.code) === "error") return damageFinding(found);
  const { pattern, words } = shapes[target];
  return pattern.test(text.trim()) ? undefined : { code: "CSV-KEY-SHAPE", message: `${label} takes ${words} only.` };
}

/**
 * Which account a row means by the chosen key columns, or why that cannot be told (empty, damaged, or no such key can
 * exist). Outer blanks do not count. A chosen column that the map lacks counts as empty.
 */
export function rowKey(cells: readonly string[], columns: readonly BulkColumn[], choice: KeyChoiceName): ReadKey {
  const key: RowKey = {};
  const problems: CellProblem[] = [];
  for (const target of targetsOfKey(choice)) {
    const column = columns.find((candidate) => candidate.target === target);
    const text = column === undefined ? "" : readSafeCell(cells[column.index] ?? "");
    const found = problemOf(text, target, column);
    if (found === undefined) key[target] = text.trim();
    else problems.push(problemAt(found, column?.index ?? 0, target));
  }
  return problems.length === 0 ? { ok: true, key } : { ok: false, problems };
}
