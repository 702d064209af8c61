import type { Migration } from "./migration.ts";

/**
 * `plan_edition` is the edition of the staged plan that a batch's counts and totals speak of. The staging file holds
 * its own: where they differ an edit was staged whose figures did not come to be noted here.
 */
export const planEditionsMigration: Migration = {
  number: 16,
  name: "plan-editions",
  sql: `
ALTER TABLE work_batches ADD COLUMN plan_edition INTEGER NOT NULL DEFAULT 0;
`,
};
