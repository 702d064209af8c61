import type { Migration } from "./migration.ts";

/**
 * Batches: `work_`, so precious. A row of a batch becomes at most one change, in the same transaction as the mark how
 * far the making has come (`made_to_row`); a row that could not be made stands in `work_batch_unmade`. What was staged
 * for a batch (cells, plan) is in a file of its own.
 *
 * `work_change_counts` says how many changes each batch has in each state (batch 0: changes made one by one); triggers
 * keep it, so that nobody scans a million rows to tell where a batch stands. `work_change_gates` says which batches may
 * send now.
 */
export const batchesMigration: Migration = {
  number: 5,
  name: "batches",
  sql: `
ALTER TABLE work_changes ADD COLUMN batch_row INTEGER;
ALTER TABLE work_changes ADD COLUMN reverses_id INTEGER;
CREATE UNIQUE INDEX work_changes_batch_row ON work_changes (batch_id, batch_row) WHERE batch_id IS NOT NULL;
CREATE INDEX work_changes_batch_state ON work_changes (batch_id, state, batch_row) WHERE batch_id IS NOT NULL;
DROP INDEX work_changes_queue;
CREATE INDEX work_changes_queue ON work_changes (connection_id, batch_id, queue_seq) WHERE state = 'approved';
CREATE INDEX work_changes_resting ON work_changes (connection_id, not_before_ms)
  WHERE state = 'approved' AND held = 0 AND not_before_ms IS NOT NULL;

CREATE TABLE work_change_counts (
  batch_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  held INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (batch_id, state, held)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_change_counts_ready ON work_change_counts (batch_id) WHERE state = 'approved' AND held = 0 AND n > 0;
INSERT INTO work_change_counts (batch_id, state, held, n)
  SELECT coalesce(batch_id, 0), state, held, count(*) FROM work_changes GROUP BY 1, 2, 3;
CREATE TRIGGER work_changes_counted AFTER INSERT ON work_changes BEGIN
  INSERT INTO work_change_counts (batch_id, state, held, n) VALUES (coalesce(NEW.batch_id, 0), NEW.state, NEW.held, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER work_changes_uncounted AFTER DELETE ON work_changes BEGIN
  UPDATE work_change_counts SET n = n - 1
    WHERE batch_id = coalesce(OLD.batch_id, 0) AND state = OLD.state AND held = OLD.held;
END;
CREATE TRIGGER work_changes_recounted AFTER UPDATE OF state, held, batch_id ON work_changes
WHEN OLD.state <> NEW.state OR OLD.held <> NEW.held OR OLD.batch_id IS NOT NEW.batch_id BEGIN
  UPDATE work_change_counts SET n = n - 1
    WHERE batch_id = coalesce(OLD.batch_id, 0) AND state = OLD.state AND held = OLD.held;
  INSERT INTO work_change_counts (batch_id, state, held, n) VALUES (coalesce(NEW.batch_id, 0), NEW.state, NEW.held, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TABLE work_change_gates (
  batch_id INTEGER PRIMARY KEY,
  open INTEGER NOT NULL CHECK (open IN (0, 1))
) STRICT;

CREATE TABLE work_batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading','columns','checking','compare','making','waiting','sending','paused',
    'stopped','finished','failed','withdrawn')),
  revision INTEGER NOT NULL DEFAULT 1,
  source TEXT NOT NULL CHECK (source IN ('file','paste','selection','retry','undo')),
  source_path TEXT,
  file_name TEXT,
  sha256 TEXT,
  bytes INTEGER,
  rows INTEGER NOT NULL DEFAULT 0,
  message TEXT,
  connection_id INTEGER,
  key_kind TEXT,
  map_name TEXT,
  staged_json TEXT,
  columns_json TEXT,
  counts_json TEXT NOT NULL DEFAULT '{}',
  totals_json TEXT,
  largest_increase_tenths INTEGER,
  reason_category TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  authorisation_ref TEXT NOT NULL DEFAULT '',
  stop_after_refusals INTEGER,
  second_person INTEGER NOT NULL DEFAULT 0 CHECK (second_person IN (0, 1)),
  parent_id INTEGER REFERENCES work_batches (id),
  parent_what TEXT CHECK (parent_what IN ('retry', 'undo')),
  chosen INTEGER NOT NULL DEFAULT 0,
  made INTEGER NOT NULL DEFAULT 0,
  unmade INTEGER NOT NULL DEFAULT 0,
  made_to_row INTEGER NOT NULL DEFAULT 0,
  noted_to_row INTEGER NOT NULL DEFAULT 0,
  made_all INTEGER NOT NULL DEFAULT 0 CHECK (made_all IN (0, 1)),
  made_by_id INTEGER NOT NULL,
  made_by_name TEXT NOT NULL,
  confirmed_by_id INTEGER,
  confirmed_by_name TEXT,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  finished_at_ms INTEGER
) STRICT;
CREATE INDEX work_batches_state ON work_batches (state, id);
CREATE INDEX work_batches_sha256 ON work_batches (sha256, id) WHERE sha256 IS NOT NULL;
CREATE INDEX work_batches_parent ON work_batches (parent_id, id) WHERE parent_id IS NOT NULL;

CREATE TABLE work_batch_unmade (
  batch_id INTEGER NOT NULL REFERENCES work_batches (id),
  row INTEGER NOT NULL,
  bucket TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (batch_id, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_batch_maps (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  connection_id INTEGER NOT NULL,
  key_kind TEXT NOT NULL,
  columns_json TEXT NOT NULL,
  used_at_ms INTEGER NOT NULL
) STRICT;
`,
};
