import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BatchId } from "@contract";
import type { Log } from "./core/log.ts";
import type { StagingFiles } from "./features/batches/room.ts";
import { createStaging } from "./features/batches/staging-client.ts";
import { createStagingWorkers } from "./features/batches/staging-workers.ts";
import type { WorkspaceBase } from "./features/workspace/workspace-services.ts";

/** The staging files of a workspace: one a batch in `staging` beside the workspace file, under the same key. */
export function createStagingFiles(
  { folder, file, fileKey }: Pick<WorkspaceBase, "folder" | "file" | "fileKey">,
  log: Log,
): StagingFiles & { readonly forgetKey: () => void } {
  const key = fileKey();
  const root = join(folder, "staging");
  const workerUrl = new URL("./batch-worker.js", import.meta.url);
  const workers = createStagingWorkers({ workspaceFile: file, key, workerUrl, log });
  const path = (id: BatchId): string => join(root, `batch-${id}.db`);
  return {
    path,
    open: (id) => {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      return createStaging({ stagingFile: path(id), workers, log });
    },
    prepare: workers.prepare,
    dismiss: workers.dismiss,
    remove: (id) => {
      for (const end of ["", "-wal", "-shm", "-journal", "-open"]) rmSync(`${path(id)}${end}`, { force: true });
    },
    forgetKey: () => void key.fill(0),
  };
}
