import type { Migration } from "./migration.ts";

/**
 * Since when the reads of everything its customer has have not returned an account; null while they do. Wall
 * milliseconds of the first such read.
 */
export const accountsNotReturnedMigration: Migration = {
  number: 14,
  name: "accounts-not-returned",
  sql: `
ALTER TABLE cache_accounts ADD COLUMN missing_since_ms INTEGER;
`,
};
