export interface TickedRow {
  /** Its number in the file. */
  readonly row: number;
  readonly included: boolean;
}

interface Wish {
  /** Undefined: all rows of the list. */
  readonly rows: ReadonlySet<number> | undefined;
  readonly included: boolean;
}

/** How rows are ticked once all that a person asked for is done: main works on one edit after the other. */
export interface TickWishes {
  of(row: TickedRow): boolean;
  /** Whether an edit is on its way. */
  isBusy(): boolean;
  /** Notes an edit of these rows, or of all; what comes back ends it, with whether it was done. */
  begin(rows: readonly number[] | undefined, included: boolean): (isDone: boolean) => void;
  /** Forgets what the list says itself by now; `newest` is another one with each page that was read. */
  settle(held: readonly TickedRow[], newest: unknown): void;
  version(): number;
  subscribe(listener: () => void): () => void;
}

export function createTickWishes(): TickWishes {
  const listeners = new Set<() => void>();
  /** In the order they were asked for. */
  let going: readonly Wish[] = [];
  /** What was done and the list may not show yet. */
  const done = new Map<number, boolean>();
  let allDone: { readonly included: boolean; newest?: unknown } | undefined;
  let version = 0;

  const become = (next: readonly Wish[]) => {
    going = next;
    version += 1;
    for (const listener of listeners) listener();
  };

  const note = ({ rows, included }: Wish) => {
    if (rows === undefined) {
      done.clear();
      allDone = { included };
    } else for (const row of rows) done.set(row, included);
  };

  return {
    of: ({ row, included }) =>
      going.findLast(({ rows }) => rows === undefined || rows.has(row))?.included ??
      done.get(row) ??
      allDone?.included ??
      included,
    isBusy: () => going.length > 0,
    begin(rows, included) {
      const wish: Wish = { rows: rows === undefined ? undefined : new Set(rows), included };
      become([...going, wish]);
      return (isDone) => {
        if (isDone) note(wish);
        become(going.filter((other) => other !== wish));
      };
    },
    settle(held, newest) {
      if (going.length > 0 || (done.size === 0 && allDone === undefined)) return;
      if (allDone !== undefined && !("newest" in allDone)) allDone = { ...allDone, newest };
      if (allDone !== undefined && allDone.newest === newest) return;
      allDone = undefined;
      const shown = new Map(held.map(({ row, included }) => [row, included]));
      for (const [row, included] of done) if ((shown.get(row) ?? included) === included) done.delete(row);
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
