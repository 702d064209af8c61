import { existsSync, rmSync, statSync, writeFileSync, accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import type BetterSqlite3 from "better-sqlite3";
import { scheduleIdleCheckpoint } from "./idle-checkpoint.ts";
import { applyMigrations, pendingMigrations } from "./migrate.ts";
import { migrations as allMigrations } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";
import type { Store } from "./sql.ts";
import { StorageFailure, storageFailure, storageFailureOf } from "./storage-failure.ts";
import { createStore } from "./store.ts";

export interface OpenOptions {
  readonly file: string;
  /** 32 bytes. Copied into the cipher; the caller may wipe its own copy afterwards. */
  readonly key: Buffer;
  /** The key is known to be the right one for this workspace, so a file it does not open is damaged. */
  readonly keyProven?: boolean;
  /** `true`: the file must not exist yet. `false`: it must. */
  readonly create: boolean;
  readonly nowMs: number;
  readonly migrations?: readonly Migration[];
  /**
   * `rollback`: for a file that one connection fills in big steps. As durable, but each page is encrypted and written
   * once instead of three times; a reader elsewhere and a write wait for each other. Otherwise a write-ahead log.
   */
  readonly journal?: "write-ahead" | "rollback";
  /** What `prepareWorkspaceFile` found and did a moment ago: the file is then not looked through again. */
  readonly prepared?: Prepared | undefined;
}

/** What was done to a file before it may be used. */
export interface Prepared {
  /** The file was not closed properly the last time; it was checked and found sound. */
  readonly afterUncleanExit: boolean;
  /** The copy made before the layout was changed, when it was. */
  readonly backupFile: string | undefined;
}

/** An open workspace file: the only connection that writes to it. */
export interface WorkspaceFile extends Prepared {
  readonly store: Store;
  /** Moves the write-ahead log into the file and empties it. */
  readonly checkpoint: () => void;
  /** Lets the file grow to at most `pages` pages of 4,096 bytes; a step that needs more fails as on a full disk. */
  readonly limitPages: (pages: number) => void;
  /** `listener` runs after every transaction that was committed; it must be quick and never throw. */
  readonly onCommit: (listener: () => void) => void;
  readonly close: () => void;
}

/** Pages kept decrypted in memory; with SQLite's own 2,000 a busy outbox decrypts the same pages again and again. */
const cacheKilobytes = 32_000;

/** Gives an opened file its key: SQLCipher 4 form, the key as 32 raw bytes. */
export const applyKey = (database: BetterSqlite3.Database, key: Buffer): void => {
  if (key.length !== 32) throw new RangeError("The database key is 32 bytes.");
  database.pragma("cipher='sqlcipher'");
  database.pragma("legacy=4");
  database.pragma(`key="x'${key.toString("hex")}'"`);
};

function setUp(database: BetterSqlite3.Database, journal: OpenOptions["journal"]): void {
  const mode = journal === "rollback" ? "delete" : "wal";
  database.pragma("busy_timeout = 5000");
  database.pragma(`journal_mode = ${mode}`);
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma("trusted_schema = OFF");
  database.pragma("secure_delete = ON");
  database.pragma("mmap_size = 0");
  database.pragma(`cache_size = -${cacheKilobytes}`);
  database.pragma("wal_autocheckpoint = 1000");
  const facts = {
    journal: database.pragma("journal_mode", { simple: true }),
    synchronous: database.pragma("synchronous", { simple: true }),
    foreignKeys: database.pragma("foreign_keys", { simple: true }),
  };
  if (facts.journal !== mode || facts.synchronous !== 2 || facts.foreignKeys !== 1) {
    throw new StorageFailure("other", "The workspace file refuses the settings that keep what is saved safe.");
  }
}

function checkSound(database: BetterSqlite3.Database): void {
  const found = database.pragma("quick_check(1)", { simple: true });
  if (found !== "ok") throw storageFailure("damaged", new Error(String(found)));
}

function refusedBy(error: unknown, { file, keyProven, create }: OpenOptions): StorageFailure {
  const known = storageFailureOf(error);
  if (known?.kind === "wrong-key" && keyProven === true) return storageFailure("damaged", error);
  if (known?.kind !== "other") return known ?? storageFailure("other", error);
  if (!create && existsSync(file) && !statSync(file).isFile()) return storageFailure("damaged", error);
  try {
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (cause) {
    return storageFailureOf(cause) ?? storageFailure("other", cause);
  }
  return known;
}

/** Reads what the file is before anything may write to it, so that a refused file keeps every byte. */
function inspect(options: OpenOptions, migrations: readonly Migration[]): readonly Migration[] {
  const { file, key } = options;
  if (!existsSync(file)) throw new StorageFailure("damaged", "The workspace file is missing from its folder.");
  if (!statSync(file).isFile() || statSync(file).size === 0) throw storageFailure("damaged");
  accessSync(file, constants.W_OK);
  accessSync(dirname(file), constants.W_OK);
  const database = new Sqlite(file, { readonly: options.journal !== "rollback", fileMustExist: true });
  try {
    applyKey(database, key);
    return pendingMigrations(database, migrations);
  } finally {
    database.close();
  }
}

function backUp(database: BetterSqlite3.Database, file: string, nowMs: number): string {
  const copy = `${file}.before-update-${nowMs}`;
  database.prepare("VACUUM INTO ?").run(copy);
  return copy;
}

/**
 * Opens or creates a workspace file in SQLCipher 4 form (AES-256, the key as raw bytes), so that standard tools open it
 * with the key. Durable when a transaction returns: WAL with synchronous=FULL, set and read back. Before an existing
 * file is migrated a copy under the same key is made beside it. After an unclean exit the file is checked first.
 *
 * Failure storage-failed, with a kind, and the file as it was: `newer-file`, `wrong-key`, `damaged`, `read-only`,
 * `disk-full`, `migration-failed`, `in-use`, `other`.
 */
export function openWorkspaceFile(options: OpenOptions): WorkspaceFile {
  const { file } = options;
  const marker = `${file}-open`;
  return guardedOpening(options, (database, facts) => {
    writeFileSync(marker, "");
    return opened(database, marker, facts);
  });
}

/** Whether `prepareWorkspaceFile` has long work to do on an existing file. Failures as `openWorkspaceFile`. */
export function needsPreparing(options: OpenOptions): boolean {
  try {
    const pending = inspect(options, options.migrations ?? allMigrations);
    return pending.length > 0 || existsSync(`${options.file}-open`);
  } catch (error) {
    throw refusedBy(error, options);
  }
}

/**
 * The long part of opening an existing file, for a thread that may take its time: the check after an unclean exit, the
 * copy before an update and the update. The file is closed again. Failures as `openWorkspaceFile`.
 */
export function prepareWorkspaceFile(options: OpenOptions): Prepared {
  return guardedOpening(options, (database, facts) => {
    database.pragma("wal_checkpoint(TRUNCATE)");
    database.close();
    return facts;
  });
}

function guardedOpening<T>(
  options: OpenOptions,
  use: (database: BetterSqlite3.Database, facts: Prepared) => T,
): T {
  const { file, key, create, nowMs, prepared } = options;
  const migrations = options.migrations ?? allMigrations;
  let database: BetterSqlite3.Database | undefined;
  try {
    if (create && existsSync(file))
      throw new StorageFailure("other", "There is already a workspace file in this folder.");
    const pending = create ? migrations : prepared === undefined ? inspect(options, migrations) : [];
    const afterUncleanExit = prepared?.afterUncleanExit ?? existsSync(`${file}-open`);
    database = new Sqlite(file, { fileMustExist: !create });
    applyKey(database, key);
    setUp(database, options.journal);
    if (afterUncleanExit && prepared === undefined) checkSound(database);
    const backupFile = !create && pending.length > 0 ? backUp(database, file, nowMs) : undefined;
    if (pending.length > 0) applyMigrations(database, pending, nowMs);
    return use(database, { afterUncleanExit, backupFile: backupFile ?? prepared?.backupFile });
  } catch (error) {
    database?.close();
    throw refusedBy(error, options);
  }
}

function opened(
  database: BetterSqlite3.Database,
  marker: string,
  facts: Prepared,
): WorkspaceFile {
  const checkpoint = (): void => void database.pragma("wal_checkpoint(TRUNCATE)");
  const idle = scheduleIdleCheckpoint(checkpoint);
  const committed: (() => void)[] = [idle.noteWrite];
  return {
    ...facts,
    store: createStore(database, () => committed.forEach((listener) => listener())),
    onCommit: (listener) => void committed.push(listener),
    checkpoint,
    limitPages: (pages) => void database.pragma(`max_page_count = ${Math.trunc(pages)}`),
    close: () => {
      idle.stop();
      if (!database.open) return;
      try {
        checkpoint();
      } finally {
        database.close();
      }
      rmSync(marker, { force: true });
    },
  };
}
