import type { Migration } from "./migration.ts";

/**
 * A change may be the deletion of an account at its provider; every change of before is an update. What was deleted, or
 * found gone, stays listed with when and by whom (`deleted_json`) until the provider shows it again.
 */
export const accountDeletionsMigration: Migration = {
  number: 13,
  name: "account-deletions",
  sql: `
ALTER TABLE work_changes ADD COLUMN kind TEXT NOT NULL DEFAULT 'update' CHECK (kind IN ('update', 'delete'));
ALTER TABLE cache_accounts ADD COLUMN deleted_json TEXT CHECK (deleted_json IS NULL OR json_valid(deleted_json));
`,
};
