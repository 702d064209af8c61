import type { BatchColumn } from "@contract";
import { readAmount } from "@contract/rules/bulk/index.ts";
import { amountText } from "../../ui/index.ts";
import type { Unit } from "./column-draft.ts";

const blank = /^\s*$/u;

/** "1,500 → 1,500.00, (250) → −250.00": the samples of an amount column as they are read in this unit. */
export function understoodWords(column: Pick<BatchColumn, "samples" | "decimal">, unit: Unit): string {
  const { decimal = "." } = column;
  const read = column.samples
    .filter((sample) => !blank.test(sample))
    .slice(0, 3)
    .map((sample) => {
      const amount = readAmount(sample, "USD", unit, decimal);
      return `${sample} → ${amount.ok ? amountText(amount.amountMinor) : "cannot be read"}`;
    });
  return read.join(", ");
}
