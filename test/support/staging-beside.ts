import { dirname, join } from "node:path";
import { silentLog } from "../../src/main/core/log.ts";
import type { StagingFiles } from "../../src/main/features/batches/room.ts";
import { createStagingFiles } from "../../src/main/features/batches/staging-files.ts";
import { createStagingWorkers } from "../../src/main/features/batches/staging-workers.ts";
import type { scratchFile } from "./scratch-store.ts";

const workerUrl = new URL("../../out/main/batch-worker.js", import.meta.url);

/** Staging files beside a workspace file, as the app has them: each written by a worker thread. They go with its folder. */
export function stagingBeside({ path: file, key }: Pick<ReturnType<typeof scratchFile>, "path" | "key">): StagingFiles {
  const workers = createStagingWorkers({ workspaceFile: file, key, workerUrl, log: silentLog });
  return createStagingFiles(join(dirname(file), "staging"), workers, silentLog);
}
