/** Where the cell cursor is; row −1 is the header. */
export interface GridCursor {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows one press of Page Up or Page Down moves. */
  readonly pageRows: number;
}

export interface GridKey {
  readonly key: string;
  readonly ctrl: boolean;
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), Math.max(least, most));

/** Where a key moves the cursor, or undefined when the key is not a movement. */
export function movedCursor(from: GridCursor, { key, ctrl }: GridKey, size: GridSize): GridCursor | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const at = (row: number, column: number): GridCursor => ({
    row: clamp(row, -1, lastRow),
    column: clamp(column, 0, lastColumn),
  });
  const firstBodyRow = Math.min(0, lastRow);
  switch (key) {
    case "ArrowUp":
      return ctrl ? at(firstBodyRow, from.column) : at(from.row - 1, from.column);
    case "ArrowDown":
      return ctrl ? at(lastRow, from.column) : at(from.row + 1, from.column);
    case "ArrowLeft":
      return at(from.row, ctrl ? 0 : from.column - 1);
    case "ArrowRight":
      return at(from.row, ctrl ? lastColumn : from.column + 1);
    case "Home":
      return ctrl ? at(firstBodyRow, 0) : at(from.row, 0);
    case "End":
      return ctrl ? at(lastRow, lastColumn) : at(from.row, lastColumn);
    case "PageUp":
      return at(Math.max(firstBodyRow, from.row - size.pageRows), from.column);
    case "PageDown":
      return at(from.row + size.pageRows, from.column);
    default:
      return undefined;
  }
}
