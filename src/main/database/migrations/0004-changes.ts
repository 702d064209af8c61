import type { Migration } from "./migration.ts";

/**
 * Changes, their attempts and their history: `work_`, so precious. The account is named by connection and the
 * provider's own identifiers, because the cache may be dropped and refilled. The columns for approval and batches stand
 * ready. The partial unique index is rule 7 of the product: one change in flight per account.
 */
export const changesMigration: Migration = {
  number: 4,
  name: "changes",
  sql: `
CREATE TABLE work_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  connection_id INTEGER NOT NULL,
  customer_uid TEXT NOT NULL,
  account_uid TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft','waiting-for-approval','approved','sending','accepted','refused',
    'outcome-unknown','rejected','expired','conflict','withdrawn','reversed')),
  revision INTEGER NOT NULL DEFAULT 1,
  currency TEXT NOT NULL,
  base_json TEXT NOT NULL,
  proposed_json TEXT NOT NULL,
  reason_category TEXT NOT NULL DEFAULT '',
  authorisation_ref TEXT NOT NULL DEFAULT '',
  update_json TEXT NOT NULL DEFAULT '{}',
  fields_json TEXT NOT NULL DEFAULT '[]',
  summary TEXT NOT NULL DEFAULT '',
  risk TEXT NOT NULL DEFAULT 'low',
  message TEXT,
  batch_id INTEGER,
  made_by_id INTEGER NOT NULL,
  made_by_name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  submitted_at_ms INTEGER,
  approval_needed INTEGER NOT NULL DEFAULT 0,
  approval_expires_at_ms INTEGER,
  approved_by_id INTEGER,
  approved_by_name TEXT,
  approved_at_ms INTEGER,
  rejected_by_id INTEGER,
  rejected_by_name TEXT,
  rejected_at_ms INTEGER,
  rejection_reason TEXT,
  sent_by_id INTEGER,
  sent_by_name TEXT,
  sent_at_ms INTEGER,
  queue_seq INTEGER,
  not_before_ms INTEGER,
  tries INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  resend INTEGER NOT NULL DEFAULT 0,
  provider_code TEXT,
  provider_message TEXT,
  settle_at_ms INTEGER,
  settlement TEXT,
  conflict_json TEXT,
  verification_json TEXT,
  verified_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX work_changes_one_in_flight ON work_changes (connection_id, customer_uid, account_uid)
  WHERE state IN ('sending','outcome-unknown');
CREATE INDEX work_changes_queue ON work_changes (connection_id, queue_seq) WHERE state = 'approved';
CREATE INDEX work_changes_seq ON work_changes (queue_seq) WHERE queue_seq IS NOT NULL;
CREATE INDEX work_changes_account ON work_changes (connection_id, customer_uid, account_uid, id);
CREATE INDEX work_changes_account_id ON work_changes (account_id, id);
CREATE INDEX work_changes_state ON work_changes (state, id);

CREATE TABLE work_attempts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  change_id INTEGER NOT NULL REFERENCES work_changes (id),
  why TEXT NOT NULL,
  method TEXT NOT NULL,
  origin TEXT NOT NULL,
  path TEXT NOT NULL,
  body TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  outcome TEXT NOT NULL DEFAULT 'in-flight',
  http_status INTEGER,
  provider_code TEXT,
  message TEXT,
  correlation_id TEXT NOT NULL
) STRICT;
CREATE INDEX work_attempts_change ON work_attempts (change_id, id);

CREATE TABLE work_change_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  change_id INTEGER NOT NULL REFERENCES work_changes (id),
  at_ms INTEGER NOT NULL,
  person TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX work_change_events_change ON work_change_events (change_id, id);
`,
};
