import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BatchId } from "@contract";
import { silentLog } from "../../src/main/core/log.ts";
import type { StagingFiles } from "../../src/main/features/batches/room.ts";
import { createStaging } from "../../src/main/features/batches/staging-client.ts";
import { createStagingWorkers } from "../../src/main/features/batches/staging-workers.ts";
import type { scratchFile } from "./scratch-store.ts";

const workerUrl = new URL("../../out/main/batch-worker.js", import.meta.url);

/** Staging files beside a workspace file, as the app has them: each written by a worker thread. They go with its folder. */
export function stagingBeside({ path: file, key }: Pick<ReturnType<typeof scratchFile>, "path" | "key">): StagingFiles {
  const root = join(dirname(file), "staging");
  mkdirSync(root, { recursive: true });
  const path = (id: BatchId): string => join(root, `batch-${id}.db`);
  const workers = createStagingWorkers({ workspaceFile: file, key, workerUrl, log: silentLog });
  return {
    path,
    open: (id) => createStaging({ stagingFile: path(id), workers, log: silentLog }),
    prepare: workers.prepare,
    dismiss: workers.dismiss,
    remove: (id) => {
      for (const end of ["", "-journal", "-open"]) rmSync(`${path(id)}${end}`, { force: true });
    },
  };
}
