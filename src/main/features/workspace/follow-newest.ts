import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { Restored } from "../../core/restored.ts";
import type { WorkspaceFile } from "../../database/open.ts";
import type { AuditService } from "../audit/service.ts";
import { fileIdOf, newestMarkFile, standing } from "./newest-mark.ts";

export interface NewestFollower {
  readonly restored: Restored | undefined;
  /** From now on the mark follows the file. To be called once everything that must be held is held, durably. */
  readonly follow: () => void;
  /** The last mark, durable; to be called when the file is closed. */
  readonly end: (close: () => void) => void;
}

const restMs = 50;

/**
 * Compares the file with the mark, and lets the mark follow the file: durably when it is opened and closed, in between
 * at most every 50 ms after a commit and never before it. So the mark is never ahead of the file, however the app ends,
 * and a file that is behind the mark is an older one. A mark that cannot be written stays as it is.
 */
export function followNewest(given: {
  readonly file: string;
  readonly mark: string;
  readonly key: Buffer;
  readonly id: string;
  readonly database: Pick<WorkspaceFile, "onCommit">;
  readonly audit: Pick<AuditService, "head" | "hashAt">;
  readonly clock: Clock;
  readonly log: Log;
}): NewestFollower {
  const { audit, clock, log } = given;
  const marks = newestMarkFile(given.mark, given.key, given.id);
  const known = marks.read();
  let fileId = fileIdOf(given.file);
  const why = standing(known, { fileId, entries: audit.head().entries, hashAt: audit.hashAt });
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let told = false;

  const write = (durably: boolean, head = audit.head()): void => {
    try {
      if (durably) fileId = fileIdOf(given.file);
      marks.write({ ...head, atMs: clock.nowMs(), fileId }, durably);
      told = false;
    } catch (error) {
      if (!told) log.error("What this computer last knew of the workspace could not be written down.", { error });
      told = true;
    }
  };
  return {
    restored: why === undefined ? undefined : { why, newestAtMs: known?.atMs },
    follow: () => {
      write(true);
      given.database.onCommit(() => {
        if (ended) return;
        timer ??= setTimeout(() => {
          timer = undefined;
          write(false);
        }, restMs);
      });
    },
    end: (close) => {
      ended = true;
      clearTimeout(timer);
      const head = audit.head();
      close();
      write(true, head);
    },
  };
}
