import type { BatchColumn } from "../../batch-shapes.ts";
import { finzlyFieldNames } from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";

/** The headings of columns taken for account numbers: files that keep the original columns hold these numbers whole. */
export function wholeNumberColumns(columns: readonly Pick<BatchColumn, "header" | "target">[]): string[] {
  const masked: readonly string[] = finzlyFieldNames.filter((field) => finzlyFields[field].masked);
  return columns.filter(({ target }) => masked.includes(target)).map(({ header }) => header);
}
