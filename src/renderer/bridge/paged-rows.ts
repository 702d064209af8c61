import type { Failure, Result } from "@contract";

export interface RowPage<R> {
  readonly rows: readonly R[];
  readonly nextCursor?: string | undefined;
}

export interface PagedState<R, P extends RowPage<R>> {
  /** Whole pages in order; a row's page is its index divided by the page size. */
  readonly pages: readonly P[];
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
}

export interface PagedRows<R, P extends RowPage<R>> {
  state(): PagedState<R, P>;
  subscribe(listener: () => void): () => void;
  /** Rows up to this index are wanted on screen. */
  want(lastIndex: number): void;
  /** Reads what is on screen again; the old rows stay until the new ones are there. */
  reload(): void;
}

/**
 * A long list read page by page through a keyset cursor: pages follow one another, so a jump reads those between. One
 * request at a time; a reload asked for during one runs after it. Reads only while somebody listens.
 */
export function createPagedRows<R, P extends RowPage<R>>(
  pageSize: number,
  fetchPage: (cursor: string | undefined) => Promise<Result<P>>,
): PagedRows<R, P> {
  const listeners = new Set<() => void>();
  let state: PagedState<R, P> = { pages: [], isLoading: true, failure: undefined };
  let wanted = 0;
  let isStale = true;
  let isRunning = false;

  const isHeard = () => listeners.size > 0;

  const become = (next: Partial<PagedState<R, P>>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };

  const isShort = (pages: readonly P[]) => {
    const last = pages.at(-1);
    return last === undefined || (last.nextCursor !== undefined && pages.length * pageSize <= wanted);
  };

  const readFrom = async (start: readonly P[]): Promise<void> => {
    const pages = [...start];
    while (isShort(pages) && isHeard()) {
      const result = await fetchPage(pages.at(-1)?.nextCursor);
      if (!result.ok) return become({ isLoading: false, failure: result.failure });
      pages.push(result.value);
      if (pages.length > state.pages.length) become({ pages: [...pages], failure: undefined });
    }
    become({ pages, isLoading: false, failure: undefined });
  };

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    while (isHeard() && (isStale || (isShort(state.pages) && state.failure === undefined))) {
      const start = isStale ? [] : state.pages;
      isStale = false;
      become({ isLoading: true });
      await readFrom(start);
    }
    isRunning = false;
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      void run();
      return () => listeners.delete(listener);
    },
    want(lastIndex) {
      wanted = lastIndex;
      if (!isStale && isShort(state.pages)) void run();
    },
    reload() {
      isStale = true;
      void run();
    },
  };
}
