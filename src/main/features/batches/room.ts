import type { BatchId, Reading, Settings } from "@contract";
import type { Publish } from "../../core/call-context.ts";
import type { Clock } from "../../core/clock.ts";
import type { FileDialogs } from "../../core/file-dialogs.ts";
import type { Log } from "../../core/log.ts";
import type { Store } from "../../database/sql.ts";
import type { AccountAccess, AccountsMark } from "../accounts/account-access.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ChangeAccess } from "../changes/change-access.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";
import type { ProgressTeller } from "./progress.ts";
import type { Runs } from "./runs.ts";
import type { StagingPool } from "./staging-pool.ts";
import type { FirstLook, Staging } from "./staging.ts";

/** The files batches are staged in. A batch that is read again has a second one meanwhile; each has a number. */
export interface StagingFiles {
  readonly open: (id: BatchId, stagingNo: number) => Staging;
  /** Makes ready for the next batch, so that its first rows need not wait; undone when none comes for some minutes. */
  readonly prepare: () => void;
  /** Lets go what `prepare` made ready. */
  readonly dismiss: () => Promise<void>;
  readonly path: (id: BatchId, stagingNo: number) => string;
  /** Does nothing when there is none; a file that cannot be removed is told in the log. Never rejects. */
  readonly remove: (id: BatchId, stagingNo: number) => Promise<void>;
  /** Removes every other file of the batches that count one, as a crash in mid-reading leaves them. */
  readonly sweep: (stagingNoOf: (id: BatchId) => number | undefined) => void;
}

export interface BatchDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly accounts: Pick<AccountAccess, "stored" | "mark" | "movedSince">;
  readonly connections: ConnectionAccess;
  readonly changes: ChangeAccess;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly policy: () => Settings["secondPerson"];
  readonly dialogs: FileDialogs;
  readonly files: StagingFiles;
}

/** What the parts of the batches service share while a workspace is open. */
export interface BatchRoom extends BatchDependencies {
  readonly pool: StagingPool;
  readonly runs: Runs;
  readonly progress: ProgressTeller;
  /** Tells the windows that batches changed. */
  readonly announce: () => void;
  /** How many edits of a batch's plan are under way: nothing is confirmed meanwhile. */
  readonly edits: Map<BatchId, number>;
  /** Batches at Compare whose figures were found to be those of their staged plan, since when no edit went wrong. */
  readonly surePlans: Set<BatchId>;
  /** How many rows of a batch can be sent again, as counted when changes stood as the stamp says. */
  readonly toSendAgain: Map<BatchId, { readonly stamp: string; readonly rows: number }>;
  /** How far it was looked whether accounts moved since a plan was made, and whether one did. */
  readonly looks: Map<
    BatchId,
    { readonly planned: number | undefined; readonly mark: AccountsMark; readonly moved: boolean }
  >;
  /** Text pasted for a batch, for reading it again in another way while the app runs. */
  readonly pasted: Map<BatchId, string>;
  /** How files that could not be read were taken to be written. */
  readonly tried: Map<BatchId, Reading>;
  /** What the files look like that are being read. */
  readonly firstLooks: Map<BatchId, FirstLook>;
}
