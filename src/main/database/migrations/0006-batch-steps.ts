import type { Migration } from "./migration.ts";

/** The step between file and sending at which a person left a batch, so that they come back to it. */
export const batchStepsMigration: Migration = {
  number: 6,
  name: "batch-steps",
  sql: `
ALTER TABLE work_batches ADD COLUMN step TEXT CHECK (step IN ('file', 'columns', 'check', 'compare', 'confirm'));
`,
};
