import type BetterSqlite3 from "better-sqlite3";

/** One forward step of the file's layout. `sql` is hashed: a landed migration never changes. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** For steps SQL alone cannot do; runs after `sql` in the same transaction. */
  readonly after?: (database: BetterSqlite3.Database) => void;
}
