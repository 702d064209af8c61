/** Rows of one height, with a detail open below one of them at most; px count from the top of the first row. */
export interface RowHeights {
  readonly rowCount: number;
  readonly rowPx: number;
  readonly detailIndex: number | undefined;
  readonly detailPx: number;
}

/** What of the rows is on screen, and which way it moved last. */
export interface RowView {
  readonly topPx: number;
  readonly heightPx: number;
  readonly isUpwards: boolean;
}

/** From the first to the last, both included; the last is before the first where there is none. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface ColumnWidth {
  /** Least width in px. */
  readonly width: number;
  /** Share of the free width; 0 keeps the least width. */
  readonly grow?: number | undefined;
}

export interface ColumnPlace {
  readonly leftPx: number;
  readonly widthPx: number;
}

const aheadRows = 10;
const behindRows = 3;

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

export function rowTopPx({ rowPx, detailIndex, detailPx }: RowHeights, index: number): number {
  return index * rowPx + (detailIndex !== undefined && index > detailIndex ? detailPx : 0);
}

export function allRowsPx(heights: RowHeights): number {
  return rowTopPx(heights, heights.rowCount);
}

function rowAtPx({ rowPx, detailIndex, detailPx }: RowHeights, px: number): number {
  const detailTopPx = detailIndex === undefined ? Infinity : (detailIndex + 1) * rowPx;
  if (px < detailTopPx) return Math.floor(px / rowPx);
  return Math.floor(Math.max(detailTopPx - 1, px - detailPx) / rowPx);
}

/** The rows to draw: those on screen, more the way the screen moves, a few the other way; always as many as fit. */
export function rowsToDraw(heights: RowHeights, { topPx, heightPx, isUpwards }: RowView): Span {
  const shown = Math.ceil(heightPx / heights.rowPx) + 1;
  const count = Math.min(heights.rowCount, shown + aheadRows + behindRows);
  const from = rowAtPx(heights, topPx) - (isUpwards ? aheadRows : behindRows);
  const first = clamp(from, 0, heights.rowCount - count);
  return { first, last: first + count - 1 };
}

/** Where to scroll so that the whole row is on screen, with its detail as far as it fits; as it is where it is. */
export function topShowing(
  heights: RowHeights,
  { topPx, heightPx }: Omit<RowView, "isUpwards">,
  index: number,
): number {
  const rowTop = rowTopPx(heights, index);
  const bottom = rowTop + heights.rowPx + (index === heights.detailIndex ? heights.detailPx : 0);
  if (rowTop < topPx) return rowTop;
  return bottom > topPx + heightPx ? Math.min(rowTop, bottom - heightPx) : topPx;
}

/** The columns beside one another in whole px: the free width is shared out as fr tracks with a least width do it. */
export function placesOf(columns: readonly ColumnWidth[], gridPx: number): readonly ColumnPlace[] {
  const shares = columns.map(({ width, grow = 1 }) => width * grow);
  const isKept = columns.map(({ grow = 1 }) => grow === 0);
  const sum = (of: (at: number) => number): number => columns.reduce((total, _column, at) => total + of(at), 0);
  const widthOf = (at: number): number => columns[at]?.width ?? 0;
  const shareOf = (at: number): number => (isKept[at] === true ? 0 : (shares[at] ?? 0));
  let perShare = 0;
  for (let isSettled = false; !isSettled; ) {
    perShare = Math.max(0, gridPx - sum((at) => (isKept[at] === true ? widthOf(at) : 0))) / Math.max(1, sum(shareOf));
    const tight = columns.findIndex((_column, at) => isKept[at] !== true && shareOf(at) * perShare < widthOf(at));
    isSettled = tight === -1;
    if (!isSettled) isKept[tight] = true;
  }
  let left = 0;
  return columns.map((_column, at) => {
    const start = left;
    left += isKept[at] === true ? widthOf(at) : shareOf(at) * perShare;
    return { leftPx: Math.round(start), widthPx: Math.round(left) - Math.round(start) };
  });
}

/** The columns to draw among those that scroll: on screen right of the frozen ones, and one more on each side. */
export function columnsToDraw(
  places: readonly ColumnPlace[],
  frozen: number,
  { leftPx, widthPx }: { readonly leftPx: number; readonly widthPx: number },
): Span {
  const frozenPx = places[frozen]?.leftPx ?? 0;
  const isShown = (place: ColumnPlace): boolean =>
    place.leftPx + place.widthPx > leftPx + frozenPx && place.leftPx < leftPx + widthPx;
  const first = places.findIndex((place, at) => at >= frozen && isShown(place));
  if (first === -1) return { first: frozen, last: frozen - 1 };
  return {
    first: Math.max(frozen, first - 1),
    last: Math.min(places.length - 1, places.findLastIndex(isShown) + 1),
  };
}

/** How far to scroll sideways so that a column is on screen right of the frozen ones. */
export function leftShowing(
  places: readonly ColumnPlace[],
  frozen: number,
  { leftPx, widthPx }: { readonly leftPx: number; readonly widthPx: number },
  column: number,
): number {
  const place = places[column];
  if (place === undefined || column < frozen) return leftPx;
  const most = place.leftPx - (places[frozen]?.leftPx ?? 0);
  const least = place.leftPx + place.widthPx - widthPx;
  return leftPx > most ? most : Math.max(leftPx, least);
}
