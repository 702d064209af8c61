/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed one by one: no table */
import {
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from "react";
import { classNames } from "./class-names.ts";
import { DetailRow, type GridDetail } from "./grid-detail.tsx";
import type { GridEditing } from "./grid-editing.tsx";
import { movedCursor, type GridCursor } from "./grid-keys.ts";
import {
  cellId,
  frozenCount,
  GridHead,
  GridRow,
  placeColumns,
  tickColumnId,
  type GridColumn,
  type GridSort,
} from "./grid-parts.tsx";
import { useTickKeys, type GridTicks } from "./grid-ticks.ts";
import { allRowsPx, rowTopPx, type RowHeights } from "./grid-window.ts";
import { useCellEdit } from "./use-cell-edit.ts";
import { useGridView } from "./use-grid-view.ts";
import { useGridRowHeight } from "./use-row-height.ts";

export type { GridDetail } from "./grid-detail.tsx";
export type { GridEditing } from "./grid-editing.tsx";
export type { GridColumn, GridSort } from "./grid-parts.tsx";
export type { GridTicks } from "./grid-ticks.ts";

export interface GridHandle {
  /** Puts focus into the grid, on a row when one is given. */
  readonly focus: (index?: number) => void;
}

export interface GridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rowCount: number;
  /** The row, or undefined while its page is being read. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Tells which rows are on screen, so that their pages can be read. */
  readonly onVisibleRange?: ((first: number, last: number) => void) | undefined;
  readonly selectedIndex?: number | undefined;
  /** A click, Space, or Enter without `onOpen`; and, while a row is selected, every move of the cursor. */
  readonly onSelect?: ((index: number) => void) | undefined;
  /** Enter or a double click. */
  readonly onOpen?: ((index: number) => void) | undefined;
  readonly onEscape?: (() => void) | undefined;
  readonly sort?: GridSort | undefined;
  readonly onSort?: ((sort: GridSort) => void) | undefined;
  readonly ticks?: GridTicks | undefined;
  readonly editing?: GridEditing<Row> | undefined;
  /** What is open below one of the rows. */
  readonly detail?: GridDetail | undefined;
  /** Whether rows open below themselves at all; then each says whether it is open. */
  readonly expands?: boolean | undefined;
  readonly rowClass?: ((row: Row) => string | undefined) | undefined;
  /** Shown over the grid when it has no rows. */
  readonly empty?: ReactNode;
  readonly ref?: Ref<GridHandle> | undefined;
}

const headHeightPx = 28;
const tickWidthPx = 32;

function withTicks<Row>(columns: readonly GridColumn<Row>[], header: string): readonly GridColumn<Row>[] {
  return [{ id: tickColumnId, header, width: tickWidthPx, grow: 0, cell: () => null }, ...columns];
}

/**
 * A virtual grid: one Tab stop, a cell cursor moved by arrows, Home, End, Page Up, Page Down and Ctrl; the header and
 * the first column stay in place. Enter on a header sorts. Rows may carry tick boxes, be edited in place, and open a
 * detail below themselves.
 */
export function Grid<Row>({
  label,
  columns: given,
  rowCount,
  rowAt,
  onVisibleRange,
  selectedIndex,
  onSelect,
  onOpen,
  onEscape,
  sort,
  onSort,
  ticks,
  editing,
  detail,
  expands = false,
  rowClass,
  empty,
  ref,
}: GridProps<Row>) {
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { px: rowPx, isCapped } = useGridRowHeight(rowCount);
  const hasTicks = ticks !== undefined;
  const tickLabel = ticks?.label ?? "";
  const [cursor, setCursor] = useState<GridCursor>({ row: 0, column: 0 });
  const [detailPx, setDetailPx] = useState(0);
  const detailIndex = detail?.index;
  const row = Math.min(cursor.row, rowCount - 1);
  const listed = useMemo(
    () => (hasTicks ? withTicks(given, tickLabel) : given),
    [given, hasTicks, tickLabel],
  );
  const heights = useMemo(
    (): RowHeights => ({ rowCount, rowPx, detailIndex, detailPx }),
    [rowCount, rowPx, detailIndex, detailPx],
  );
  const { widthPx, places, rows, moved, reveal } = useGridView(scroller, {
    headPx: headHeightPx,
    columns: listed,
    frozen: frozenCount(listed),
    heights,
  });
  const { first, last } = rows;
  const columns = useMemo(() => placeColumns(listed, places), [listed, places]);
  const totalPx = columns.reduce((sum, column) => sum + column.widthPx, 0);
  const { tick, extend, tickAll, moveOn } = useTickKeys(ticks);
  const focusGrid = () => scroller.current?.focus();
  const { startEdit, editOf } = useCellEdit({ editing, columns, rowAt, onEnd: focusGrid });

  useEffect(() => {
    if (last >= first) onVisibleRange?.(first, last);
  }, [first, last, onVisibleRange]);

  useEffect(() => {
    if (selectedIndex === undefined) return;
    setCursor((last_) => ({ ...last_, row: selectedIndex }));
    reveal({ row: selectedIndex });
  }, [selectedIndex, reveal]);

  useImperativeHandle(ref, () => ({
    focus: (index) => {
      if (index !== undefined) setCursor((from) => ({ ...from, row: index }));
      scroller.current?.focus();
    },
  }));

  const sortBy = (column: GridColumn<Row>) => {
    if (column.sortable !== true) return;
    const turned = sort?.column === column.id && sort.direction === "ascending" ? "descending" : "ascending";
    onSort?.({ column: column.id, direction: turned });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const key = { key: event.key, ctrl: event.ctrlKey || event.metaKey };
    const pageRows = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeightPx) / rowPx) - 1);
    if (ticks !== undefined && key.ctrl && event.key.toLowerCase() === "a") {
      event.preventDefault();
      ticks.onTickAll(true);
      return;
    }
    const to = movedCursor({ row, column: cursor.column }, key, { rows: rowCount, columns: columns.length, pageRows });
    if (to !== undefined) {
      event.preventDefault();
      setCursor(to);
      reveal(to);
      if (event.shiftKey && to.row !== row) return extend(row, to.row);
      moveOn();
      if (selectedIndex !== undefined && to.row >= 0 && to.row !== row) onSelect?.(to.row);
    } else if (event.key === "F2") {
      if (startEdit({ row, column: cursor.column })) event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const column = columns[cursor.column];
      if (row < 0) {
        if (column?.id === tickColumnId) tickAll();
        else if (column !== undefined) sortBy(column);
      } else if (event.key === " " && ticks !== undefined) tick(row, event.shiftKey);
      else if (event.key === "Enter" && startEdit({ row, column: cursor.column })) return;
      else if (event.key === "Enter" && onOpen !== undefined) onOpen(row);
      else onSelect?.(row);
    } else if (event.key === "Escape" && onEscape !== undefined) {
      event.stopPropagation();
      onEscape();
    }
  };

  const cellAt = (event: MouseEvent): GridCursor | undefined => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-column]") : null;
    const line = cell?.closest<HTMLElement>("[data-row]");
    if (cell === null || line === null || line === undefined) return undefined;
    return { row: Number(line.dataset["row"]), column: Number(cell.dataset["column"]) };
  };
  const onClick = (event: MouseEvent) => {
    const at = cellAt(event);
    if (at === undefined) return;
    setCursor(at);
    const column = columns[at.column];
    if (column?.id === tickColumnId) {
      if (at.row >= 0) tick(at.row, event.shiftKey);
      else tickAll();
    } else if (at.row >= 0 && event.shiftKey && ticks !== undefined) tick(at.row, true);
    else if (at.row >= 0) onSelect?.(at.row);
    else if (column !== undefined) sortBy(column);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = cellAt(event);
    if (at === undefined || at.row < 0 || columns[at.column]?.id === tickColumnId) return;
    if (startEdit(at)) return;
    globalThis.getSelection()?.empty();
    onOpen?.(at.row);
  };
  const onClickGuarded = (event: MouseEvent) => {
    const isInEditor = event.target instanceof Element && event.target.closest(".cell-input") !== null;
    if (!isInEditor) onClick(event);
  };

  const indexes = Array.from({ length: last - first + 1 }, (_each, at) => first + at);

  return (
    <div className="grid-wrap">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- rows that open make it a treegrid */}
      <div
        ref={scroller}
        className={classNames("grid", ticks?.quiet && "quiet-ticks")}
        style={isCapped ? ({ "--row": `${rowPx}px` } as CSSProperties) : undefined}
        role={expands ? "treegrid" : "grid"}
        tabIndex={0}
        aria-label={label}
        aria-multiselectable={ticks === undefined ? undefined : true}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cellId(gridId, { row, column: cursor.column })}
        onKeyDown={onKeyDown}
        onClick={onClickGuarded}
        onDoubleClick={onDoubleClick}
      >
        <div role="rowgroup" className="grid-head-group" style={{ width: widthPx }}>
          <GridHead
            gridId={gridId}
            columns={columns}
            firstColumn={moved.first}
            lastColumn={moved.last}
            cursorColumn={row < 0 ? cursor.column : undefined}
            sort={sort}
            tick={ticks?.stateOfAll}
            tickLabel={tickLabel}
          />
        </div>
        <div className="grid-body" style={{ height: allRowsPx(heights), width: totalPx }}>
          <div role="rowgroup" className="grid-rows" style={{ width: widthPx }}>
            {indexes.map((index) => {
              const held = rowAt(index);
              const isTicked = ticks?.isTicked(index);
              return (
                <GridRow
                  key={index}
                  gridId={gridId}
                  index={index}
                  row={held}
                  columns={columns}
                  firstColumn={moved.first}
                  lastColumn={moved.last}
                  topPx={rowTopPx(heights, index)}
                  isSelected={isTicked ?? index === selectedIndex}
                  isOpen={ticks !== undefined && index === selectedIndex}
                  isExpanded={expands ? index === detailIndex : undefined}
                  rowClass={held === undefined ? undefined : rowClass?.(held)}
                  cursorColumn={index === row ? cursor.column : undefined}
                  isTicked={isTicked}
                  tickLabel={tickLabel}
                  edit={editOf(index, held)}
                />
              );
            })}
            {detail === undefined || detail.index < first || detail.index > last ? null : (
              <DetailRow
                detail={detail}
                topPx={rowTopPx(heights, detail.index) + rowPx}
                columnCount={columns.length}
                onHeight={setDetailPx}
                onEscape={() => {
                  onEscape?.();
                  focusGrid();
                }}
              />
            )}
          </div>
        </div>
      </div>
      {rowCount === 0 && empty !== undefined ? <div className="grid-overlay">{empty}</div> : null}
    </div>
  );
}
