import { type Damage, type DamageKind, damageKinds } from "./damage.ts";
import { type ColumnTarget, targetFacts } from "./targets.ts";

/** The damage of one kind in one column, summed. */
export interface ColumnDamage {
  readonly column: number;
  readonly kind: DamageKind;
  readonly count: number;
  /** How many of them can be undone without guessing. */
  readonly undoable: number;
  /** Banner sentence: the column, how many, one example where it may be shown, what can be done. */
  readonly message: string;
}

export interface DamageSummary {
  add(column: number, damage: Damage, cell: string): void;
  /** By column, then by kind in the order they are looked for. */
  list(): ColumnDamage[];
}

/** Damage of one kind in one column, counted. `example` comes from `damageExample`. */
export interface DamageTally {
  readonly kind: DamageKind;
  readonly example: string;
  readonly count: number;
  readonly undoable: number;
}

interface Tally extends DamageTally {
  readonly column: number;
  count: number;
  undoable: number;
}

const lossyKinds: ReadonlySet<DamageKind> = new Set(["scientific-notation", "dated-code", "error-value"]);

const outcome: Readonly<Record<DamageKind, { readonly lost: string; readonly undo: string }>> = {
  "error-value": { lost: "The values are not in the file; export it again as text.", undo: "" },
  "equals-quote-wrapper": { lost: "", undo: 'The ="…" around them can be taken off.' },
  "apostrophe-prefix": { lost: "", undo: "The apostrophe before them can be taken off." },
  spaces: { lost: "", undo: "No-break and invisible spaces can be replaced." },
  "smart-quotes": {
    lost: "Curly quotation marks do not belong there.",
    undo: "Curly quotation marks can be replaced.",
  },
  "scientific-notation": { lost: "The missing digits cannot be recovered; export the file again as text.", undo: "" },
  "dated-code": { lost: "The codes behind the dates cannot be recovered; export the file again as text.", undo: "" },
  thousands: { lost: "", undo: "The thousands separators can be taken out." },
  "trailing-point-zero": { lost: "", undo: "The .0 at their end can be taken off." },
  "rounded-15-digits": { lost: "The missing digits cannot be recovered; export the file again as text.", undo: "" },
  "lost-leading-zeros": {
    lost: "Leading zeros are missing; export the file again as text.",
    undo: "Leading zeros are missing; they can be put back.",
  },
};

/** " such as 1.23457E+15", or nothing where the value may not be shown. */
export function damageExample(target: ColumnTarget, kind: DamageKind, cell: string): string {
  if (targetFacts(target).masked && !lossyKinds.has(kind)) return "";
  const plain = cell.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "").slice(0, 40);
  return plain === "" ? "" : ` such as ${plain}`;
}

/** Banner sentence: the column, how many values, one example where it may be shown, what can be done. */
export function damageSentence(header: string, tally: DamageTally): string {
  const { count, undoable, kind } = tally;
  const values = count === 1 ? `1 value${tally.example}` : `${count.toLocaleString("en-US")} values${tally.example}`;
  const { lost, undo } = outcome[kind];
  const partly = undoable > 0 && undoable < count ? `For ${undoable.toLocaleString("en-US")} of them: ${undo} ` : "";
  const end = undoable === count ? undo : `${partly}${lost}`;
  return `Column “${header}” looks damaged by Excel: ${values}. ${end}`.trim();
}

/** Sums damage per column and kind while rows stream by. `columns` says each column's header and target. */
export function createDamageSummary(
  columns: ReadonlyMap<number, { readonly header: string; readonly target: ColumnTarget }>,
): DamageSummary {
  const tallies = new Map<string, Tally>();
  return {
    add(column, { kind, undo }, cell) {
      const key = `${String(column)} ${kind}`;
      const target = columns.get(column)?.target;
      const shown = target === undefined ? "" : damageExample(target, kind, cell);
      const tally = tallies.get(key) ?? { column, kind, example: shown, count: 0, undoable: 0 };
      tally.count += 1;
      if (undo !== undefined) tally.undoable += 1;
      tallies.set(key, tally);
    },
    list() {
      const ordered = [...tallies.values()].toSorted(
        (a, b) => a.column - b.column || damageKinds.indexOf(a.kind) - damageKinds.indexOf(b.kind),
      );
      return ordered.map((tally) => ({
        column: tally.column,
        kind: tally.kind,
        count: tally.count,
        undoable: tally.undoable,
        message: damageSentence((columns.get(tally.column)?.header ?? "").slice(0, 80), tally),
      }));
    },
  };
}
