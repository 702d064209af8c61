import type { Migration } from "./migration.ts";

/**
 * Connections to providers. `secrets` is sealed and bound to the row's id and addresses. A removed connection keeps its
 * row (changes of the past name it) without its secrets; ids are never given twice.
 */
export const connectionsMigration: Migration = {
  number: 2,
  name: "connections",
  sql: `
CREATE TABLE work_connections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL CHECK (provider IN ('finzly')),
  name TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('training', 'sandbox', 'production')),
  api_base_url TEXT NOT NULL,
  token_url TEXT NOT NULL,
  client_auth TEXT NOT NULL CHECK (client_auth IN ('basic', 'body')),
  can_read INTEGER NOT NULL CHECK (can_read IN (0, 1)),
  concurrency INTEGER NOT NULL,
  requests_per_second INTEGER NOT NULL,
  connect_timeout_ms INTEGER NOT NULL,
  headers_timeout_ms INTEGER NOT NULL,
  body_timeout_ms INTEGER NOT NULL,
  settle_window_ms INTEGER NOT NULL,
  busy_retries INTEGER NOT NULL,
  secrets BLOB,
  secret_saved_at_ms INTEGER,
  built_in INTEGER NOT NULL DEFAULT 0 CHECK (built_in IN (0, 1)),
  sign_in_refused INTEGER NOT NULL DEFAULT 0 CHECK (sign_in_refused IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX work_connections_name ON work_connections (name COLLATE NOCASE) WHERE removed_at_ms IS NULL;
CREATE UNIQUE INDEX work_connections_built_in ON work_connections (built_in) \
WHERE built_in = 1 AND removed_at_ms IS NULL;
`,
};
