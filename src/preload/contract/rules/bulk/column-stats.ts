import { z } from "zod";

/** What the values of one column have in common; whole numbers only, so that two can be added. */
export const columnStats = z.object({
  /** Cells that are not blank. */
  values: z.number().int(),
  /** Length of values made of digits only → how many there are. */
  lengths: z.record(z.string(), z.number().int()),
  /** Digit strings of two or more that begin with 0. */
  zeroLed: z.number().int(),
  /** Digit strings of 16 or more with a digit other than 0 after the fifteenth: no spreadsheet rounded them. */
  longExact: z.number().int(),
  /** Values such as 12.5 whose decimals are not a single 0. */
  fractions: z.number().int(),
});
export type ColumnStats = z.infer<typeof columnStats>;

export interface ColumnStatsCollector {
  add(cell: string): void;
  snapshot(): ColumnStats;
}

const longest = 64;

/** The end of the run of digits that begins at `from`. */
function digitsEnd(cell: string, from: number): number {
  let at = from;
  while (at < cell.length) {
    const unit = cell.charCodeAt(at);
    if (unit < 48 || unit > 57) break;
    at += 1;
  }
  return at;
}

function isExactBeyond15(digits: string): boolean {
  for (let at = 15; at < digits.length; at += 1) if (digits.charCodeAt(at) !== 48) return true;
  return false;
}

/** Gathers what `damageContext` needs to know of a column, cell by cell, in constant memory. */
export function createColumnStats(): ColumnStatsCollector {
  const lengths = new Uint32Array(longest + 1);
  let values = 0;
  let zeroLed = 0;
  let longExact = 0;
  let fractions = 0;
  return {
    add(cell) {
      if (cell === "") return;
      values += 1;
      const end = digitsEnd(cell, 0);
      if (end === cell.length) {
        const slot = Math.min(end, longest);
        lengths[slot] = (lengths[slot] ?? 0) + 1;
        if (end > 1 && cell.charCodeAt(0) === 48) zeroLed += 1;
        if (end > 15 && isExactBeyond15(cell)) longExact += 1;
        return;
      }
      const hasPoint = end > 0 && cell.charCodeAt(end) === 46;
      if (!hasPoint) return;
      const isFraction = end + 1 < cell.length && digitsEnd(cell, end + 1) === cell.length;
      if (isFraction && !(cell.length === end + 2 && cell.charCodeAt(end + 1) === 48)) fractions += 1;
    },
    snapshot() {
      const counted: Record<string, number> = {};
      for (let length = 1; length <= longest; length += 1) {
        const count = lengths[length] ?? 0;
        if (count > 0) counted[String(length)] = count;
      }
      return { values, lengths: counted, zeroLed, longExact, fractions };
    },
  };
}
