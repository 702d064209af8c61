import type { ProviderKind } from "@contract";
import type { Log } from "../../core/log.ts";
import { sql, type Store } from "../../database/sql.ts";

/** The settings' names of what is kept of each provider; Finzly's are older than the others. */
const names: Readonly<Record<ProviderKind, { readonly port: string; readonly snapshot: string }>> = {
  finzly: { port: "training-port", snapshot: "training-snapshot" },
  finicity: { port: "training-port-finicity", snapshot: "training-snapshot-aggregator" },
  signzy: { port: "training-port-signzy", snapshot: "training-snapshot-signzy" },
};

/** Something whose state is kept: it tells of every change. */
export interface Kept {
  readonly snapshot: () => unknown;
  readonly onApplied: (listener: () => void) => () => void;
}

const saveAfterMs = 250;

/** The port the simulated provider had the last time: what was prepared for its address then still goes there. */
export function savedPort(store: Store, of: ProviderKind): number {
  const row = store.read.get<{ value_json: string }>(
    sql`SELECT value_json FROM work_settings WHERE name = ${names[of].port}`,
  );
  const port = Number(row?.value_json ?? 0);
  return Number.isSafeInteger(port) && port >= 1024 && port <= 65_535 ? port : 0;
}

export function savePort(store: Store, of: ProviderKind, origin: string): void {
  const port = new URL(origin).port;
  store.transaction((writer) =>
    writer.run(sql`INSERT INTO work_settings (name, value_json) VALUES (${names[of].port}, ${port})
      ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`),
  );
}

/** What the simulated provider held when it was last saved; `undefined` the first time. */
export function savedSnapshot(store: Store, of: ProviderKind): unknown {
  const row = store.read.get<{ value_json: string }>(
    sql`SELECT value_json FROM work_settings WHERE name = ${names[of].snapshot}`,
  );
  return row === undefined ? undefined : JSON.parse(row.value_json);
}

/**
 * Saves what the provider holds 250 ms after it applied something, and once more when it ends, so that the training
 * workspace finds its accounts as it left them.
 */
export function keepSnapshot(provider: Kept, of: ProviderKind, store: Store, log: Log): () => void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    timer = undefined;
    try {
      const text = JSON.stringify(provider.snapshot());
      store.transaction((writer) =>
        writer.run(sql`INSERT INTO work_settings (name, value_json) VALUES (${names[of].snapshot}, ${text})
          ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`),
      );
    } catch (error) {
      log.error("The state of the simulated provider could not be saved.", { error });
    }
  };
  const forget = provider.onApplied(() => {
    timer ??= setTimeout(save, saveAfterMs);
  });
  return () => {
    forget();
    if (timer === undefined) return;
    clearTimeout(timer);
    save();
  };
}
