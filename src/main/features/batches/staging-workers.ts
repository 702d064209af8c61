import { Worker } from "node:worker_threads";
import type { Log } from "../../core/log.ts";
import type { WorkerData } from "./worker/messages.ts";

/** Worker threads for stagings. One may be made ready before anybody knows for which batch, so that none waits for it. */
export interface StagingWorkers {
  /** The one that is ready, or a new one. It holds nobody back from ending until somebody refs it. */
  readonly take: () => Worker;
  /** Makes one ready unless one is; when nobody takes it for a while it ends. */
  readonly prepare: () => void;
  /** Ends the one that is ready. */
  readonly dismiss: () => Promise<void>;
}

export interface StagingWorkersOptions {
  readonly workspaceFile: string;
  /** 32 bytes; copied into each worker. */
  readonly key: Buffer;
  /** The worker's bundle. */
  readonly workerUrl: URL;
  readonly log: Log;
  /** How long one stays ready. */
  readonly readyMs?: number;
}

const mostHeapMegabytes = 420;
const usualReadyMs = 5 * 60_000;

export function createStagingWorkers({
  workspaceFile,
  key,
  workerUrl,
  log,
  readyMs = usualReadyMs,
}: StagingWorkersOptions): StagingWorkers {
  let ready: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

  const start = (): Worker => {
    const workerData: WorkerData = { workspaceFile, key };
    const worker = new Worker(workerUrl, {
      workerData,
      name: "staging",
      resourceLimits: { maxOldGenerationSizeMb: mostHeapMegabytes },
    });
    worker.unref();
    worker.on("error", (error) => log.error("The staging worker failed", { error: error.message }));
    worker.once("exit", () => void forget(worker));
    return worker;
  };
  /** Whether this one was the one that is ready. */
  const forget = (worker: Worker): boolean => {
    if (ready?.worker !== worker) return false;
    clearTimeout(ready.timer);
    ready = undefined;
    return true;
  };
  const dismiss = async (): Promise<void> => {
    const worker = ready?.worker;
    if (worker !== undefined && forget(worker)) await worker.terminate();
  };
  const tooLong = (): void => {
    dismiss().catch((error: unknown) => log.warn("A staging worker did not end cleanly.", { error }));
  };
  return {
    take: () => {
      const worker = ready?.worker;
      return worker !== undefined && forget(worker) ? worker : start();
    },
    prepare: () => {
      if (ready === undefined) ready = { worker: start(), timer: setTimeout(tooLong, readyMs).unref() };
      else ready.timer.refresh();
    },
    dismiss,
  };
}
