/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed one by one: no table */
import { ArrowDown, ArrowUp, Check, Minus } from "lucide-react";
import { memo, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { CellEditor, type CellEdit } from "./grid-editing.tsx";
import type { GridCursor } from "./grid-keys.ts";
import type { ColumnPlace } from "./grid-window.ts";
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

/** A column with its place in the grid. */
export interface PlacedColumn<Row> extends GridColumn<Row>, ColumnPlace {
  readonly at: number;
  readonly isFrozen: boolean;
  readonly isLastFrozen: boolean;
}

export const tickColumnId = "tick";

export function cellId(gridId: string, { row, column }: GridCursor): string {
  return `${gridId}-${row}-${column}`;
}

/** How many columns stay in place: the first, and all up to the last frozen one. */
export function frozenCount<Row>(columns: readonly GridColumn<Row>[]): number {
  return Math.max(0, columns.findLastIndex((column) => column.frozen === true)) + 1;
}

export function placeColumns<Row>(
  columns: readonly GridColumn<Row>[],
  places: readonly ColumnPlace[],
): readonly PlacedColumn<Row>[] {
  const frozen = frozenCount(columns);
  return columns.map((column, at) => ({
    ...column,
    leftPx: places[at]?.leftPx ?? 0,
    widthPx: places[at]?.widthPx ?? column.width,
    at,
    isFrozen: at < frozen,
    isLastFrozen: at === frozen - 1,
  }));
}

/** What a cell looks like by its place, in the head and in rows alike. */
function cellClasses<Row>(column: PlacedColumn<Row>, cursorColumn: number | undefined): string {
  return classNames(
    "grid-cell",
    column.at === 0 && "first",
    column.isFrozen && "frozen",
    column.isLastFrozen && "last-frozen",
    column.align === "end" && "num",
    cursorColumn === column.at && "cursor",
  );
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

interface CellsProps<Row> {
  readonly columns: readonly PlacedColumn<Row>[];
  /** The first and the last drawn of the columns that scroll. */
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly children: (column: PlacedColumn<Row>) => ReactNode;
}

/** The cells of a row: those that stay, and of those that scroll the ones on screen, moved together by `--shift`. */
function Cells<Row>({ columns, firstColumn, lastColumn, children }: CellsProps<Row>) {
  return (
    <>
      {columns.filter((column) => column.isFrozen).map(children)}
      <div className="grid-moved">{columns.slice(firstColumn, lastColumn + 1).map(children)}</div>
    </>
  );
}

interface HeadProps<Row> {
  readonly gridId: string;
  readonly columns: readonly PlacedColumn<Row>[];
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly cursorColumn: number | undefined;
  readonly sort: GridSort | undefined;
  /** What the header of the tick column shows. */
  readonly tick: TickState | undefined;
  readonly tickLabel: string;
}

function PlainHead<Row>(props: HeadProps<Row>) {
  const { gridId, columns, firstColumn, lastColumn, cursorColumn, sort, tick, tickLabel } = props;
  return (
    <div className="grid-head" role="row" aria-rowindex={1} data-row={-1}>
      <Cells columns={columns} firstColumn={firstColumn} lastColumn={lastColumn}>
        {(column) => {
          const sorted = sort?.column === column.id ? sort.direction : undefined;
          return (
            <div
              key={column.id}
              id={cursorColumn === column.at ? cellId(gridId, { row: -1, column: column.at }) : undefined}
              role="columnheader"
              aria-colindex={column.at + 1}
              data-column={column.at}
              aria-sort={column.sortable === true ? (sorted ?? "none") : undefined}
              style={{ left: column.leftPx, width: column.widthPx }}
              className={classNames(
                cellClasses(column, cursorColumn),
                column.sortable && "sortable",
              )}
            >
              {column.id !== tickColumnId ? (
                column.header
              ) : tick === undefined ? null : (
                <TickBox state={tick} label={`${tickLabel}, all rows`} />
              )}
              {sorted === undefined ? null : (
                <span className="sort">
                  <Icon of={sorted === "ascending" ? ArrowUp : ArrowDown} size="xs" />
                </span>
              )}
            </div>
          );
        }}
      </Cells>
    </div>
  );
}

export const GridHead = memo(PlainHead) as typeof PlainHead;

interface RowProps<Row> {
  readonly gridId: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly PlacedColumn<Row>[];
  readonly firstColumn: number;
  readonly lastColumn: number;
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
  const { gridId, index, row, columns, firstColumn, lastColumn, cursorColumn, edit } = props;
  return (
    <div
      className={classNames("grid-row", props.isOpen && "open", props.rowClass)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      aria-expanded={props.isExpanded}
      aria-busy={row === undefined}
      data-row={index}
      style={{ transform: `translateY(${props.topPx}px)` }}
    >
      <Cells columns={columns} firstColumn={firstColumn} lastColumn={lastColumn}>
        {(column) => {
          const content = row === undefined ? (column.at === 0 ? "…" : null) : column.cell(row);
          return (
            <div
              key={column.id}
              id={cursorColumn === column.at ? cellId(gridId, { row: index, column: column.at }) : undefined}
              role={column.isLastFrozen ? "rowheader" : "gridcell"}
              title={typeof content === "string" && content !== "" ? content : undefined}
              aria-colindex={column.at + 1}
              data-column={column.at}
              style={{ left: column.leftPx, width: column.widthPx }}
              className={classNames(
                cellClasses(column, cursorColumn),
                edit?.column === column.at && "editing",
                row === undefined ? undefined : column.cellClass?.(row),
              )}
            >
              {row === undefined ? (
                content
              ) : edit?.column === column.at ? (
                <CellEditor edit={edit} label={column.header} />
              ) : column.id === tickColumnId ? (
                <TickBox
                  state={props.isTicked === true ? "all" : "none"}
                  label={props.isTicked === true ? props.tickLabel : "Left out"}
                />
              ) : (
                content
              )}
            </div>
          );
        }}
      </Cells>
    </div>
  );
}

/** One row; drawn again only when it, its place or its marks are others. */
export const GridRow = memo(PlainRow) as typeof PlainRow;
