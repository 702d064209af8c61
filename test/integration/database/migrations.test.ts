import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrationHash } from "../../../src/main/database/migrate.ts";
import { migrations } from "../../../src/main/database/migrations/index.ts";
import type { Migration } from "../../../src/main/database/migrations/migration.ts";
import { openWorkspaceFile, type WorkspaceFile } from "../../../src/main/database/open.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { StorageFailure } from "../../../src/main/database/storage-failure.ts";

const nowMs = 1_700_000_000_000;
let folder = "";
let file = "";
const key = randomBytes(32);
const opened: WorkspaceFile[] = [];

function open(steps: readonly Migration[], create = false): WorkspaceFile {
  const made = openWorkspaceFile({ file, key, create, nowMs, migrations: steps });
  opened.push(made);
  return made;
}

function refusal(work: () => unknown): StorageFailure {
  try {
    work();
  } catch (error) {
    if (error instanceof StorageFailure) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

const notes: Migration = {
  number: migrations.length + 1,
  name: "notes",
  sql: "CREATE TABLE work_notes (id INTEGER PRIMARY KEY, text TEXT) STRICT;",
};
const tables = (made: WorkspaceFile): string[] =>
  made.store.read
    .all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .map(({ name }) => name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vostro-migrate-"));
  file = join(folder, "vostro.db");
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the steps of the file's layout", () => {
  it("are numbered without a gap", () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it.each(migrations.map((migration, index) => [migration.name, index] as const).slice(1))(
    "take a file from before %s to the same layout as a new one, with its rows",
    (_name, index) => {
      const old = open(migrations.slice(0, index), true);
      old.store.transaction((writer) => writer.run(sql`INSERT INTO work_settings VALUES ('kept', '"yes"')`));
      old.close();
      const now = open(migrations);
      expect(now.store.read.get(sql`SELECT value_json FROM work_settings WHERE name = 'kept'`)).toEqual({
        value_json: '"yes"',
      });
      const schema = (made: WorkspaceFile) =>
        made.store.read.all(sql`SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name`);
      const upgraded = schema(now);
      now.close();
      file = join(folder, "fresh.db");
      expect(upgraded).toEqual(schema(open(migrations, true)));
    },
  );

  it("copy the old file first, under the same key", () => {
    open(migrations.slice(0, 1), true).close();
    const { backupFile } = open(migrations);
    expect(backupFile).toBeDefined();
    opened.splice(0).forEach((one) => one.close());
    expect(readFileSync(backupFile ?? "").includes("SQLite format 3")).toBe(false);
    file = backupFile ?? "";
    expect(tables(open(migrations.slice(0, 1)))).toContain("work_people");
  });

  it("make no copy when there is nothing to do", () => {
    open(migrations, true).close();
    expect(open(migrations).backupFile).toBeUndefined();
    expect(readdirSync(folder).filter((name) => name.includes("before-update"))).toEqual([]);
  });

  it("refuse a file of a newer version and leave every byte of it", () => {
    open([...migrations, notes], true).close();
    const before = readFileSync(file);
    const failure = refusal(() => open(migrations));
    expect(failure.kind).toBe("newer-file");
    expect(failure.message).toContain("newer version");
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("before-update"))).toEqual([]);
  });

  it("refuse a file that went through other contents of a step", () => {
    open(migrations, true).close();
    const before = readFileSync(file);
    const changed = migrations.map((step, index) => (index === 0 ? { ...step, sql: `${step.sql}\n-- edited` } : step));
    expect(migrationHash(changed[0] ?? notes)).not.toBe(migrationHash(migrations[0] ?? notes));
    expect(refusal(() => open(changed)).kind).toBe("newer-file");
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("undo everything when one of them fails midway", () => {
    open(migrations, true).close();
    const broken: Migration = {
      number: migrations.length + 2,
      name: "broken",
      sql: "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
    };
    const failure = refusal(() => open([...migrations, notes, broken]));
    expect(failure.kind).toBe("migration-failed");
    expect(failure.message).toContain(`${broken.number} (broken)`);
    expect(tables(open(migrations))).not.toContain("work_notes");
  });
});
