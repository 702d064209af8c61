import type { BatchDetail } from "@contract";
import { memo, useMemo } from "react";
import { Grid, type GridColumn } from "../../ui/index.ts";

const [leastPx, mostPx, characterPx, roundPx] = [64, 264, 7.2, 20];

const lineEnd = /\r\n|\r|\n/gu;

/** As wide as its heading and its longest cell, within bounds. */
function widthOf(header: string, index: number, preview: BatchDetail["preview"]): number {
  const longest = preview.reduce((most, cells) => Math.max(most, cells[index]?.length ?? 0), header.length);
  return Math.min(mostPx, Math.max(leastPx, Math.ceil(longest * characterPx) + roundPx));
}

function columnOf(
  { header, index }: BatchDetail["columns"][number],
  preview: BatchDetail["preview"],
): GridColumn<readonly string[]> {
  return {
    id: `cell-${String(index)}`,
    header: header === "" ? "no heading" : header,
    width: widthOf(header, index, preview),
    grow: 0,
    cell: (cells) => <span title={cells[index]}>{cells[index]?.replaceAll(lineEnd, "↵")}</span>,
    cellClass: () => "id",
  };
}

/** The first rows as they are read now, every cell as the text it is. */
export const PreviewGrid = memo(function PreviewGrid({
  preview,
  columns,
}: Pick<BatchDetail, "preview" | "columns">) {
  const shown = useMemo(() => columns.map((column) => columnOf(column, preview)), [columns, preview]);
  return (
    <div className="preview" style={{ blockSize: `calc(46px + ${String(Math.max(1, preview.length))} * var(--row))` }}>
      <Grid label="The first rows" columns={shown} rowCount={preview.length} rowAt={(at) => preview[at]} />
    </div>
  );
});
