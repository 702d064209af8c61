/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed one by one: no table */
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import type { GridCursor } from "./grid-keys.ts";
import { Icon } from "./icon.tsx";

export interface GridColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Least width in px. */
  readonly width: number;
  /** Share of the free width; 0 keeps the least width. */
  readonly grow?: number | undefined;
  readonly align?: "start" | "end" | undefined;
  readonly sortable?: boolean | undefined;
  readonly cell: (row: Row) => ReactNode;
  /** "pending" puts the accent corner of a waiting change into the cell. */
  readonly cellClass?: ((row: Row) => string | undefined) | undefined;
}

export interface GridSort {
  readonly column: string;
  readonly direction: "ascending" | "descending";
}

export function cellId(gridId: string, { row, column }: GridCursor): string {
  return `${gridId}-${row}-${column}`;
}

export function gridTemplate<Row>(columns: readonly GridColumn<Row>[]): string {
  return columns
    .map(({ width, grow = 1 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${width * grow}fr)`))
    .join(" ");
}

interface HeadProps<Row> {
  readonly gridId: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly totalWidth: number;
  readonly cursorColumn: number | undefined;
  readonly sort: GridSort | undefined;
}

export function GridHead<Row>({ gridId, columns, template, totalWidth, cursorColumn, sort }: HeadProps<Row>) {
  return (
    <div
      className="grid-head"
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: template, minWidth: totalWidth }}
    >
      {columns.map((column, index) => {
        const sorted = sort?.column === column.id ? sort.direction : undefined;
        return (
          <div
            key={column.id}
            id={cellId(gridId, { row: -1, column: index })}
            role="columnheader"
            aria-colindex={index + 1}
            data-row={-1}
            data-column={index}
            aria-sort={column.sortable === true ? (sorted ?? "none") : undefined}
            className={classNames(
              "grid-cell",
              index === 0 && "first frozen",
              column.align === "end" && "num",
              column.sortable && "sortable",
              cursorColumn === index && "cursor",
            )}
          >
            {column.header}
            {sorted === undefined ? null : (
              <span className="sort">
                <Icon of={sorted === "ascending" ? ArrowUp : ArrowDown} size="xs" />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

interface RowProps<Row> {
  readonly gridId: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly topPx: number;
  readonly isSelected: boolean;
  readonly cursorColumn: number | undefined;
}

export function GridRow<Row>(props: RowProps<Row>) {
  const { gridId, index, row, columns, cursorColumn } = props;
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      aria-busy={row === undefined}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.topPx}px)` }}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={cellId(gridId, { row: index, column: at })}
          role={at === 0 ? "rowheader" : "gridcell"}
          aria-colindex={at + 1}
          data-row={index}
          data-column={at}
          className={classNames(
            "grid-cell",
            at === 0 && "first frozen",
            column.align === "end" && "num",
            cursorColumn === at && "cursor",
            row === undefined ? undefined : column.cellClass?.(row),
          )}
        >
          {row === undefined ? (at === 0 ? "…" : null) : column.cell(row)}
        </div>
      ))}
    </div>
  );
}
