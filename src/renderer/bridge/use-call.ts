import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { CallName, EventName, Failure, InputOf, OutputOf, PayloadOf, Result } from "@contract";
import { queryKey } from "./query-keys.ts";
import { call, onBridgeEvent } from "./vostro.ts";

class CallFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface CallOptions {
  /** False keeps the call from being made. */
  readonly enabled?: boolean | undefined;
  /** The answer before stays while the next one is read. */
  readonly keepPrevious?: boolean | undefined;
  /** Read again this often while on screen. */
  readonly everyMs?: number | undefined;
}

export interface CallState<T> {
  readonly data: T | undefined;
  readonly failure: Failure | undefined;
  /** No answer yet. */
  readonly isLoading: boolean;
  readonly isFetching: boolean;
  readonly readAgain: () => void;
}

/** Reads from main and keeps the answer until main says that it is old. */
export function useCall<N extends CallName>(
  name: N,
  input: InputOf<N>,
  options: CallOptions = {},
): CallState<OutputOf<N>> {
  const query = useQuery<OutputOf<N>, CallFailed>({
    queryKey: queryKey(name, input),
    queryFn: async () => {
      const result = await call(name, input);
      if (!result.ok) throw new CallFailed(result.failure);
      return result.value;
    },
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keepPrevious === true ? { placeholderData: (before: OutputOf<N> | undefined) => before as never } : {}),
  });
  return {
    data: query.data,
    failure: query.error?.failure,
    isLoading: query.isPending && query.fetchStatus !== "idle",
    isFetching: query.isFetching,
    readAgain: () => void query.refetch(),
  };
}

export interface CommandState<N extends CallName> {
  readonly run: (input: InputOf<N>) => Promise<Result<OutputOf<N>>>;
  readonly isRunning: boolean;
  /** Why the last run failed; gone when the next one starts. */
  readonly failure: Failure | undefined;
  readonly clear: () => void;
}

/** Makes a call that writes. Never retried by itself. */
export function useCommand<N extends CallName>(name: N): CommandState<N> {
  const mutation = useMutation<Result<OutputOf<N>>, Error, InputOf<N>>({ mutationFn: (input) => call(name, input) });
  const last = mutation.data;
  return {
    run: mutation.mutateAsync,
    isRunning: mutation.isPending,
    failure: last === undefined || last.ok ? undefined : last.failure,
    clear: mutation.reset,
  };
}

/** Listens to an event of main while the component is on screen. */
export function useBridgeEvent<N extends EventName>(name: N, listener: (payload: PayloadOf<N>) => void): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => onBridgeEvent(name, (payload) => newest.current(payload)), [name]);
}
