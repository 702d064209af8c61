import type { Migration } from "./migration.ts";

/**
 * The repair queue: aggregated accounts by who must act, a customer's together. Counts are kept by triggers, never
 * scanned.
 */
export const repairQueueMigration: Migration = {
  number: 9,
  name: "repair-queue",
  sql: `
DROP INDEX cache_aggregated_act;
CREATE INDEX cache_aggregated_repair ON cache_aggregated (act, customer_uid, account_id);

CREATE TABLE cache_repair_counts (
  act TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO cache_repair_counts (act, n) SELECT act, count(*) FROM cache_aggregated GROUP BY act;

CREATE TRIGGER cache_aggregated_added AFTER INSERT ON cache_aggregated BEGIN
  INSERT INTO cache_repair_counts (act, n) VALUES (NEW.act, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER cache_aggregated_removed AFTER DELETE ON cache_aggregated BEGIN
  UPDATE cache_repair_counts SET n = n - 1 WHERE act = OLD.act;
END;
CREATE TRIGGER cache_aggregated_moved AFTER UPDATE OF act ON cache_aggregated WHEN OLD.act <> NEW.act BEGIN
  UPDATE cache_repair_counts SET n = n - 1 WHERE act = OLD.act;
  INSERT INTO cache_repair_counts (act, n) VALUES (NEW.act, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
`,
};
