import { useCallback, useState, useSyncExternalStore } from "react";
import type { Failure, Result } from "@contract";
import { createPagedRows, type RowPage } from "./paged-rows.ts";
import { useReadAgain } from "./use-read-again.ts";

export interface PagedList<R, P extends RowPage<R>> {
  /** The newest page of all: it carries totals. */
  readonly head: P | undefined;
  readonly loaded: number;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
  rowAt(index: number): R | undefined;
  onVisibleRange(first: number, last: number): void;
  reload(): void;
}

/**
 * A paged list for a grid. Another `fetchPage` is another list (keep it with useCallback); until its first page is there,
 * the rows of the list before stay on screen.
 */
export function usePagedRows<R, P extends RowPage<R>>(
  pageSize: number,
  fetchPage: (cursor: string | undefined) => Promise<Result<P>>,
): PagedList<R, P> {
  const start = (before: readonly P[]) => ({ fetchPage, before, source: createPagedRows<R, P>(pageSize, fetchPage) });
  const [held, setHeld] = useState(() => start([]));
  const { source } = held;
  const state = useSyncExternalStore(source.subscribe, source.state);
  const pages = state.pages.length > 0 || !state.isLoading ? state.pages : held.before;
  if (held.fetchPage !== fetchPage) setHeld(start(pages));

  const rowAt = useCallback(
    (index: number) => pages[Math.floor(index / pageSize)]?.rows[index % pageSize],
    [pages, pageSize],
  );
  const onVisibleRange = useCallback((_first: number, last: number) => source.want(last), [source]);
  const reload = useCallback(() => source.reload(), [source]);
  useReadAgain(reload);
  return {
    head: pages[0],
    loaded: pages.reduce((sum, page) => sum + page.rows.length, 0),
    hasMore: pages.at(-1)?.nextCursor !== undefined,
    isLoading: state.isLoading,
    failure: state.failure,
    rowAt,
    onVisibleRange,
    reload,
  };
}
