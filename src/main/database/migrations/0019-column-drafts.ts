import type { Migration } from "./migration.ts";

/** Columns a person chose for a file and did not have checked yet, as JSON of the contract's `columnDraft`. */
export const columnDraftsMigration: Migration = {
  number: 19,
  name: "column-drafts",
  sql: `
ALTER TABLE work_batches ADD COLUMN column_draft_json TEXT;
`,
};
