import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { Failure, Result } from "@contract";
import { createOffsetRows, type HeldRows, type OffsetPage, type OffsetRows } from "./offset-rows.ts";
import { useReadAgain } from "./use-read-again.ts";

export interface OffsetList<R, P = unknown> {
  /** Undefined until the first page is there. */
  readonly matching: number | undefined;
  /** The page read last. */
  readonly newest: P | undefined;
  readonly failure: Failure | undefined;
  rowAt(index: number): R | undefined;
  /** What is kept of the list, in its order; another one with each change of it. */
  readonly held: () => readonly HeldRows<R>[];
  /** All rows from `first` to `last`, also those that are not kept. */
  readonly between: (first: number, last: number) => Promise<Result<readonly R[]>>;
  onVisibleRange(first: number, last: number): void;
  reload(): void;
}

const keepPages = 40;

/**
 * A list read by position, for a grid. Another `fetchPage` is another list (keep it with useCallback); until its first
 * page is there, the rows of the list before stay on screen.
 */
export function useOffsetRows<R, P extends OffsetPage<R> = OffsetPage<R>>(
  pageSize: number,
  fetchPage: (offset: number, limit: number, turn: number) => Promise<Result<P>>,
): OffsetList<R, P> {
  const start = (before: OffsetRows<R, P> | undefined) => ({
    fetchPage,
    before,
    source: createOffsetRows<R, P>(pageSize, keepPages, fetchPage),
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
  // oxlint-disable-next-line react/exhaustive-deps -- another version is another set of rows
  const rowsHeld = useCallback(() => shown.held(), [shown, version]);
  const between = useCallback((first: number, last: number) => source.between(first, last), [source]);
  const onVisibleRange = useCallback((first: number, last: number) => source.want(first, last), [source]);
  const reload = useCallback(() => source.reload(), [source]);
  useReadAgain(reload);
  const { matching, newest } = shown.state();
  return { matching, newest, failure: state.failure, rowAt, held: rowsHeld, between, onVisibleRange, reload };
}
