import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import type { Failure, Result } from "@contract";
import { createPagedRows, type RowPage } from "./paged-rows.ts";

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

/** A paged list for a grid. While a new `key` loads its first page, the rows of the one before stay on screen. */
export function usePagedRows<R, P extends RowPage<R>>(
  key: string,
  pageSize: number,
  fetchPage: (cursor: string | undefined) => Promise<Result<P>>,
): PagedList<R, P> {
  const fetcher = useRef(fetchPage);
  fetcher.current = fetchPage;
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const source = useMemo(() => {
    const fetchNow = fetcher.current;
    return createPagedRows<R, P>(pageSize, fetchNow);
  }, [key, pageSize]);
  const state = useSyncExternalStore(source.subscribe, source.state);
  const shown = useRef(state.pages);
  if (state.pages.length > 0 || !state.isLoading) shown.current = state.pages;

  const pages = shown.current;
  const rowAt = useCallback(
    (index: number) => pages[Math.floor(index / pageSize)]?.rows[index % pageSize],
    [pages, pageSize],
  );
  const onVisibleRange = useCallback((_first: number, last: number) => source.want(last), [source]);
  const reload = useCallback(() => source.reload(), [source]);
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
