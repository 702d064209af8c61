import type { Failure, Result } from "@contract";

export interface OffsetPage<R> {
  readonly rows: readonly R[];
  /** How many rows there are in all. */
  readonly matching: number;
}

export interface OffsetState {
  /** Rises whenever a row, the count or a failure is another one. */
  readonly version: number;
  readonly matching: number | undefined;
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
}

export interface OffsetRows<R> {
  state(): OffsetState;
  subscribe(listener: () => void): () => void;
  rowAt(index: number): R | undefined;
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
 * most `keepPages` are kept, those farthest from the screen go first. Reads only while somebody listens.
 */
export function createOffsetRows<R>(
  pageSize: number,
  keepPages: number,
  fetchPage: (offset: number, limit: number) => Promise<Result<OffsetPage<R>>>,
): OffsetRows<R> {
  const listeners = new Set<() => void>();
  const pages = new Map<number, HeldPage<R>>();
  const running = new Set<number>();
  let state: OffsetState = { version: 0, matching: undefined, isLoading: true, failure: undefined };
  let turn = 0;
  let wanted = { first: 0, last: 0 };

  const become = (next: Partial<OffsetState>) => {
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
    const result = await fetchPage(page * pageSize, pageSize);
    running.delete(page);
    if (!result.ok) return become({ isLoading: false, failure: result.failure });
    pages.set(page, { rows: result.value.rows, turn: readFor });
    drop();
    become({ matching: result.value.matching, isLoading: false, failure: undefined });
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
