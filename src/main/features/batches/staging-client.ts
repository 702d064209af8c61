import type { Worker } from "node:worker_threads";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import type { GivenRow, StagedFile, Staging, StagingProgress } from "./staging.ts";
import type { StagingWorkers } from "./staging-workers.ts";
import type { Asked, Said, WorkerTask } from "./worker/messages.ts";

export interface StagingClientOptions {
  readonly stagingFile: string;
  readonly workers: Pick<StagingWorkers, "take">;
  readonly log: Log;
  /** Lets the staging file grow to at most so many pages, as on a full disk. */
  readonly limitPages?: number;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: StagingProgress | undefined;
  readonly signal: AbortSignal | undefined;
  readonly cancel: SharedArrayBuffer;
}

interface Running {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  readonly ended: Promise<void>;
}

const rowsAtOnce = 500;
const died = "The part of Vostro that works on the rows ended unexpectedly. Nothing was sent; try again.";

function failureOf({ failure }: Extract<Said, { kind: "failed" }>): VostroFailure {
  const { code, message, retryable } = failure;
  return new VostroFailure(code, message, retryable === undefined ? {} : { retryable });
}

const letGo = "The rows of this batch are no longer in use as they were. Look at it again.";

function cancelledBy(signal: AbortSignal | undefined): unknown {
  return signal?.aborted === true ? signal.reason : new VostroFailure("internal", died);
}

function end({ cancel }: Waiting): void {
  Atomics.store(new Int32Array(cancel), 0, 1);
}

function take(said: Said, waiting: Map<number, Waiting>, log: Log): void {
  const one = waiting.get(said.id);
  if (one === undefined) return;
  if (said.kind === "progress") return one.progress?.(said.progress);
  waiting.delete(said.id);
  if (said.kind === "done") one.resolve(said.value);
  else if (said.kind === "cancelled") one.reject(cancelledBy(one.signal));
  else {
    if (said.failure.stack !== undefined) log.error("Staging failed", { stack: said.failure.stack });
    one.reject(failureOf(said));
  }
}

function start({ workers, log, stagingFile, limitPages }: StagingClientOptions): Running {
  const worker = workers.take();
  const task: WorkerTask = { stagingFile, ...(limitPages === undefined ? {} : { limitPages }) };
  worker.postMessage({ id: 0, call: "begin", args: [task], cancel: undefined } satisfies Asked, []);
  const waiting = new Map<number, Waiting>();
  worker.on("message", (said: Said) => {
    take(said, waiting, log);
    if (waiting.size === 0) worker.unref();
  });
  const ended = new Promise<void>((resolve) => {
    worker.once("exit", () => {
      for (const one of waiting.values()) one.reject(cancelledBy(one.signal));
      waiting.clear();
      resolve();
    });
  });
  return { worker, waiting, ended };
}

/**
 * A batch's staging in a worker thread of its own, started with the first call and ended by `close`; a call after that
 * starts a new one. Failures storage-failed (also the disk is full), input-invalid, conflict, not-found; internal when
 * the worker dies, and what it was writing is then as before its last finished step. A call whose signal aborts rejects
 * with the signal's reason, one that `close` cuts off with conflict.
 */
export function createStaging(options: StagingClientOptions): Staging {
  let running: Running | undefined;
  let lastId = 0;

  const worker = (): Running => {
    if (running !== undefined) return running;
    const started = start(options);
    running = started;
    void started.ended.then(() => {
      if (running === started) running = undefined;
    });
    return started;
  };

  const ask = <Answer>(
    call: Asked["call"],
    args: readonly unknown[],
    progress?: StagingProgress,
    signal?: AbortSignal,
  ): Promise<Answer> =>
    new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted();
      const { worker: thread, waiting } = worker();
      const id = (lastId += 1);
      const cancel = new SharedArrayBuffer(4);
      const onAbort = (): void => end(one);
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          signal?.removeEventListener("abort", onAbort);
          settle(value);
        };
      const one: Waiting = { resolve: settled(resolve), reject: settled(reject), progress, signal, cancel };
      signal?.addEventListener("abort", onAbort, { once: true });
      waiting.set(id, one);
      thread.ref();
      thread.postMessage({ id, call, args, cancel } satisfies Asked, []);
    }) as Promise<Answer>;

  /** Many rows cross in parts, so that no single message holds this thread for long. */
  const readRows = async (
    rows: readonly GivenRow[],
    progress: StagingProgress,
    signal: AbortSignal,
  ): Promise<StagedFile> => {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await ask("hold", [rows.slice(from, from + rowsAtOnce), from === 0], undefined, signal);
    }
    return ask("read", [{ kind: "rows", rows: [] }, undefined], progress, signal);
  };

  return {
    read: (source, reading, progress, signal) =>
      source.kind === "rows"
        ? readRows(source.rows, progress, signal)
        : ask("read", [source, reading], progress, signal),
    plan: (how, progress, signal) => ask("plan", [how], progress, signal),
    fixCell: (row, column, text) => ask("fixCell", [row, column, text]),
    applyFix: (group, row, progress, signal) => ask("applyFix", [group, row], progress, signal),
    include: (rows, filter, included) => ask("include", [rows, filter, included]),
    handwork: () => ask("handwork", []),
    plannedUnless: (edition) => ask("plannedUnless", [edition]),
    rows: (filter, offset, limit) => ask("rows", [filter, offset, limit]),
    problems: () => ask("problems", []),
    chosen: (afterRow, limit) => ask("chosen", [afterRow, limit]),
    noteMade: (made) => ask("noteMade", [made]),
    exportTo: (path, what, progress, signal) => ask("exportTo", [path, what], progress, signal),
    async close() {
      const current = running;
      if (current === undefined) return;
      running = undefined;
      for (const one of current.waiting.values()) {
        end(one);
        one.reject(one.signal?.aborted === true ? one.signal.reason : new VostroFailure("conflict", letGo));
      }
      current.waiting.clear();
      current.worker.ref();
      current.worker.postMessage({ id: 0, call: "close", args: [], cancel: undefined } satisfies Asked, []);
      await current.ended;
    },
  };
}
