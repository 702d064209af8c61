/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the rows of a virtual grid are placed one by one: no table */
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from "react";
import { movedCursor, type GridCursor } from "./grid-keys.ts";
import { cellId, GridHead, GridRow, gridTemplate, type GridColumn, type GridSort } from "./grid-parts.tsx";
import { useRowHeight } from "./use-row-height.ts";

export type { GridColumn, GridSort } from "./grid-parts.tsx";

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
  /** Shown over the grid when it has no rows. */
  readonly empty?: ReactNode;
  readonly ref?: Ref<GridHandle> | undefined;
}

const headHeightPx = 28;

/**
 * A virtual grid: one Tab stop, a cell cursor moved by arrows, Home, End, Page Up, Page Down and Ctrl; the header and
 * the first column stay in place. Enter on a header sorts.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, rowCount, rowAt, onVisibleRange, selectedIndex, onSelect, onOpen, sort } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [cursor, setCursor] = useState<GridCursor>({ row: 0, column: 0 });
  const row = Math.min(cursor.row, rowCount - 1);
  const template = useMemo(() => gridTemplate(columns), [columns]);
  const totalWidth = columns.reduce((sum, column) => sum + column.width, 0);

  // oxlint-disable-next-line react/incompatible-library -- nothing is memoised on the virtualizer
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeightPx,
    scrollPaddingStart: headHeightPx,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index;
  const last = items.at(-1)?.index;
  useEffect(() => {
    if (first !== undefined && last !== undefined) onVisibleRange?.(first, last);
  }, [first, last, onVisibleRange]);

  const reveal = useCallback(
    (to: GridCursor) => {
      if (to.row >= 0) virtual.scrollToIndex(to.row, { align: "auto" });
      const box = scroller.current;
      const header = box?.querySelector(`[id="${CSS.escape(cellId(gridId, { row: -1, column: to.column }))}"]`);
      const frozen = box?.querySelector(".grid-head .frozen");
      if (!(header instanceof HTMLElement) || !(frozen instanceof HTMLElement) || box === null || to.column === 0)
        return;
      const left = header.offsetLeft - frozen.offsetWidth;
      const right = header.offsetLeft + header.offsetWidth - box.clientWidth;
      if (box.scrollLeft > left) box.scrollLeft = left;
      else if (box.scrollLeft < right) box.scrollLeft = right;
    },
    [virtual, gridId],
  );

  useEffect(() => {
    if (selectedIndex === undefined) return;
    setCursor((last_) => ({ ...last_, row: selectedIndex }));
    virtual.scrollToIndex(selectedIndex, { align: "auto" });
  }, [selectedIndex, virtual]);

  useImperativeHandle(props.ref, () => ({
    focus: (index) => {
      if (index !== undefined) setCursor((from) => ({ ...from, row: index }));
      scroller.current?.focus();
    },
  }));

  const sortBy = (column: GridColumn<Row>) => {
    if (column.sortable !== true) return;
    const turned = sort?.column === column.id && sort.direction === "ascending" ? "descending" : "ascending";
    props.onSort?.({ column: column.id, direction: turned });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const key = { key: event.key, ctrl: event.ctrlKey || event.metaKey };
    const pageRows = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeightPx) / rowHeight) - 1);
    const to = movedCursor({ row, column: cursor.column }, key, { rows: rowCount, columns: columns.length, pageRows });
    if (to !== undefined) {
      event.preventDefault();
      setCursor(to);
      reveal(to);
      if (selectedIndex !== undefined && to.row >= 0 && to.row !== row) onSelect?.(to.row);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const column = columns[cursor.column];
      if (row < 0) {
        if (column !== undefined) sortBy(column);
      } else if (event.key === "Enter" && onOpen !== undefined) onOpen(row);
      else onSelect?.(row);
    } else if (event.key === "Escape" && props.onEscape !== undefined) {
      event.stopPropagation();
      props.onEscape();
    }
  };

  const cellAt = (event: MouseEvent): GridCursor | undefined => {
    const cell = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    if (!(cell instanceof HTMLElement)) return undefined;
    return { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
  };
  const onClick = (event: MouseEvent) => {
    const at = cellAt(event);
    if (at === undefined) return;
    setCursor(at);
    const column = columns[at.column];
    if (at.row >= 0) onSelect?.(at.row);
    else if (column !== undefined) sortBy(column);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = cellAt(event);
    if (at !== undefined && at.row >= 0) onOpen?.(at.row);
  };

  return (
    <div className="grid-wrap">
      <div
        ref={scroller}
        className="grid"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cellId(gridId, { row, column: cursor.column })}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <div role="rowgroup" className="grid-head-group">
          <GridHead
            gridId={gridId}
            columns={columns}
            template={template}
            totalWidth={totalWidth}
            cursorColumn={row < 0 ? cursor.column : undefined}
            sort={sort}
          />
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize(), minWidth: totalWidth }}>
          {items.map((item) => (
            <GridRow
              key={item.index}
              gridId={gridId}
              index={item.index}
              row={rowAt(item.index)}
              columns={columns}
              template={template}
              topPx={item.start - headHeightPx}
              isSelected={item.index === selectedIndex}
              cursorColumn={item.index === row ? cursor.column : undefined}
            />
          ))}
        </div>
      </div>
      {rowCount === 0 && props.empty !== undefined ? <div className="grid-overlay">{props.empty}</div> : null}
    </div>
  );
}
