import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorkspaceFile, type OpenOptions, type WorkspaceFile } from "../../../src/main/database/open.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { StorageFailure } from "../../../src/main/database/storage-failure.ts";

const plantedNumber = "4444333322221111";
let folder = "";
let file = "";
const key = randomBytes(32);
const opened: WorkspaceFile[] = [];

function open(options: Partial<OpenOptions> = {}): WorkspaceFile {
  const made = openWorkspaceFile({ file, key, create: false, nowMs: 1_700_000_000_000, ...options });
  opened.push(made);
  return made;
}

function create(): WorkspaceFile {
  const made = open({ create: true });
  made.store.transaction((writer) =>
    writer.run(sql`INSERT INTO work_settings VALUES ('planted', ${JSON.stringify(plantedNumber)})`),
  );
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

function asNobody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vostro-file-"));
  file = join(folder, "vostro.db");
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe("the workspace file", () => {
  it("is SQLCipher 4 under the raw key, and nothing in it is in clear", () => {
    create().close();
    const bytes = readFileSync(file);
    expect(bytes.includes(plantedNumber)).toBe(false);
    expect(bytes.includes("SQLite format 3")).toBe(false);
    expect(bytes.includes("work_settings")).toBe(false);
    const plain = new Sqlite(file, { readonly: true });
    plain.pragma("cipher='sqlcipher'");
    plain.pragma("legacy=4");
    plain.pragma(`key="x'${key.toString("hex")}'"`);
    expect(plain.prepare("SELECT value_json FROM work_settings WHERE name = 'planted'").pluck().get()).toContain(
      plantedNumber,
    );
    plain.close();
  });

  it("keeps nothing in clear in its log and its temporary files either, while it is open", () => {
    create();
    for (const suffix of ["", "-wal", "-shm"]) expect(readFileSync(file + suffix).includes(plantedNumber)).toBe(false);
  });

  it("is durable: WAL, synchronous FULL, foreign keys on, and STRICT tables", () => {
    const { store } = create();
    expect(store.read.get(sql`PRAGMA synchronous`)).toEqual({ synchronous: 2 });
    expect(store.read.get(sql`PRAGMA journal_mode`)).toEqual({ journal_mode: "wal" });
    expect(store.read.get(sql`PRAGMA foreign_keys`)).toEqual({ foreign_keys: 1 });
    expect(store.read.get(sql`PRAGMA secure_delete`)).toEqual({ secure_delete: 1 });
    expect(store.read.get(sql`PRAGMA trusted_schema`)).toEqual({ trusted_schema: 0 });
    const lax = store.read.all<{ name: string }>(
      sql`SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    );
    expect(lax).toEqual([]);
  });

  it("undoes the whole of a step that fails, and never nests", () => {
    const { store } = create();
    const count = () => store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM work_settings`)?.n;
    const before = count();
    expect(() =>
      store.transaction((writer) => {
        writer.run(sql`INSERT INTO work_settings VALUES ('half', '1')`);
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(() => store.transaction(() => store.transaction(() => 1))).toThrow(/do not nest/u);
    expect(() => store.transaction(() => Promise.resolve(1))).toThrow(/never waits/u);
    expect(count()).toBe(before);
    store.transaction((writer) => writer.run(sql`INSERT INTO work_settings VALUES ('whole', '1')`));
    expect(count()).toBe((before ?? 0) + 1);
  });

  it("says that the disk is full, saves nothing of the step, and goes on when there is room", () => {
    const made = create();
    const pages = made.store.read.get<{ page_count: number }>(sql`PRAGMA page_count`)?.page_count ?? 0;
    made.limitPages(pages + 2);
    const large = JSON.stringify("x".repeat(50_000));
    const write = () =>
      made.store.transaction((writer) => writer.run(sql`INSERT INTO work_settings VALUES ('large', ${large})`));
    const failure = refusal(write);
    expect(failure.kind).toBe("disk-full");
    expect(failure.message).toContain("disk is full");
    expect(made.store.read.get(sql`SELECT 1 FROM work_settings WHERE name = 'large'`)).toBeUndefined();
    made.limitPages(1_000_000);
    write();
    expect(made.store.read.get(sql`SELECT 1 FROM work_settings WHERE name = 'large'`)).toBeDefined();
  });

  it("is refused with another key and keeps every byte", () => {
    create().close();
    const before = readFileSync(file);
    expect(refusal(() => open({ key: randomBytes(32) })).kind).toBe("wrong-key");
    expect(refusal(() => open({ key: randomBytes(32), keyProven: true })).kind).toBe("damaged");
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("is refused when missing, empty, a folder, cut off or scribbled on, and keeps every byte", () => {
    expect(refusal(() => open()).kind).toBe("damaged");
    writeFileSync(file, "");
    expect(refusal(() => open()).kind).toBe("damaged");
    expect(statSync(file).size).toBe(0);
    rmSync(file);
    mkdirSync(file);
    expect(refusal(() => open()).kind).toBe("damaged");
    rmSync(file, { recursive: true });
    create().close();
    const sound = readFileSync(file);
    const scribbled = Buffer.from(sound);
    scribbled.fill(7, 300, 400);
    writeFileSync(file, scribbled);
    expect(refusal(() => open({ keyProven: true })).kind).toBe("damaged");
    expect(readFileSync(file).equals(scribbled)).toBe(true);
    writeFileSync(file, sound);
    truncateSync(file, 4096 * 3 + 100);
    expect(refusal(() => open({ keyProven: true })).kind).toBe("damaged");
    expect(statSync(file).size).toBe(4096 * 3 + 100);
  });

  it("is checked after an unclean exit: sound ones open, damaged ones do not", () => {
    const made = create();
    made.store.transaction((writer) => {
      for (let n = 0; n < 400; n += 1)
        writer.run(sql`INSERT INTO work_settings VALUES (${`row ${n}`}, ${JSON.stringify("y".repeat(300))})`);
    });
    expect(made.afterUncleanExit).toBe(false);
    made.close();
    expect(open().afterUncleanExit).toBe(false);
    opened.splice(0).forEach((one) => one.close());
    writeFileSync(`${file}-open`, "");
    const checked = open();
    expect(checked.afterUncleanExit).toBe(true);
    checked.close();
    const bent = readFileSync(file);
    bent.fill(7, bent.length - 4000, bent.length - 3900);
    writeFileSync(file, bent);
    writeFileSync(`${file}-open`, "");
    expect(refusal(() => open({ keyProven: true })).kind).toBe("damaged");
  });

  it("is refused in words when the file or its folder cannot be written", () => {
    create().close();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o755);
    const failure = asNobody(() => refusal(() => open()));
    expect(failure.kind).toBe("read-only");
    expect(failure.message).toContain("cannot be written");
    chmodSync(file, 0o666);
    chmodSync(folder, 0o555);
    expect(asNobody(() => refusal(() => open())).kind).toBe("read-only");
    expect(existsSync(`${file}-open`)).toBe(false);
  });
});
