import { parentPort, Worker, workerData } from "node:worker_threads";
import { needsPreparing, prepareWorkspaceFile, type OpenOptions, type Prepared } from "./open.ts";
import { StorageFailure, storageFailure, storageFailureOf, type StorageFailureKind } from "./storage-failure.ts";

/** Does the long part of opening a file, if there is one, where it holds nobody up. Failures as `openWorkspaceFile`. */
export type PrepareFile = (options: PreparedOptions) => Promise<Prepared>;

type PreparedOptions = Pick<OpenOptions, "file" | "key" | "keyProven" | "nowMs">;

type Said =
  | { readonly prepared: Prepared }
  | { readonly failure: { readonly kind: StorageFailureKind; readonly message: string } };

function answerOf(worker: Worker): Promise<Prepared> {
  return new Promise((resolve, reject) => {
    worker.once("message", (said: Said) => {
      if ("prepared" in said) resolve(said.prepared);
      else reject(new StorageFailure(said.failure.kind, said.failure.message));
    });
    worker.once("error", (error) => reject(storageFailureOf(error) ?? storageFailure("other", error)));
    worker.once("exit", () => reject(storageFailure("other")));
  });
}

/** Prepares files in a worker thread of its own, whose bundle is `workerUrl`. Failures as `openWorkspaceFile`. */
export function prepareInWorker(workerUrl: URL): PrepareFile {
  return async (options) => {
    if (!needsPreparing({ ...options, create: false })) return { afterUncleanExit: false, backupFile: undefined };
    const worker = new Worker(workerUrl, { workerData: options, name: "prepare" });
    try {
      return await answerOf(worker);
    } finally {
      await worker.terminate();
    }
  };
}

function prepared(): Said {
  const given = workerData as PreparedOptions;
  const key = Buffer.from(given.key);
  try {
    return { prepared: prepareWorkspaceFile({ ...given, key, create: false }) };
  } catch (error) {
    const { kind, message } = storageFailureOf(error) ?? storageFailure("other", error);
    return { failure: { kind, message } };
  } finally {
    key.fill(0);
  }
}

/** The worker's only work: one file, then an answer. */
export function servePreparing(): void {
  parentPort?.postMessage(prepared(), []);
}
