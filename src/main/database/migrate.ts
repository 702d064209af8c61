import { createHash } from "node:crypto";
import type BetterSqlite3 from "better-sqlite3";
import type { Migration } from "./migrations/migration.ts";
import { StorageFailure, storageFailureOf } from "./storage-failure.ts";

interface AppliedRow {
  readonly number: number;
  readonly hash: string;
}

/** SHA-256 of a step's name and SQL, in hex: what a file remembers of the step it went through. */
export function migrationHash(migration: Migration): string {
  return createHash("sha256").update(`${migration.name}\n${migration.sql}`, "utf8").digest("hex");
}

function appliedIn(database: BetterSqlite3.Database): AppliedRow[] {
  const table = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'work_migrations'").get();
  if (table === undefined) return [];
  return database.prepare<[], AppliedRow>("SELECT number, hash FROM work_migrations ORDER BY number").all();
}

/**
 * The steps the file still needs; reads only. Failure storage-failed of kind `newer-file` when the file went through a
 * step this version does not know or knows with other contents, `damaged` when it holds tables but no record of steps.
 */
export function pendingMigrations(
  database: BetterSqlite3.Database,
  migrations: readonly Migration[],
): readonly Migration[] {
  const applied = appliedIn(database);
  if (applied.length === 0) {
    const tables = database.prepare<[], { n: number }>("SELECT count(*) AS n FROM sqlite_master").get()?.n ?? 0;
    if (tables > 0)
      throw new StorageFailure("damaged", "The file holds data but is not a Vostro workspace. It was left as it is.");
    return migrations;
  }
  for (const [index, row] of applied.entries()) {
    const known = migrations[index];
    if (known === undefined) {
      throw new StorageFailure(
        "newer-file",
        `The workspace file has layout ${applied.length}; this version of Vostro knows layout ${migrations.length}. ` +
          "It was left as it is. Open it with a newer version.",
      );
    }
    if (known.number !== row.number || migrationHash(known) !== row.hash) {
      throw new StorageFailure(
        "newer-file",
        `Layout step ${row.number} of the workspace file is not the one this version of Vostro knows. ` +
          "It was left as it is.",
      );
    }
  }
  return migrations.slice(applied.length);
}

/**
 * Takes the file through `pending`, all in one transaction: either every step is applied or none. Failure
 * storage-failed (`disk-full`, `read-only`, otherwise `migration-failed`).
 */
export function applyMigrations(database: BetterSqlite3.Database, pending: readonly Migration[], nowMs: number): void {
  let current = "";
  try {
    database.exec("BEGIN IMMEDIATE");
    database.exec(
      "CREATE TABLE IF NOT EXISTS work_migrations " +
        "(number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT",
    );
    const note = database.prepare(
      "INSERT INTO work_migrations (number, name, hash, applied_at_ms) VALUES (?, ?, ?, ?)",
    );
    for (const migration of pending) {
      current = `${migration.number} (${migration.name})`;
      database.exec(migration.sql);
      migration.after?.(database);
      note.run(migration.number, migration.name, migrationHash(migration), nowMs);
    }
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    const storage = storageFailureOf(error);
    if (storage !== undefined && storage.kind !== "wrong-key" && storage.kind !== "other") throw storage;
    throw new StorageFailure(
      "migration-failed",
      `The workspace file could not be brought to layout step ${current}. It was left as it is.`,
      error,
    );
  }
}
