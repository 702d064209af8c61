import type { Migration } from "../../../database/migrations/migration.ts";

const tables: Migration = {
  number: 1,
  name: "staging",
  sql: `
CREATE TABLE staging_facts (
  name TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staging_rows (
  row INTEGER PRIMARY KEY,
  cells TEXT NOT NULL,
  original TEXT,
  given TEXT
) STRICT;

CREATE TABLE staging_faults (
  row INTEGER PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE staging_blocks (
  block INTEGER PRIMARY KEY,
  first_row INTEGER NOT NULL,
  last_row INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  facts BLOB,
  search TEXT
) STRICT;

CREATE TABLE staging_plan (
  row INTEGER PRIMARY KEY,
  plan TEXT NOT NULL
) STRICT;

CREATE TABLE staging_problem_rows (
  group_no INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (group_no, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE staging_made (
  row INTEGER PRIMARY KEY,
  change_id INTEGER,
  bucket TEXT,
  message TEXT
) STRICT;
`,
};

/** The layout of a staging file: `staging_rows` as read, in blocks; `staging_plan` as it was seen. */
export const stagingMigrations: readonly Migration[] = [tables];
