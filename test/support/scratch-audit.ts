import Sqlite from "better-sqlite3";

/** The workspace file opened as somebody with the key and a SQLite tool would, to change it behind the app's back. */
export function openBehindTheBack(path: string, key: Buffer): Sqlite.Database {
  const database = new Sqlite(path);
  database.pragma("cipher='sqlcipher'");
  database.pragma("legacy=4");
  database.pragma(`key="x'${key.toString("hex")}'"`);
  return database;
}
