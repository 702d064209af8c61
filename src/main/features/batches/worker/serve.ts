import { parentPort, workerData } from "node:worker_threads";
import { VostroFailure } from "../../../core/failures.ts";
import { storageFailureOf } from "../../../database/storage-failure.ts";
import type { AccountRules } from "./account-cache.ts";
import type { GivenRow, StagingSource } from "../staging.ts";
import {
  watchedCalls,
  type Asked,
  type Said,
  type SaidFailure,
  type WorkerData,
  type WorkerTask,
} from "./messages.ts";
import { rehearse } from "./read-file.ts";
import { Cancelled, type Run } from "./run.ts";
import { createStagingSession, type StagingSession } from "./session.ts";

const broken = "Something in Vostro went wrong while working on the rows. Nothing was sent.";

function failureOf(error: unknown): SaidFailure {
  const known = error instanceof VostroFailure ? error : storageFailureOf(error);
  const stack = known === undefined && error instanceof Error ? error.stack : undefined;
  if (known === undefined) return { code: "internal", message: broken, retryable: undefined, stack };
  return { code: known.code, message: known.message, retryable: known.details.retryable, stack };
}

function runFor({ id, cancel }: Asked, say: (said: Said) => void): Run {
  const flag = cancel === undefined ? undefined : new Int32Array(cancel);
  return {
    progress: (progress) => say({ id, kind: "progress", progress }),
    goOn: () => {
      if (flag !== undefined && Atomics.load(flag, 0) === 1) throw new Cancelled();
    },
  };
}

type AnyCall = (...args: unknown[]) => Promise<unknown>;

/** Rows that came in parts, as the source of the reading they were held for. */
function withHeld(args: readonly unknown[], held: GivenRow[]): readonly unknown[] {
  const source = args[0] as StagingSource;
  return source.kind === "rows" ? [{ kind: "rows", rows: held.splice(0) }, ...args.slice(1)] : args;
}

async function answer(
  session: StagingSession | undefined,
  asked: Asked,
  held: GivenRow[],
  say: (said: Said) => void,
): Promise<void> {
  const { id, call, args } = asked;
  try {
    if (session === undefined || call === "begin") throw new Error("The worker is for one batch, and begins once.");
    const run = runFor(asked, say);
    run.goOn();
    if (call === "hold") {
      const [rows, isFirst] = args as [GivenRow[], boolean];
      if (isFirst) held.length = 0;
      for (const row of rows) held.push(row);
      return say({ id, kind: "done", value: undefined });
    }
    const given = call === "read" ? withHeld(args, held) : args;
    const isWatched = watchedCalls.some((name) => name === call);
    const value = await (session[call] as AnyCall)(...given, ...(isWatched ? [run] : []));
    say({ id, kind: "done", value });
  } catch (error) {
    say(error instanceof Cancelled ? { id, kind: "cancelled" } : { id, kind: "failed", failure: failureOf(error) });
  }
}

/**
 * The worker's main loop: makes itself ready, learns which batch it is for, and answers one call after another until it
 * is asked to close.
 */
export function serveStaging(rules: AccountRules): void {
  const port = parentPort;
  if (port === null) throw new Error("This runs in a worker thread.");
  const { key, ...files } = workerData as WorkerData;
  let session: StagingSession | undefined;
  const say = (said: Said): void => port.postMessage(said);
  const held: GivenRow[] = [];
  let turn: Promise<void> = Promise.resolve();
  port.on("message", (asked: Asked) => {
    turn = turn.then(async () => {
      if (asked.call === "begin" && session === undefined) {
        session = createStagingSession({ ...files, ...(asked.args[0] as WorkerTask), key: Buffer.from(key), rules });
        return;
      }
      await answer(session, asked, held, say);
      if (asked.call === "close") port.close();
    });
  });
  setImmediate(() => {
    if (session === undefined) rehearse();
  });
}
