import type { Migration } from "./migration.ts";

/**
 * A file that is not the newest one known here: what it would still send may have been sent from the newer one.
 * `compare_first` marks every change that must be compared with the provider before anything of it may leave;
 * `work_restorations` says when and why. Batches up to `last_batch_id` were in the file then: what is still made of them
 * is compared first too.
 */
export const restoredFileMigration: Migration = {
  number: 11,
  name: "restored-file",
  sql: `
ALTER TABLE work_changes ADD COLUMN compare_first INTEGER NOT NULL DEFAULT 0 CHECK (compare_first IN (0, 1));
CREATE INDEX work_changes_compare_first ON work_changes (id) WHERE compare_first = 1;
CREATE TABLE work_restorations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  noticed_at_ms INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('older', 'other', 'moved')),
  newest_at_ms INTEGER,
  held INTEGER NOT NULL,
  last_batch_id INTEGER NOT NULL
) STRICT;
`,
};
