import type { Migration } from "./migration.ts";

/**
 * Refreshes, the accounts before and after, and what happened: `work_`, so precious. The partial unique index is one
 * refresh in flight per customer, whichever connection leads to it. `work_refresh_clock` keeps the highest moment of the
 * clock that cool-downs are counted on.
 */
export const refreshesMigration: Migration = {
  number: 10,
  name: "refreshes",
  sql: `
CREATE TABLE work_refreshes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL,
  provider TEXT NOT NULL CHECK (provider IN ('finicity', 'signzy')),
  environment TEXT NOT NULL CHECK (environment IN ('training', 'sandbox', 'production')),
  customer_uid TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  institution_login_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('clicked','sent','answered','still-running','succeeded','partly-succeeded',
    'failed','given-up')),
  reason TEXT NOT NULL,
  made_by_id INTEGER NOT NULL,
  made_by_name TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('customer','operations','provider','wait','nobody','sender')),
  hinted INTEGER NOT NULL DEFAULT 0 CHECK (hinted IN (0, 1)),
  code TEXT,
  message TEXT NOT NULL,
  clicked_at_ms INTEGER NOT NULL,
  sent_at_ms INTEGER,
  answered_at_ms INTEGER,
  seen_at_ms INTEGER,
  ended_at_ms INTEGER,
  next_look_at_ms INTEGER,
  done_at_ms INTEGER,
  cool_until_ms INTEGER,
  accounts INTEGER NOT NULL DEFAULT 0,
  accounts_moved INTEGER NOT NULL DEFAULT 0,
  looks INTEGER NOT NULL DEFAULT 0,
  same_looks INTEGER NOT NULL DEFAULT 0,
  watched_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX work_refreshes_one_in_flight ON work_refreshes (environment, customer_uid)
  WHERE state IN ('clicked','sent','answered','still-running');
CREATE INDEX work_refreshes_customer ON work_refreshes (environment, customer_uid, cool_until_ms);
CREATE INDEX work_refreshes_state ON work_refreshes (state, id);

CREATE TABLE work_refresh_accounts (
  refresh_id INTEGER NOT NULL REFERENCES work_refreshes (id),
  account_uid TEXT NOT NULL,
  before_json TEXT,
  after_json TEXT,
  UNIQUE (refresh_id, account_uid)
) STRICT;

CREATE TABLE work_refresh_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  refresh_id INTEGER NOT NULL REFERENCES work_refreshes (id),
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX work_refresh_events_refresh ON work_refresh_events (refresh_id, id);

CREATE TABLE work_refresh_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  latest_ms INTEGER NOT NULL
) STRICT;
`,
};
