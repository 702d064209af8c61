import type { Migration } from "./migration.ts";

const kept = [
  "id", "provider", "name", "environment", "api_base_url", "can_read", "concurrency", "requests_per_second",
  "connect_timeout_ms", "headers_timeout_ms", "body_timeout_ms", "settle_window_ms", "busy_retries", "secrets",
  "secret_saved_at_ms", "built_in", "sign_in_refused", "created_at_ms", "updated_at_ms", "removed_at_ms",
].join(", ");

/**
 * Connections of three providers: what only one of them has moves into `settings_json`. The table is made anew under
 * its own name, so that ids, and the rows that name them, stay; references are looked at again when the step ends.
 *
 * `cache_aggregated` holds what an aggregator said of an account beside its row in `cache_accounts`. Dates are epoch
 * seconds of the provider's own clock, to be compared with each other only; `act` is who must act.
 */
export const aggregatorsMigration: Migration = {
  number: 8,
  name: "aggregators",
  sql: `
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE old_connections AS SELECT * FROM main.work_connections;
CREATE TEMP TABLE old_sequence AS SELECT seq FROM main.sqlite_sequence WHERE name = 'work_connections';
DROP TABLE main.work_connections;
CREATE TABLE work_connections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL CHECK (provider IN ('finzly', 'finicity', 'signzy')),
  name TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('training', 'sandbox', 'production')),
  api_base_url TEXT NOT NULL,
  can_read INTEGER NOT NULL CHECK (can_read IN (0, 1)),
  concurrency INTEGER NOT NULL,
  requests_per_second INTEGER NOT NULL,
  connect_timeout_ms INTEGER NOT NULL,
  headers_timeout_ms INTEGER NOT NULL,
  body_timeout_ms INTEGER NOT NULL,
  settle_window_ms INTEGER NOT NULL,
  busy_retries INTEGER NOT NULL,
  settings_json TEXT NOT NULL CHECK (json_valid(settings_json)),
  secrets BLOB,
  secret_saved_at_ms INTEGER,
  built_in INTEGER NOT NULL DEFAULT 0 CHECK (built_in IN (0, 1)),
  sign_in_refused INTEGER NOT NULL DEFAULT 0 CHECK (sign_in_refused IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
INSERT INTO work_connections (${kept}, settings_json)
  SELECT ${kept}, json_object('tokenUrl', token_url, 'clientAuth', client_auth) FROM temp.old_connections ORDER BY id;
UPDATE main.sqlite_sequence SET seq = max(seq, (SELECT seq FROM temp.old_sequence))
  WHERE name = 'work_connections' AND EXISTS (SELECT 1 FROM temp.old_sequence);
DROP TABLE temp.old_connections;
DROP TABLE temp.old_sequence;
CREATE UNIQUE INDEX work_connections_name ON work_connections (name COLLATE NOCASE) WHERE removed_at_ms IS NULL;
CREATE UNIQUE INDEX work_connections_built_in ON work_connections (provider) \
WHERE built_in = 1 AND removed_at_ms IS NULL;

CREATE TABLE cache_aggregated (
  account_id INTEGER PRIMARY KEY REFERENCES cache_accounts (id) ON DELETE CASCADE,
  customer_uid TEXT NOT NULL,
  institution_id TEXT,
  institution_login_id TEXT,
  type TEXT NOT NULL,
  status_code INTEGER,
  balance_date_s INTEGER,
  success_date_s INTEGER,
  attempt_date_s INTEGER,
  act TEXT NOT NULL,
  record_json TEXT NOT NULL
) STRICT;
CREATE INDEX cache_aggregated_customer ON cache_aggregated (customer_uid);
CREATE INDEX cache_aggregated_act ON cache_aggregated (act, account_id);
`,
};
