import type BetterSqlite3 from "better-sqlite3";
import type { Reader, Sql, Store, Writer } from "./sql.ts";
import { storageFailureOf } from "./storage-failure.ts";

const cachedStatements = 400;

type Statement = BetterSqlite3.Statement<unknown[], unknown>;

function statementCache(database: BetterSqlite3.Database): (text: string) => Statement {
  const statements = new Map<string, Statement>();
  return (text) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const made = database.prepare<unknown[]>(text);
    if (statements.size >= cachedStatements) {
      const oldest = statements.keys().next().value;
      if (oldest !== undefined) statements.delete(oldest);
    }
    statements.set(text, made);
    return made;
  };
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageFailureOf(error) ?? error;
  }
}

/**
 * The store over one open connection. Statements are prepared once. Transactions never nest: a nested one throws.
 * SQLite failures of the disk or the file become `storage-failed`; a broken constraint stays a SqliteError for the
 * caller.
 */
export function createStore(database: BetterSqlite3.Database, onCommit: () => void = () => undefined): Store {
  const statement = statementCache(database);
  const read: Reader = {
    all: <Row>({ text, values }: Sql) => guarded(() => statement(text).all(...values) as Row[]),
    get: <Row>({ text, values }: Sql) => guarded(() => statement(text).get(...values) as Row | undefined),
  };
  const kept = new Map<string, { readonly value: unknown; readonly finish: () => void }>();
  const writer: Writer = {
    ...read,
    shared: <T>(name: string, start: () => T, finish: (value: T) => void) => {
      const known = kept.get(name);
      if (known !== undefined) return known.value as T;
      const value = start();
      kept.set(name, { value, finish: () => finish(value) });
      return value;
    },
    run: ({ text, values }) =>
      guarded(() => {
        const { changes, lastInsertRowid } = statement(text).run(...values);
        return { changes, lastId: Number(lastInsertRowid) };
      }),
  };

  const transaction = <T>(work: (writer: Writer) => T): T => {
    if (database.inTransaction) throw new Error("Transactions do not nest.");
    guarded(() => statement("BEGIN IMMEDIATE").run());
    try {
      const result = work(writer);
      if (result instanceof Promise) throw new Error("A transaction never waits: its work must be synchronous.");
      for (const { finish } of kept.values()) finish();
      guarded(() => statement("COMMIT").run());
      onCommit();
      return result;
    } catch (error) {
      if (database.inTransaction) statement("ROLLBACK").run();
      throw error;
    } finally {
      kept.clear();
    }
  };
  const snapshot = <T>(work: () => T): T => {
    if (database.inTransaction) return work();
    guarded(() => statement("BEGIN").run());
    try {
      return work();
    } finally {
      if (database.inTransaction) statement("COMMIT").run();
    }
  };
  return { read, snapshot, transaction };
}
