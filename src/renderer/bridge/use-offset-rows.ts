import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { Failure, Result } from "@contract";
import { createOffsetRows, type OffsetPage, type OffsetRows } from "./offset-rows.ts";

export interface OffsetList<R> {
  /** Undefined until the first page is there. */
  readonly matching: number | undefined;
  readonly failure: Failure | undefined;
  rowAt(index: number): R | undefined;
  onVisibleRange(first: number, last: number): void;
  reload(): void;
}

const keepPages = 40;

/**
 * A list read by position, for a grid. Another `fetchPage` is another list (keep it with useCallback); until its first
 * page is there, the rows of the list before stay on screen.
 */
export function useOffsetRows<R>(
  pageSize: number,
  fetchPage: (offset: number, limit: number) => Promise<Result<OffsetPage<R>>>,
): OffsetList<R> {
  const start = (before: OffsetRows<R> | undefined) => ({
    fetchPage,
    before,
    source: createOffsetRows<R>(pageSize, keepPages, fetchPage),
  });
  const [held, setHeld] = useState(() => start(undefined));
  const { source } = held;
  const state = useSyncExternalStore(source.subscribe, source.state);
  const shown = state.matching === undefined && held.before !== undefined ? held.before : source;
  if (held.fetchPage !== fetchPage) setHeld(start(shown));
  useEffect(() => {
    if (state.matching !== undefined)
      setHeld((now) => (now.before === undefined ? now : { ...now, before: undefined }));
  }, [state.matching]);

  const { version } = shown.state();
  // oxlint-disable-next-line react/exhaustive-deps -- another version is another set of rows
  const rowAt = useCallback((index: number) => shown.rowAt(index), [shown, version]);
  const onVisibleRange = useCallback((first: number, last: number) => source.want(first, last), [source]);
  const reload = useCallback(() => source.reload(), [source]);
  return { matching: shown.state().matching, failure: state.failure, rowAt, onVisibleRange, reload };
}
