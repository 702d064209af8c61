import type { Failure, Result } from "@contract";

export interface OffsetPage<R> {
  readonly rows: readonly R[];
  /** How many rows there are in all. */
  readonly matching: number;
}

/** Rows that follow one another, from a place of the list on. */
export interface HeldRows<R> {
  readonly first: number;
  readonly rows: readonly R[];
}

export interface OffsetState<P> {
  /** Rises whenever a row, the count or a failure is another one. */
  readonly version: number;
  readonly matching: number | undefined;
  /** The page read last: it carries totals. */
  readonly newest: P | undefined;
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
}

export interface OffsetRows<R, P extends OffsetPage<R> = OffsetPage<R>> {
  state(): OffsetState<P>;
  subscribe(listener: () => void): () => void;
  rowAt(index: number): R | undefined;
  /** What is kept of the list, page by page in its order. */
  held(): readonly HeldRows<R>[];
  /** All rows from `first` to `last`, also those that are not kept. */
  between(first: number, last: number): Promise<Result<readonly R[]>>;
  /** The rows from `first` to `last` are on screen. */
  want(first: number, last: number): void;
  /** Reads what is on screen again; the old rows stay until the new ones are there. */
  reload(): void;
}

interface HeldPage<R> {
  readonly rows: readonly R[];
  readonly turn: number;
}

const atOnce = 2;

/**
 * A long list read by position: a jump reads only where it lands. Pages on screen come first, then their neighbours; at
 * most `keepPages` are kept, those farthest from the screen go first. Reads only while somebody listens. `fetchPage` is
 * told how often the list was read anew.
 */
export function createOffsetRows<R, P extends OffsetPage<R> = OffsetPage<R>>(
  pageSize: number,
  keepPages: number,
  fetchPage: (offset: number, limit: number, turn: number) => Promise<Result<P>>,
): OffsetRows<R, P> {
  const listeners = new Set<() => void>();
  const pages = new Map<number, HeldPage<R>>();
  const running = new Set<number>();
  let state: OffsetState<P> = {
    version: 0,
    matching: undefined,
    newest: undefined,
    isLoading: true,
    failure: undefined,
  };
  let turn = 0;
  let wanted = { first: 0, last: 0 };

  const become = (next: Partial<OffsetState<P>>) => {
    state = { ...state, ...next, version: state.version + 1 };
    for (const listener of listeners) listener();
  };

  const missing = (): number | undefined => {
    const last = state.matching === undefined ? 0 : Math.max(0, Math.ceil(state.matching / pageSize) - 1);
    const from = Math.min(last, Math.floor(wanted.first / pageSize));
    const to = Math.min(last, Math.floor(wanted.last / pageSize));
    const onScreen = Array.from({ length: to - from + 1 }, (_each, at) => from + at);
    return [...onScreen, to + 1, from - 1].find(
      (page) => page >= 0 && page <= last && pages.get(page)?.turn !== turn && !running.has(page),
    );
  };

  const drop = () => {
    const middle = Math.floor((wanted.first + wanted.last) / 2 / pageSize);
    const byDistance = [...pages.keys()].toSorted((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of byDistance.slice(0, Math.max(0, pages.size - keepPages))) pages.delete(page);
  };

  const readOne = async (page: number): Promise<void> => {
    const readFor = turn;
    running.add(page);
    const result = await fetchPage(page * pageSize, pageSize, readFor);
    running.delete(page);
    if (!result.ok) return become({ isLoading: false, failure: result.failure });
    pages.set(page, { rows: result.value.rows, turn: readFor });
    drop();
    become({ matching: result.value.matching, newest: result.value, isLoading: false, failure: undefined });
    run();
  };

  const run = () => {
    while (listeners.size > 0 && running.size < atOnce && state.failure === undefined) {
      const page = missing();
      if (page === undefined) return;
      void readOne(page);
    }
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      run();
      return () => listeners.delete(listener);
    },
    rowAt: (index) => pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
    held: () =>
      [...pages].toSorted(([a], [b]) => a - b).map(([page, { rows }]) => ({ first: page * pageSize, rows })),
    async between(first, last) {
      const rows: R[] = [];
      for (let page = Math.floor(first / pageSize); page * pageSize <= last; page += 1) {
        const kept = pages.get(page);
        const result: Result<Pick<P, "rows">> =
          kept?.turn === turn
            ? { ok: true, value: kept }
            : // oxlint-disable-next-line eslint/no-await-in-loop -- one page after the other
              await fetchPage(page * pageSize, pageSize, turn);
        if (!result.ok) return result;
        const from = Math.max(0, first - page * pageSize);
        rows.push(...result.value.rows.slice(from, last + 1 - page * pageSize));
      }
      return { ok: true, value: rows };
    },
    want(first, last) {
      wanted = { first, last };
      run();
    },
    reload() {
      turn += 1;
      become({ isLoading: state.matching === undefined, failure: undefined });
      run();
    },
  };
}
