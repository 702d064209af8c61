import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BatchId } from "@contract";
import type { Log } from "../../core/log.ts";
import type { StagingFiles } from "./room.ts";
import { createStaging } from "./staging-client.ts";
import type { StagingWorkers } from "./staging-workers.ts";

const named = /^batch-(\d+)(?:-(\d+))?\.db/u;

/** The staging files of a workspace, in a folder of their own that is made with the first of them. */
export function createStagingFiles(root: string, workers: StagingWorkers, log: Log): StagingFiles {
  const path = (id: BatchId, stagingNo: number): string =>
    join(root, stagingNo === 0 ? `batch-${id}.db` : `batch-${id}-${stagingNo}.db`);
  return {
    path,
    open: (id, stagingNo) => {
      mkdirSync(root, { recursive: true, mode: 0o700 });
      return createStaging({ stagingFile: path(id, stagingNo), workers, log });
    },
    prepare: workers.prepare,
    dismiss: workers.dismiss,
    remove: async (id, stagingNo) => {
      const files = ["", "-wal", "-shm", "-journal", "-open"].map((end) => `${path(id, stagingNo)}${end}`);
      await Promise.all(files.map((file) => rm(file, { force: true }))).catch((error: unknown) =>
        log.warn("A staging file could not be removed.", { batch: id, error }),
      );
    },
    sweep: (stagingNoOf) => {
      if (!existsSync(root)) return;
      for (const name of readdirSync(root)) {
        const [, id, stagingNo = "0"] = named.exec(name) ?? [];
        const counts = id === undefined ? undefined : stagingNoOf(Number(id) as BatchId);
        if (counts !== undefined && counts !== Number(stagingNo)) rmSync(join(root, name), { force: true });
      }
    },
  };
}
