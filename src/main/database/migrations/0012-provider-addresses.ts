import type BetterSqlite3 from "better-sqlite3";
import type { Migration } from "./migration.ts";

const inFlight = "('sending','outcome-unknown')";
/** A change in these states can be sent no more, whatever a person does. */
const over = "('accepted','withdrawn','reversed')";

/**
 * Two connections to one provider address lead to the same accounts: an account is the same where provider, address
 * (origin and path), customer and account agree. `work_provider_addresses` names each such address once; connections
 * and changes point at it, and "one change in flight per account" is asked by it. A connection that moves takes its
 * unfinished changes along, in the same transaction.
 *
 * A file of before may hold two changes of one account in flight, one through each connection. Both stay what they are,
 * to be settled; all but the oldest are marked `doubled` and left out of the unique index until they are no longer in
 * flight. Nothing else of the account leaves while any of them is.
 */
export const providerAddressesMigration: Migration = {
  number: 12,
  name: "provider-addresses",
  sql: `
CREATE TABLE work_provider_addresses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL,
  base_url TEXT NOT NULL,
  UNIQUE (provider, base_url)
) STRICT;
ALTER TABLE work_connections ADD COLUMN address_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work_changes ADD COLUMN address_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE work_changes ADD COLUMN doubled INTEGER NOT NULL DEFAULT 0 CHECK (doubled IN (0, 1));
DROP INDEX work_changes_one_in_flight;
DROP INDEX work_changes_account;
CREATE INDEX work_changes_account ON work_changes (address_id, customer_uid, account_uid, id);
CREATE TRIGGER work_changes_follow AFTER UPDATE OF address_id ON work_connections
WHEN OLD.address_id <> NEW.address_id BEGIN
  UPDATE work_changes SET address_id = NEW.address_id, doubled = state IN ${inFlight} AND EXISTS (
    SELECT 1 FROM work_changes AS o WHERE o.address_id = NEW.address_id AND o.customer_uid = work_changes.customer_uid
      AND o.account_uid = work_changes.account_uid AND o.id <> work_changes.id AND o.state IN ${inFlight})
  WHERE connection_id = NEW.id AND state NOT IN ${over};
END;
CREATE TRIGGER work_changes_single AFTER UPDATE OF state ON work_changes
WHEN NEW.doubled = 1 AND NEW.state NOT IN ${inFlight} BEGIN
  UPDATE work_changes SET doubled = 0 WHERE id = NEW.id;
END;
`,
  after: (database) => {
    nameAddresses(database);
    database.exec(`
UPDATE work_changes SET address_id =
  coalesce((SELECT n.address_id FROM work_connections AS n WHERE n.id = work_changes.connection_id), 0);
UPDATE work_changes SET doubled = 1 WHERE state IN ${inFlight} AND EXISTS (
  SELECT 1 FROM work_changes AS o WHERE o.address_id = work_changes.address_id
    AND o.customer_uid = work_changes.customer_uid AND o.account_uid = work_changes.account_uid
    AND o.id < work_changes.id AND o.state IN ${inFlight});
CREATE UNIQUE INDEX work_changes_one_in_flight ON work_changes (address_id, customer_uid, account_uid)
  WHERE state IN ${inFlight} AND doubled = 0;`);
  },
};

function nameAddresses(database: BetterSqlite3.Database): void {
  const connections = database
    .prepare<[], { id: number; provider: string; url: string }>(
      "SELECT id, provider, api_base_url AS url FROM work_connections ORDER BY id",
    )
    .all();
  const add = database.prepare(
    "INSERT INTO work_provider_addresses (provider, base_url) VALUES (?, ?) ON CONFLICT DO NOTHING",
  );
  const point = database.prepare(
    "UPDATE work_connections SET address_id = " +
      "(SELECT id FROM work_provider_addresses WHERE provider = ? AND base_url = ?) WHERE id = ?",
  );
  for (const { id, provider, url } of connections) {
    const parsed = URL.parse(url);
    const baseUrl = parsed === null ? url : `${parsed.origin}${parsed.pathname.replace(/\/+$/u, "")}`;
    add.run(provider, baseUrl);
    point.run(provider, baseUrl, id);
  }
}
