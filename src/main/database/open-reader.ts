import Sqlite from "better-sqlite3";
import { applyKey } from "./open.ts";
import type { Reader, Store } from "./sql.ts";
import { storageFailure, storageFailureOf } from "./storage-failure.ts";
import { createStore } from "./store.ts";

/** A second connection to a workspace file that is open elsewhere; it can change nothing. */
export interface ReadingConnection {
  readonly read: Reader;
  /** As `Store.snapshot`. */
  readonly snapshot: Store["snapshot"];
  readonly close: () => void;
}

const cacheKilobytes = 32_000;

/**
 * Opens a workspace file for reading beside the connection that writes it, as a worker thread does. It sees what is
 * committed when a statement begins. `key` is 32 bytes. Failure storage-failed as `openWorkspaceFile`.
 */
export function openReader(file: string, key: Buffer): ReadingConnection {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true });
    applyKey(database, key);
    database.pragma("query_only = ON");
    database.pragma("busy_timeout = 5000");
    database.pragma("trusted_schema = OFF");
    database.pragma("mmap_size = 0");
    database.pragma(`cache_size = -${cacheKilobytes}`);
    database.prepare("SELECT count(*) FROM sqlite_master").get();
    const opened = database;
    const { read, snapshot } = createStore(opened);
    return { read, snapshot, close: () => opened.close() };
  } catch (error) {
    database?.close();
    throw storageFailureOf(error) ?? storageFailure("other", error);
  }
}
