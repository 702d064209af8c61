import type { ConnectionId } from "@contract";
import type { Publish } from "../../core/call-context.ts";
import type { Log } from "../../core/log.ts";
import { sql, type Reader, type Store, type Writer } from "../../database/sql.ts";

const rowsInOneStep = 100;
const stepsBetweenNews = 20;

function removedWithCache(reader: Reader): ConnectionId[] {
  return reader
    .all<{ id: ConnectionId }>(
      sql`SELECT id FROM work_connections AS c WHERE removed_at_ms IS NOT NULL
        AND (EXISTS (SELECT 1 FROM cache_accounts WHERE connection_id = c.id)
          OR EXISTS (SELECT 1 FROM cache_customers WHERE connection_id = c.id))`,
    )
    .map(({ id }) => id);
}

/** Drops up to `rowsInOneStep` accounts, then customers; false once nothing is left. */
function dropSome(writer: Writer, id: ConnectionId): boolean {
  const accounts = writer.run(sql`DELETE FROM cache_accounts
    WHERE id IN (SELECT id FROM cache_accounts WHERE connection_id = ${id} LIMIT ${rowsInOneStep})`);
  if (accounts.changes > 0) return true;
  const customers = writer.run(sql`DELETE FROM cache_customers
    WHERE id IN (SELECT id FROM cache_customers WHERE connection_id = ${id} LIMIT ${rowsInOneStep})`);
  return customers.changes > 0;
}

/** Drops what is cached of removed connections in short steps, so that nothing else has to wait for it. */
export interface RemovedAccounts {
  /** Begins, or goes on with, what an earlier run left. */
  readonly drop: () => void;
  /** Settles when nothing is left or `close` was called. */
  readonly done: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createRemovedAccounts(deps: {
  readonly store: Store;
  readonly log: Log;
  readonly publish: Publish;
}): RemovedAccounts {
  const { store, log, publish } = deps;
  let closed = false;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    const tell = (): void => publish("workspace.dataChanged", { topics: ["accounts", "status"] });
    for (let id = removedWithCache(store.read)[0]; id !== undefined; id = removedWithCache(store.read)[0]) {
      const current = id;
      for (let step = 1, more = true; more; step += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (closed) return;
        more = store.transaction((writer) => dropSome(writer, current));
        if (step % stepsBetweenNews === 0) tell();
      }
      tell();
    }
  };
  const drop = (): void => {
    running ??= run()
      .catch((error: unknown) => log.error("Cached accounts of a removed connection could not be dropped", { error }))
      .finally(() => {
        running = undefined;
      });
  };
  const done = async (): Promise<void> => {
    await running;
  };
  return {
    drop,
    done,
    close: async () => {
      closed = true;
      await running;
    },
  };
}
