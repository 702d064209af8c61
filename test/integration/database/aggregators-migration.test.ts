import { expect, it } from "vitest";
import { aggregatorsMigration } from "../../../src/main/database/migrations/0008-aggregators.ts";
import { sql, type Store } from "../../../src/main/database/sql.ts";
import { allConnections } from "../../../src/main/features/connections/store.ts";
import { filledFile } from "./filled-file.ts";

const upgraded = filledFile(aggregatorsMigration);

/** Connections 1 (removed), 3 and 7 of a file from before aggregators, 9 given and gone, an account behind 3. */
function oldFile(): Store {
  return upgraded((writer) => {
    for (const id of [1, 3, 7, 9]) {
      writer.run(sql`
        INSERT INTO work_connections (id, provider, name, environment, api_base_url, token_url, client_auth, can_read,
          concurrency, requests_per_second, connect_timeout_ms, headers_timeout_ms, body_timeout_ms, settle_window_ms,
          busy_retries, secrets, secret_saved_at_ms, built_in, created_at_ms, updated_at_ms, removed_at_ms)
        VALUES (${id}, 'finzly', ${`Bank ${id}`}, 'sandbox', 'https://api.bank.example',
          ${`https://sign-in.bank.example/${id}`}, 'body', 1, 4, 10, 100, 200, 300, 400, 5, ${Buffer.from([id])}, 6,
          ${Number(id === 7)}, 7, 8, ${id === 1 ? 9 : null})`);
    }
    writer.run(sql`DELETE FROM work_connections WHERE id = 9`);
    writer.run(sql`
      INSERT INTO cache_customers (connection_id, customer_uid, name, raw_json, read_at_ms)
      VALUES (3, '100482', 'Bluefin', '{}', 1)`);
  });
}

it("keeps every connection under its id, with its settings, its sealed secrets and what refers to it", () => {
  const store = oldFile();
  expect(allConnections(store.read).map(({ id, secrets, ...rest }) => ({ id, first: secrets?.[0], ...rest }))).toEqual(
    [3, 7].map((id) => ({
      id,
      first: id,
      provider: "finzly",
      name: `Bank ${id}`,
      environment: "sandbox",
      apiBaseUrl: "https://api.bank.example",
      tokenUrl: `https://sign-in.bank.example/${id}`,
      clientAuth: "body",
      canRead: true,
      concurrency: 4,
      requestsPerSecond: 10,
      connectTimeoutMs: 100,
      headersTimeoutMs: 200,
      bodyTimeoutMs: 300,
      settleWindowMs: 400,
      busyRetries: 5,
      secretSavedAtMs: 6,
      builtIn: id === 7,
      signInRefused: false,
    })),
  );
  expect(store.read.all(sql`SELECT id, removed_at_ms FROM work_connections WHERE id = 1`)).toEqual([
    { id: 1, removed_at_ms: 9 },
  ]);
  expect(store.read.all(sql`SELECT connection_id FROM cache_customers`)).toEqual([{ connection_id: 3 }]);
  expect(store.read.all(sql`PRAGMA foreign_key_check`)).toEqual([]);
});

it("still refuses an account of no connection, and gives no id a second time", () => {
  const store = oldFile();
  const insert = (connectionId: number) =>
    store.transaction((writer) =>
      writer.run(sql`
        INSERT INTO cache_customers (connection_id, customer_uid, name, raw_json, read_at_ms)
        VALUES (${connectionId}, '1', 'x', '{}', 1)`),
    );
  expect(() => insert(99)).toThrow(/FOREIGN KEY/u);
  const { lastId } = store.transaction((writer) =>
    writer.run(sql`
      INSERT INTO work_connections (provider, name, environment, api_base_url, can_read, concurrency,
        requests_per_second, connect_timeout_ms, headers_timeout_ms, body_timeout_ms, settle_window_ms, busy_retries,
        settings_json, built_in, created_at_ms, updated_at_ms)
      VALUES ('finicity', 'F', 'training', 'http://127.0.0.1:1', 1, 4, 10, 1, 2, 3, 4, 5, '{}', 1, 7, 8)`),
  );
  expect(lastId).toBe(10);
});
