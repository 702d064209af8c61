import { join } from "node:path";
import type { Log } from "./core/log.ts";
import type { StagingFiles } from "./features/batches/room.ts";
import { createStagingFiles } from "./features/batches/staging-files.ts";
import { createStagingWorkers } from "./features/batches/staging-workers.ts";
import type { WorkspaceBase } from "./features/workspace/workspace-services.ts";

/** The staging files of a workspace: in `staging` beside the workspace file, under the same key. */
export function composeStagingFiles(
  { folder, file, fileKey }: Pick<WorkspaceBase, "folder" | "file" | "fileKey">,
  log: Log,
): StagingFiles & { readonly forgetKey: () => void } {
  const key = fileKey();
  const workerUrl = new URL("./batch-worker.js", import.meta.url);
  const workers = createStagingWorkers({ workspaceFile: file, key, workerUrl, log });
  const files = createStagingFiles(join(folder, "staging"), workers, log);
  return { ...files, forgetKey: () => void key.fill(0) };
}
