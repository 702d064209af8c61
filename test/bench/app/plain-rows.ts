import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/react-virtual";

/** Runs in a bare page: as many plain rows of plain text over an array, virtual by TanStack, as the grid beside them. */
const rowPx = 28;
const { rows = "0", columns = "0" } = document.body.dataset;
const cells = Array.from({ length: Number(columns) }, (_each, at) => at);
const texts = Array.from({ length: Number(rows) }, (_each, at) => `Operating ${at}`);

const grid = document.createElement("div");
const body = document.createElement("div");
grid.role = "grid";
grid.ariaLabel = "Plain";
grid.style.cssText = "height: 100vh; overflow: auto; background: white; font: 12px/27px sans-serif; contain: strict";
body.className = "grid-body";
body.style.position = "relative";
grid.append(body);
document.body.append(grid);

const drawn = new Map<number, HTMLElement>();

function draw(index: number, startPx: number): HTMLElement {
  const row = document.createElement("div");
  row.role = "row";
  row.style.cssText = `position: absolute; top: 0; left: 0; width: 100%; height: ${rowPx}px; display: flex; contain: strict;
    border-bottom: 1px solid #ddd; transform: translateY(${startPx}px)`;
  for (const column of cells) {
    const cell = document.createElement("div");
    cell.style.cssText = "flex: 1; overflow: hidden; white-space: nowrap; text-overflow: ellipsis";
    cell.textContent = column === 0 ? (texts[index] ?? "") : `${index}.${column}`;
    row.append(cell);
  }
  return row;
}

const virtual = new Virtualizer<HTMLElement, HTMLElement>({
  count: texts.length,
  getScrollElement: () => grid,
  estimateSize: () => rowPx,
  overscan: 8,
  scrollToFn: elementScroll,
  observeElementRect,
  observeElementOffset,
  onChange: show,
});

function show(): void {
  const items = virtual.getVirtualItems();
  const wanted = new Set(items.map((item) => item.index));
  for (const [index, row] of drawn) {
    if (wanted.has(index)) continue;
    row.remove();
    drawn.delete(index);
  }
  for (const item of items) {
    if (drawn.has(item.index)) continue;
    const row = draw(item.index, item.start);
    drawn.set(item.index, row);
    body.append(row);
  }
}

virtual._didMount();
virtual._willUpdate();
body.style.height = `${virtual.getTotalSize()}px`;
show();
