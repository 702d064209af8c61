import type { ColumnStats } from "./column-stats.ts";
import { type ColumnTarget, isKeyTarget, type TargetShape, targetFacts } from "./targets.ts";

export interface DamageContextInput {
  readonly target: ColumnTarget;
  /** All values of the column, the judged cell among them. */
  readonly column?: ColumnStats | undefined;
  /** Length of digit strings the cache holds for this target → how many. */
  readonly cacheLengths?: ReadonlyMap<number, number> | undefined;
  /** Whether the cache holds exactly this value for this target: what is known is never damaged. */
  readonly isKnownValue?: ((value: string) => boolean) | undefined;
}

/** The length identifiers of a column should have; `sure` when no guess is needed to fill up with zeros. */
export interface ExpectedLength {
  readonly length: number;
  readonly sure: boolean;
}

/** What `damageOf` needs to know of a column, worked out once for all its cells. */
export interface DamageContext {
  readonly target: ColumnTarget;
  readonly shape: TargetShape;
  readonly expected: ExpectedLength | undefined;
  /** Some value kept its digits beyond the fifteenth, so the column as a whole was not rounded. */
  readonly keepsLongNumbers: boolean;
  /** Other values have real decimals, so a .0 may belong to this one. */
  readonly hasFractions: boolean;
  readonly isKnownValue: ((value: string) => boolean) | undefined;
}

const enoughValues = 3;
const enoughForPattern = 10;

function entriesOf(lengths: Readonly<Record<string, number>>): (readonly [length: number, count: number])[] {
  return Object.entries(lengths).map(([length, count]) => [Number(length), count] as const);
}

function fromCache(cache: ReadonlyMap<number, number>, longestInColumn: number): ExpectedLength | undefined {
  const [only, ...others] = [...cache];
  if (only === undefined || others.length > 0) return undefined;
  const [length, count] = only;
  return count >= enoughValues && longestInColumn <= length ? { length, sure: true } : undefined;
}

/**
 * A spreadsheet strips the zeros of every value, so a column in which some value kept one was not damaged as a whole.
 * Sure only when every value but one has the same length; a strong majority is a pattern, not knowledge.
 */
function fromColumn(stats: ColumnStats): ExpectedLength | undefined {
  if (stats.zeroLed > 0) return undefined;
  const lengths = entriesOf(stats.lengths).toSorted(([a], [b]) => b - a);
  const [longest, ...shorter] = lengths;
  if (longest === undefined || shorter.length === 0) return undefined;
  const [length, count] = longest;
  const rest = shorter.reduce((sum, [, many]) => sum + many, 0);
  if (rest === 1 && count >= enoughValues) return { length, sure: true };
  const near = shorter.every(([other]) => length - other <= 3);
  return near && count >= enoughForPattern && count >= 4 * rest ? { length, sure: false } : undefined;
}

function expectedLength(input: DamageContextInput): ExpectedLength | undefined {
  const { target, column, cacheLengths } = input;
  if (target === "last4") return { length: 4, sure: true };
  if (targetFacts(target).shape !== "identifier" || target === "routingNumber") return undefined;
  const longest = column === undefined ? 0 : Math.max(0, ...entriesOf(column.lengths).map(([length]) => length));
  const cached = [...(cacheLengths?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  if (cacheLengths !== undefined && cached >= enoughValues) return fromCache(cacheLengths, longest);
  const isRunningNumber = target === "customerUID" || target === "accountUID";
  return column === undefined || isRunningNumber ? undefined : fromColumn(column);
}

/**
 * Works out, once per column, by what its cells are judged. The length identifiers should have is the cache's one
 * length, else the column's; UIDs are running numbers of any length and are judged by the cache only.
 */
export function damageContext(input: DamageContextInput): DamageContext {
  return {
    target: input.target,
    shape: targetFacts(input.target).shape,
    expected: expectedLength(input),
    keepsLongNumbers: (input.column?.longExact ?? 0) > 0,
    hasFractions: (input.column?.fractions ?? 0) > 0,
    isKnownValue: input.isKnownValue,
  };
}

/** Whether a repair of this column may be offered only when the cache holds the repaired value. */
export function repairsOnlyToKnown(context: DamageContext): boolean {
  return isKeyTarget(context.target) && context.isKnownValue !== undefined;
}
