/** What is measured inside the page; each function is sent there whole, so it uses nothing from outside itself. */

export interface Frames {
  readonly frameMs: readonly number[];
  readonly taskMs: readonly number[];
  /** How long rows on screen stood empty or were missing, each time they did. */
  readonly blankMs: readonly number[];
  readonly perSecond: number;
}

/** Presses the button that chooses a file; answers how long until the grid of 100 rows and a problem are painted. */
export async function firstLook(): Promise<number> {
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const buttons = [...document.querySelectorAll("button")];
  const startMs = performance.now();
  buttons.find(({ textContent }) => textContent?.trim() === "Choose a CSV file")?.click();
  const isShown = (): boolean => {
    const grid = document.querySelector(".preview [role=grid]");
    const rows = [...(grid?.querySelectorAll(".grid-body [role=row]") ?? [])];
    const isFull = rows.length * (rows[0]?.clientHeight ?? 0) >= (grid?.clientHeight ?? 0) - 60;
    const isHeld = Number(grid?.ariaRowCount) > 100 && isFull && rows.every(({ ariaBusy }) => ariaBusy !== "true");
    return isHeld && document.querySelector(".read-problems li") !== null;
  };
  while (!isShown()) {
    await frame();
    if (performance.now() - startMs > 60_000) throw new Error("The first rows do not show.");
  }
  await frame();
  return performance.now() - startMs;
}

/** Scrolls the grid a step a frame, or jumps about in the whole of it; a step of 0 shows what the machine alone does. */
export async function scrolled({
  label,
  stepPx,
  frames,
}: {
  readonly label: string;
  readonly stepPx: number | undefined;
  readonly frames: number;
}): Promise<Frames> {
  const grid = [...document.querySelectorAll<HTMLElement>("[role=grid]")].find(
    (each) => each.getAttribute("aria-label") === label,
  );
  if (grid === undefined) throw new Error(`There is no grid ${label}.`);
  const taskMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) taskMs.push(duration);
  });
  observer.observe({ type: "longtask" });
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const head = grid.querySelector<HTMLElement>(".grid-head")?.offsetHeight ?? 0;
  const isBlank = (): boolean => {
    const { top } = grid.getBoundingClientRect();
    const [from, to] = [top + head, top + grid.clientHeight];
    const rows = [...grid.querySelectorAll<HTMLElement>(".grid-body [role=row]")];
    const boxOf = (row: HTMLElement | undefined): DOMRect => row?.getBoundingClientRect() ?? new DOMRect();
    if (boxOf(rows[0]).top > from + 1 || boxOf(rows.at(-1)).bottom < to - 1) return true;
    const waiting = rows.filter((row) => row.ariaBusy === "true").map(boxOf);
    return waiting.some((box) => box.bottom > from && box.top < to);
  };
  const frameMs: number[] = [];
  const blankMs: number[] = [];
  let blankFrom: number | undefined;
  let before = await frame();
  const startMs = before;
  for (let at = 0; at < frames; at += 1) {
    const isJump = at % 20 === 0;
    if (stepPx !== undefined) grid.scrollTop += stepPx;
    else if (isJump) grid.scrollTop = (((at * 7919) % 1000) / 1000) * (grid.scrollHeight - grid.clientHeight);
    const now = await frame();
    frameMs.push(now - before);
    before = now;
    if (isBlank()) blankFrom ??= now;
    else if (blankFrom !== undefined) {
      blankMs.push(now - blankFrom);
      blankFrom = undefined;
    }
  }
  if (blankFrom !== undefined) blankMs.push(before - blankFrom);
  observer.disconnect();
  return { frameMs, taskMs, blankMs, perSecond: (frames * 1000) / (before - startMs) };
}

/** How many cells a row of the grid has on screen, and how large the grid is. */
export function drawnCells(label: string): { columns: number; widthPx: number; heightPx: number } {
  const grid = [...document.querySelectorAll<HTMLElement>("[role=grid]")].find(
    (each) => each.getAttribute("aria-label") === label,
  );
  const columns = grid?.querySelector(".grid-body [role=row]")?.querySelectorAll("[role=gridcell], [role=rowheader]");
  return { columns: columns?.length ?? 0, widthPx: grid?.clientWidth ?? 0, heightPx: grid?.clientHeight ?? 0 };
}

/** Types each text into the grid's search and waits until its rows are there. */
export async function filterTimes(
  texts: readonly string[],
): Promise<{ readonly shownMs: readonly number[]; readonly taskMs: readonly number[] }> {
  const input = document.querySelector<HTMLInputElement>("search input");
  const grid = document.querySelector<HTMLElement>("[role=grid]");
  if (input === null || grid === null) throw new Error("There is no grid to filter.");
  const taskMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) taskMs.push(duration);
  });
  observer.observe({ type: "longtask" });
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  const shownMs: number[] = [];
  for (const text of texts) {
    const count = grid.getAttribute("aria-rowcount");
    const startMs = performance.now();
    set?.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while (grid.getAttribute("aria-rowcount") === count && performance.now() - startMs < 20_000) await frame();
    shownMs.push(performance.now() - startMs);
  }
  observer.disconnect();
  return { shownMs, taskMs };
}
