import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openWorkspaceFile, type WorkspaceFile } from "../../../src/main/database/open.ts";
import type { Migration } from "../../../src/main/database/migrations/migration.ts";
import { sql } from "../../../src/main/database/sql.ts";

const layout: Migration = {
  number: 1,
  name: "pieces",
  sql: "CREATE TABLE pieces (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;",
};
const key = Buffer.alloc(32, 5);
let folder = "";
const opened: WorkspaceFile[] = [];

function open(name: string, create: boolean): WorkspaceFile {
  const file = join(folder, name);
  const made = openWorkspaceFile({ file, key, create, nowMs: 1, migrations: [layout], journal: "rollback" });
  opened.push(made);
  return made;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vostro-rollback-"));
});

afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(folder, { recursive: true, force: true });
});

it("takes back a step that the power ended in the middle, and keeps every step before it", () => {
  const { store } = open("whole.db", true);
  store.transaction((writer) => writer.run(sql`INSERT INTO pieces VALUES (1, 'before')`));
  const text = "x".repeat(1_000_000);
  store.transaction((writer) => {
    for (let n = 2; n < 62; n += 1) writer.run(sql`INSERT INTO pieces VALUES (${n}, ${text})`);
    writer.run(sql`UPDATE pieces SET text = 'after' WHERE n = 1`);
    for (const end of ["", "-journal", "-open"]) {
      copyFileSync(join(folder, `whole.db${end}`), join(folder, `cut.db${end}`));
    }
  });
  expect(statSync(join(folder, "cut.db")).size).toBeGreaterThan(10_000_000);

  const cut = open("cut.db", false);

  expect(cut.store.read.all(sql`SELECT n, text FROM pieces`)).toEqual([{ n: 1, text: "before" }]);
  expect(cut.afterUncleanExit).toBe(true);
  expect(existsSync(join(folder, "cut.db-journal"))).toBe(false);
  expect(store.read.get(sql`SELECT count(*) AS n FROM pieces`)).toEqual({ n: 61 });
});
