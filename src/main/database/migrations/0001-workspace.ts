import type { Migration } from "./migration.ts";

/** People, settings and the audit trail. The triggers make the trail append-only for every program that writes the file. */
export const workspaceMigration: Migration = {
  number: 1,
  name: "workspace",
  sql: `
CREATE TABLE work_people (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'maker', 'checker', 'administrator')),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  scrypt_n INTEGER NOT NULL,
  scrypt_r INTEGER NOT NULL,
  scrypt_p INTEGER NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE work_sign_in (
  person_id INTEGER PRIMARY KEY REFERENCES work_people (id),
  failed INTEGER NOT NULL,
  last_failed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE work_settings (
  name TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE work_audit (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  person_id INTEGER,
  person TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  summary TEXT NOT NULL,
  before_json TEXT,
  after_json TEXT,
  correlation_id TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX work_audit_subject ON work_audit (subject, seq);
CREATE TRIGGER work_audit_no_update BEFORE UPDATE ON work_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER work_audit_no_delete BEFORE DELETE ON work_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE work_audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entries INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO work_audit_head (id, entries, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
CREATE TRIGGER work_audit_head_no_delete BEFORE DELETE ON work_audit_head
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER work_audit_head_forward BEFORE UPDATE ON work_audit_head
WHEN NEW.entries <> OLD.entries + 1
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`,
};
