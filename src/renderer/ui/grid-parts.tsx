/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed one by one: no table */
import { ArrowDown, ArrowUp, Check, Minus } from "lucide-react";
import { memo, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { CellEditor, type CellEdit } from "./grid-editing.tsx";
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
  /** Stays in place while the grid scrolls sideways; every column before it must keep its width (`grow` 0). */
  readonly frozen?: boolean | undefined;
  readonly cell: (row: Row) => ReactNode;
  /** "pending" puts the accent corner of a waiting change into the cell. */
  readonly cellClass?: ((row: Row) => string | undefined) | undefined;
}

export interface GridSort {
  readonly column: string;
  readonly direction: "ascending" | "descending";
}

/** A column with its place: how far from the left it stays when it is frozen. */
export interface PlacedColumn<Row> extends GridColumn<Row> {
  readonly leftPx: number | undefined;
  readonly isLastFrozen: boolean;
}

export const tickColumnId = "tick";

export function cellId(gridId: string, { row, column }: GridCursor): string {
  return `${gridId}-${row}-${column}`;
}

export function gridTemplate<Row>(columns: readonly GridColumn<Row>[]): string {
  return columns
    .map(({ width, grow = 1 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${width * grow}fr)`))
    .join(" ");
}

/** The first column and all up to the last frozen one stay in place. */
export function placeColumns<Row>(columns: readonly GridColumn<Row>[]): readonly PlacedColumn<Row>[] {
  const last = Math.max(
    0,
    columns.findLastIndex((column) => column.frozen === true),
  );
  let leftPx = 0;
  return columns.map((column, at) => {
    const placed = { ...column, leftPx: at <= last ? leftPx : undefined, isLastFrozen: at === last };
    leftPx += column.width;
    return placed;
  });
}

function placeStyle(leftPx: number | undefined): { readonly left: number } | undefined {
  return leftPx === undefined || leftPx === 0 ? undefined : { left: leftPx };
}

export type TickState = "none" | "some" | "all";

/** The box of a row or, in the header, of all rows; the word is for screen readers. */
export function TickBox({ state, label }: { readonly state: TickState; readonly label: string }) {
  return (
    <>
      <span className={classNames("check", state !== "none" && "on")}>
        <Icon of={state === "some" ? Minus : Check} />
      </span>
      <span className="sr">{label}</span>
    </>
  );
}

interface HeadProps<Row> {
  readonly gridId: string;
  readonly columns: readonly PlacedColumn<Row>[];
  readonly template: string;
  readonly totalWidth: number;
  readonly cursorColumn: number | undefined;
  readonly sort: GridSort | undefined;
  /** What the header of the tick column shows. */
  readonly tick: ReactNode;
}

export function GridHead<Row>({ gridId, columns, template, totalWidth, cursorColumn, sort, tick }: HeadProps<Row>) {
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
            style={placeStyle(column.leftPx)}
            className={classNames(
              "grid-cell",
              index === 0 && "first",
              column.leftPx !== undefined && "frozen",
              column.isLastFrozen && "last-frozen",
              column.align === "end" && "num",
              column.sortable && "sortable",
              cursorColumn === index && "cursor",
            )}
          >
            {column.id === tickColumnId ? tick : column.header}
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
  readonly columns: readonly PlacedColumn<Row>[];
  readonly template: string;
  readonly topPx: number;
  readonly isSelected: boolean;
  /** The row whose detail is open, where selecting means ticking. */
  readonly isOpen: boolean;
  readonly isExpanded: boolean | undefined;
  readonly rowClass: string | undefined;
  readonly cursorColumn: number | undefined;
  /** Undefined where rows have no tick boxes. */
  readonly isTicked: boolean | undefined;
  readonly tickLabel: string;
  readonly edit: CellEdit | undefined;
}

function PlainRow<Row>(props: RowProps<Row>) {
  const { gridId, index, row, columns, cursorColumn, edit } = props;
  return (
    <div
      className={classNames("grid-row", props.isOpen && "open", props.rowClass)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      aria-expanded={props.isExpanded}
      aria-busy={row === undefined}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.topPx}px)` }}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={cellId(gridId, { row: index, column: at })}
          role={column.isLastFrozen ? "rowheader" : "gridcell"}
          aria-colindex={at + 1}
          data-row={index}
          data-column={at}
          style={placeStyle(column.leftPx)}
          className={classNames(
            "grid-cell",
            at === 0 && "first",
            column.leftPx !== undefined && "frozen",
            column.isLastFrozen && "last-frozen",
            column.align === "end" && "num",
            cursorColumn === at && "cursor",
            edit?.column === at && "editing",
            row === undefined ? undefined : column.cellClass?.(row),
          )}
        >
          {row === undefined ? (
            at === 0 ? (
              "…"
            ) : null
          ) : edit?.column === at ? (
            <CellEditor edit={edit} label={column.header} />
          ) : column.id === tickColumnId ? (
            <TickBox
              state={props.isTicked === true ? "all" : "none"}
              label={props.isTicked === true ? props.tickLabel : "Left out"}
            />
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </div>
  );
}

/** One row; drawn again only when it, its place or its marks are others. */
export const GridRow = memo(PlainRow) as typeof PlainRow;
