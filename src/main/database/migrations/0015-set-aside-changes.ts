import type { Migration } from "./migration.ts";

/**
 * `set_aside` marks a change a person withdrew by itself: its row is not among what a batch sends again. A change that
 * was taken back because its whole batch was stopped, or because its row went into another batch, is not marked.
 */
export const setAsideChangesMigration: Migration = {
  number: 15,
  name: "set-aside-changes",
  sql: `
ALTER TABLE work_changes ADD COLUMN set_aside INTEGER NOT NULL DEFAULT 0 CHECK (set_aside IN (0, 1));
CREATE INDEX work_changes_set_aside ON work_changes (batch_id) WHERE set_aside = 1;
`,
};
