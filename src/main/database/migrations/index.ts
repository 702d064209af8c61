import { workspaceMigration } from "./0001-workspace.ts";
import { connectionsMigration } from "./0002-connections.ts";
import { accountsMigration } from "./0003-accounts.ts";
import { changesMigration } from "./0004-changes.ts";
import { batchesMigration } from "./0005-batches.ts";
import { batchStepsMigration } from "./0006-batch-steps.ts";
import { auditHeadMigration } from "./0007-audit-head.ts";
import { aggregatorsMigration } from "./0008-aggregators.ts";
import { repairQueueMigration } from "./0009-repair-queue.ts";
import { refreshesMigration } from "./0010-refreshes.ts";
import { restoredFileMigration } from "./0011-restored-file.ts";
import { providerAddressesMigration } from "./0012-provider-addresses.ts";
import { accountDeletionsMigration } from "./0013-account-deletions.ts";
import { accountsNotReturnedMigration } from "./0014-accounts-not-returned.ts";
import { setAsideChangesMigration } from "./0015-set-aside-changes.ts";
import { planEditionsMigration } from "./0016-plan-editions.ts";
import { readingsAnewMigration } from "./0017-readings-anew.ts";
import { batchMarksMigration } from "./0018-batch-marks.ts";
import { columnDraftsMigration } from "./0019-column-drafts.ts";
import type { Migration } from "./migration.ts";

/** Every step of the file's layout, in order. A landed step never changes. */
export const migrations: readonly Migration[] = [
  workspaceMigration,
  connectionsMigration,
  accountsMigration,
  changesMigration,
  batchesMigration,
  batchStepsMigration,
  auditHeadMigration,
  aggregatorsMigration,
  repairQueueMigration,
  refreshesMigration,
  restoredFileMigration,
  providerAddressesMigration,
  accountDeletionsMigration,
  accountsNotReturnedMigration,
  setAsideChangesMigration,
  planEditionsMigration,
  readingsAnewMigration,
  batchMarksMigration,
  columnDraftsMigration,
];
