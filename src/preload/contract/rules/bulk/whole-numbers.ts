import type { BatchColumn } from "../../batch-shapes.ts";
import { finzlyFieldNames } from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";

/** The headings of columns that hold account numbers, ignored ones too: files that keep the original columns hold these numbers whole. */
export function wholeNumberColumns(
  columns: readonly Pick<BatchColumn, "header" | "target" | "accountNumbers">[],
): string[] {
  const masked: readonly string[] = finzlyFieldNames.filter((field) => finzlyFields[field].masked);
  return columns
    .filter(({ target, accountNumbers }) => accountNumbers === true || masked.includes(target))
    .map(({ header }) => header);
}
