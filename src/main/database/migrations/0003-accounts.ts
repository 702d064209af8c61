import type { Migration } from "./migration.ts";

const sortedColumns = [
  "customer_name", "account_name", "last4", "type", "status", "ledger_minor", "debit_limit_minor", "credit_limit_minor",
  "read_at_ms",
];
const prefixColumns = ["customer_uid", "account_uid", "ach_company_id"];

/** The filters' columns stand in every sorted index, so that a filtered page is cut without reading other rows. */
const filterColumns = (sorted: string): string =>
  ["status", "funding_basis", "connection_id"].filter((column) => column !== sorted).join(", ");

/**
 * The cache of accounts and customers (`cache_`: may be dropped and refilled) and the last value Vostro wrote or a
 * person entered (`work_written`: precious, so named by the provider's own identifiers).
 *
 * Sorted columns hold no NULL, so that a page can begin after any row by (column, id): an unknown text is '', an
 * unknown amount -9007199254740992 (one below every safe integer), a never-read account -1. Counts are kept by
 * triggers, never scanned. `cache_account_search` indexes every three characters of `search_text`; its rowid is the
 * account's id.
 */
export const accountsMigration: Migration = {
  number: 3,
  name: "accounts",
  sql: `
CREATE TABLE cache_customers (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES work_connections (id),
  customer_uid TEXT NOT NULL,
  name TEXT NOT NULL,
  sec_codes_json TEXT,
  ach_company_id TEXT,
  raw_json TEXT NOT NULL,
  read_at_ms INTEGER NOT NULL,
  UNIQUE (connection_id, customer_uid)
) STRICT;

CREATE TABLE cache_accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES work_connections (id),
  customer_uid TEXT NOT NULL COLLATE NOCASE,
  customer_name TEXT NOT NULL COLLATE NOCASE,
  account_uid TEXT NOT NULL COLLATE NOCASE,
  account_name TEXT NOT NULL COLLATE NOCASE,
  last4 TEXT NOT NULL COLLATE NOCASE,
  type TEXT NOT NULL COLLATE NOCASE,
  status TEXT NOT NULL COLLATE NOCASE,
  currency TEXT NOT NULL,
  funding_basis TEXT NOT NULL CHECK (funding_basis IN ('prefunded', 'underwritten', 'neither', 'unknown')),
  ledger_minor INTEGER NOT NULL,
  debit_limit_minor INTEGER NOT NULL,
  credit_limit_minor INTEGER NOT NULL,
  ach_company_id TEXT NOT NULL COLLATE NOCASE,
  sec_codes_json TEXT,
  read_at_ms INTEGER NOT NULL,
  known_json TEXT NOT NULL,
  facts_json TEXT NOT NULL,
  raw_json TEXT NOT NULL,
  attempt_json TEXT,
  search_text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cache_accounts_uid
  ON cache_accounts (connection_id, customer_uid COLLATE BINARY, account_uid COLLATE BINARY);
${sortedColumns
  .map((column) => `CREATE INDEX cache_accounts_${column} ON cache_accounts (${column}, id, ${filterColumns(column)});`)
  .join("\n")}
${prefixColumns.map((column) => `CREATE INDEX cache_accounts_${column} ON cache_accounts (${column});`).join("\n")}

CREATE TABLE cache_snapshots (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES cache_accounts (id) ON DELETE CASCADE,
  read_at_ms INTEGER NOT NULL,
  known_json TEXT NOT NULL,
  facts_json TEXT NOT NULL,
  raw_json TEXT NOT NULL
) STRICT;
CREATE INDEX cache_snapshots_account ON cache_snapshots (account_id, id);

CREATE TABLE cache_account_counts (
  connection_id INTEGER NOT NULL,
  status TEXT NOT NULL COLLATE NOCASE,
  funding_basis TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (connection_id, status, funding_basis)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE cache_account_search USING fts5(search_text, content='', contentless_delete=1, tokenize='trigram');

CREATE TRIGGER cache_accounts_added AFTER INSERT ON cache_accounts BEGIN
  INSERT INTO cache_account_search (rowid, search_text) VALUES (NEW.id, NEW.search_text);
  INSERT INTO cache_account_counts (connection_id, status, funding_basis, n)
    VALUES (NEW.connection_id, NEW.status, NEW.funding_basis, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER cache_accounts_removed AFTER DELETE ON cache_accounts BEGIN
  DELETE FROM cache_account_search WHERE rowid = OLD.id;
  UPDATE cache_account_counts SET n = n - 1
    WHERE connection_id = OLD.connection_id AND status = OLD.status AND funding_basis = OLD.funding_basis;
END;
CREATE TRIGGER cache_accounts_text_changed AFTER UPDATE OF search_text ON cache_accounts
WHEN OLD.search_text <> NEW.search_text BEGIN
  DELETE FROM cache_account_search WHERE rowid = OLD.id;
  INSERT INTO cache_account_search (rowid, search_text) VALUES (NEW.id, NEW.search_text);
END;
CREATE TRIGGER cache_accounts_group_changed AFTER UPDATE OF status, funding_basis ON cache_accounts
WHEN OLD.status <> NEW.status OR OLD.funding_basis <> NEW.funding_basis BEGIN
  UPDATE cache_account_counts SET n = n - 1
    WHERE connection_id = OLD.connection_id AND status = OLD.status AND funding_basis = OLD.funding_basis;
  INSERT INTO cache_account_counts (connection_id, status, funding_basis, n)
    VALUES (NEW.connection_id, NEW.status, NEW.funding_basis, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TABLE work_written (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL,
  customer_uid TEXT NOT NULL,
  account_uid TEXT NOT NULL,
  field TEXT NOT NULL,
  value_json TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('vostro-wrote', 'entered-by-hand')),
  at_ms INTEGER NOT NULL,
  UNIQUE (connection_id, customer_uid, account_uid, field)
) STRICT;
`,
};
