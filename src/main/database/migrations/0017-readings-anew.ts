import type { Migration } from "./migration.ts";

/**
 * A file that is read again in another way is staged beside what was read before, and `staging_no` says which of the
 * batch's staging files counts: the commit that raises it is the exchange. `read_from` is the state such a reading began
 * in and goes back to when it comes to nothing; `read_message` says why the last one did.
 */
export const readingsAnewMigration: Migration = {
  number: 17,
  name: "readings-anew",
  sql: `
ALTER TABLE work_batches ADD COLUMN staging_no INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work_batches ADD COLUMN read_from TEXT CHECK (read_from IN ('columns', 'compare', 'failed'));
ALTER TABLE work_batches ADD COLUMN read_message TEXT;
`,
};
