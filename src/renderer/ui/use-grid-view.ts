import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { GridCursor } from "./grid-keys.ts";
import {
  columnsToDraw,
  leftShowing,
  placesOf,
  rowsToDraw,
  topShowing,
  type ColumnPlace,
  type ColumnWidth,
  type RowHeights,
  type Span,
} from "./grid-window.ts";

/** How far a grid is scrolled and how much of it is on screen, in px; the head not counted. */
interface View {
  readonly topPx: number;
  readonly leftPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isUpwards: boolean;
}

interface Layout {
  readonly heights: RowHeights;
  readonly places: readonly ColumnPlace[];
  readonly frozen: number;
}

export interface GridViewInput {
  readonly headPx: number;
  readonly columns: readonly ColumnWidth[];
  /** How many of them stay in place. */
  readonly frozen: number;
  readonly heights: RowHeights;
}

export interface GridView {
  /** The inner width of the grid in px; 0 before it is on screen. */
  readonly widthPx: number;
  readonly places: readonly ColumnPlace[];
  /** The rows to draw. */
  readonly rows: Span;
  /** Those to draw of the columns that scroll. */
  readonly moved: Span;
  /** Scrolls as far as is needed to have a row, a column or both on screen. */
  readonly reveal: (to: Partial<GridCursor>) => void;
}

const nothing: View = { topPx: 0, leftPx: 0, widthPx: 0, heightPx: 0, isUpwards: false };

const isSame = (a: Span, b: Span): boolean => a.first === b.first && a.last === b.last;

/** Whether the same cells are to be drawn in both. */
function drawsSame({ heights, places, frozen }: Layout, a: View, b: View): boolean {
  return (
    a.widthPx === b.widthPx &&
    a.heightPx === b.heightPx &&
    isSame(rowsToDraw(heights, a), rowsToDraw(heights, b)) &&
    isSame(columnsToDraw(places, frozen, a), columnsToDraw(places, frozen, b))
  );
}

/**
 * Follows a grid's scroller: what is to be drawn changes only with the cells on screen, and before the frame that shows
 * them. `--shift` on the scroller says how far the columns that scroll are moved.
 */
export function useGridView(
  scroller: RefObject<HTMLElement | null>,
  { headPx, columns, frozen, heights }: GridViewInput,
): GridView {
  const [view, setView] = useState(nothing);
  const places = useMemo(() => placesOf(columns, view.widthPx), [columns, view.widthPx]);
  const layout = useRef<Layout>({ heights, places, frozen });
  useLayoutEffect(() => {
    layout.current = { heights, places, frozen };
  }, [heights, places, frozen]);

  const look = useCallback(() => {
    const { current: box } = scroller;
    if (box === null) return;
    const { scrollTop: topPx, scrollLeft: leftPx, clientWidth: widthPx, clientHeight } = box;
    const shift = `${-leftPx}px`;
    if (box.style.getPropertyValue("--shift") !== shift) box.style.setProperty("--shift", shift);
    setView((before) => {
      const isUpwards = topPx === before.topPx ? before.isUpwards : topPx < before.topPx;
      const next = { topPx, leftPx, widthPx, heightPx: Math.max(0, clientHeight - headPx), isUpwards };
      return drawsSame(layout.current, before, next) ? before : next;
    });
  }, [scroller, headPx]);

  useLayoutEffect(look, [look]);
  useEffect(() => {
    const { current: box } = scroller;
    if (box === null) return undefined;
    const onScroll = () => flushSync(look);
    const observer = new ResizeObserver(look);
    observer.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, [scroller, look]);

  const reveal = useCallback(
    ({ row, column }: Partial<GridCursor>) => {
      const { current: box } = scroller;
      if (box === null) return;
      const { scrollTop: topPx, scrollLeft: leftPx, clientWidth: widthPx, clientHeight } = box;
      const laid = layout.current;
      const shown = { topPx, heightPx: clientHeight - headPx };
      box.scrollTo({
        top: row === undefined || row < 0 ? topPx : topShowing(laid.heights, shown, row),
        left: column === undefined ? leftPx : leftShowing(laid.places, laid.frozen, { leftPx, widthPx }, column),
      });
      look();
    },
    [scroller, headPx, look],
  );

  return {
    widthPx: view.widthPx,
    places,
    rows: rowsToDraw(heights, view),
    moved: columnsToDraw(places, frozen, view),
    reveal,
  };
}
