import type { BatchColumn, BatchDetail, ColumnDraft } from "./batch-shapes.ts";

interface FileHeadings {
  readonly columns: readonly Pick<BatchColumn, "index" | "header">[];
}

/**
 * Whether the file itself names its columns. Only then can a map of them be kept for other files: any file of as many
 * columns would fit names that Vostro made up.
 */
export function hasHeadings({ reading, columns }: Pick<BatchDetail, "reading"> & FileHeadings): boolean {
  return reading?.header === true && columns.some(({ index, header }) => header !== `Column ${String(index + 1)}`);
}

/** Whether a draft takes the columns for something else than the rows were checked with. */
export function draftDiffers(
  draft: Pick<ColumnDraft, "columns" | "key" | "connectionId">,
  batch: Pick<BatchDetail, "key" | "connectionId"> & { readonly columns: readonly BatchColumn[] },
): boolean {
  if (draft.key !== batch.key || draft.connectionId !== batch.connectionId) return true;
  const chosen = new Map(draft.columns.map((column) => [column.index, column]));
  return batch.columns.some(({ index, target, unit }) => {
    const { target: to = "ignore", unit: as } = chosen.get(index) ?? {};
    return to !== target || (as !== undefined && as !== unit);
  });
}
