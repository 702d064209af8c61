import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { migrations } from "../../../src/main/database/migrations/index.ts";
import type { Migration } from "../../../src/main/database/migrations/migration.ts";
import { openWorkspaceFile, type WorkspaceFile } from "../../../src/main/database/open.ts";
import { sql, type Store, type Writer } from "../../../src/main/database/sql.ts";

export const nowMs = 1_700_000_000_000;

/** A file of before a step, filled, then taken through that step and all after it; one for each test. */
export function filledFile(step: Migration): (fill: (writer: Writer) => void) => Store {
  const key = randomBytes(32);
  let folder = "";
  let open: WorkspaceFile | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vostro-filled-"));
  });
  afterEach(() => {
    open?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const fileOf = (steps: readonly Migration[], create = false): Store => {
    open?.close();
    open = openWorkspaceFile({ file: join(folder, "vostro.db"), key, create, nowMs, migrations: steps });
    return open.store;
  };
  return (fill) => {
    fileOf(migrations.filter(({ number }) => number < step.number), true).transaction(fill);
    return fileOf(migrations);
  };
}

/** A connection of a file from step 8 on. */
export function insertConnection(writer: Writer, id: number, url = "https://api.bank.example", provider = "finzly"): void {
  writer.run(sql`
    INSERT INTO work_connections (id, provider, name, environment, api_base_url, can_read, concurrency,
      requests_per_second, connect_timeout_ms, headers_timeout_ms, body_timeout_ms, settle_window_ms, busy_retries,
      settings_json, built_in, created_at_ms, updated_at_ms)
    VALUES (${id}, ${provider}, ${`Bank ${id}`}, 'sandbox', ${url}, 1, 4, 10, 1, 2, 3, 4, 5, '{}', 0, 7, 8)`);
}

/** An account behind connection 1, as any file from step 3 on holds it. */
export function insertAccount(writer: Writer, id: number): void {
  writer.run(sql`
    INSERT INTO cache_accounts (id, connection_id, customer_uid, customer_name, account_uid, account_name, last4, type,
      status, currency, funding_basis, ledger_minor, debit_limit_minor, credit_limit_minor, ach_company_id, read_at_ms,
      known_json, facts_json, raw_json, search_text)
    VALUES (${id}, 1, 'C', 'Customer', ${`A${id}`}, ${`Account ${id}`}, '1234', 'Checking', 'active', 'USD', 'unknown',
      0, 0, 0, '', 5, '{"atMs":5,"seq":0,"values":{}}', '[]', '{}', 'x')`);
}

/** A change as any file from step 4 on holds it. */
export function insertChange(
  writer: Writer,
  { accountId = 1, connectionId = 1, accountUid, state, queueSeq }: {
    readonly accountId?: number;
    readonly connectionId?: number;
    readonly accountUid: string;
    readonly state: string;
    readonly queueSeq: number;
  },
): void {
  writer.run(sql`
    INSERT INTO work_changes (account_id, connection_id, customer_uid, account_uid, state, currency, base_json,
      proposed_json, queue_seq, made_by_id, made_by_name, created_at_ms, updated_at_ms)
    VALUES (${accountId}, ${connectionId}, 'C', ${accountUid}, ${state}, 'USD', '{}', '{}', ${queueSeq}, 1, 'Ada', 0, 0)`);
}
