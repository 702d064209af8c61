import type { Migration } from "./migration.ts";

/**
 * `compared_at_ms` is when a batch's plan was last made as a whole, `compared_with` how far reads and written values of
 * accounts had come then. `withdrawn_by_name` is who gave a batch up; unknown of those given up before this step.
 */
export const batchMarksMigration: Migration = {
  number: 18,
  name: "batch-marks",
  sql: `
ALTER TABLE work_batches ADD COLUMN compared_at_ms INTEGER;
ALTER TABLE work_batches ADD COLUMN compared_with TEXT;
ALTER TABLE work_batches ADD COLUMN withdrawn_by_name TEXT;
`,
};
