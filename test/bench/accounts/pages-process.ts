import { randomBytes } from "node:crypto";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { AccountQuery, ConnectionFields } from "@contract";
import { applyMigrations } from "../../../src/main/database/migrate.ts";
import { migrations } from "../../../src/main/database/migrations/index.ts";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import { sql, type Reader, type Store } from "../../../src/main/database/sql.ts";
import { createStore } from "../../../src/main/database/store.ts";
import { accountPage } from "../../../src/main/features/accounts/account-page.ts";
import { insertConnection } from "../../../src/main/features/connections/store.ts";
import { answerParent } from "../child-process.ts";
import { customerNameOf, fillAccounts } from "./fill-accounts.ts";

export interface PagesQuestion {
  readonly folder: string;
  readonly accounts: number;
  readonly pages: number;
  readonly searches: number;
}

/** Times in ms, one a page or keystroke, the same work on each side. */
export interface PagesAnswer {
  readonly encrypted: readonly number[];
  readonly plain: readonly number[];
  readonly typed: readonly number[];
  readonly like: readonly number[];
}

const limit = 100;
const sorts: readonly AccountQuery["sort"][] = [
  { column: "customerName", direction: "ascending" },
  { column: "creditLimitMinor", direction: "descending" },
];

const connection: ConnectionFields = {
  provider: "finzly",
  name: "Finzly",
  environment: "sandbox",
  apiBaseUrl: "https://api.example",
  tokenUrl: "https://sign-in.example/token",
  clientAuth: "basic",
  canRead: true,
  concurrency: 8,
  requestsPerSecond: 10,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 60_000,
  settleWindowMs: 30_000,
  busyRetries: 5,
};

interface Opened {
  readonly store: Store;
  readonly close: () => void;
}

/** The same layout and settings without the cipher. */
function openPlain(path: string): Opened {
  const database = new Sqlite(path);
  for (const setting of ["journal_mode = WAL", "synchronous = FULL", "mmap_size = 0", "cache_size = -32000"])
    database.pragma(setting);
  applyMigrations(database, migrations, Date.now());
  return { store: createStore(database), close: () => database.close() };
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

/** Walks both files side by side, page by page, so that both meet the same weather. */
function walk(files: readonly [Reader, Reader], sort: AccountQuery["sort"], pages: number): [number[], number[]] {
  const times: [number[], number[]] = [[], []];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const query: AccountQuery = { sort, limit, ...(cursor === undefined ? {} : { cursor }) };
    let next: string | undefined;
    files.forEach((reader, side) => {
      times[side]?.push(timed(() => (next = accountPage(reader, query, undefined).nextCursor)));
    });
    cursor = next;
  }
  return times;
}

function keystrokes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => customerNameOf(index * 37 + 11).toLowerCase()).flatMap((name) =>
    [3, 4, 6, 9, name.length].map((length) => name.slice(0, length)),
  );
}

function search(reader: Reader, typed: string): [number, number] {
  const sort = { column: "customerName", direction: "ascending" } as const;
  const indexed = timed(() => accountPage(reader, { search: typed, sort, limit }, undefined));
  const like = timed(() =>
    reader.all(
      sql`SELECT * FROM cache_accounts WHERE search_text LIKE ${`%${typed}%`} ORDER BY customer_name, id LIMIT ${limit}`,
    ),
  );
  return [indexed, like];
}

async function measure({ folder, accounts, pages, searches }: PagesQuestion): Promise<PagesAnswer> {
  const key = randomBytes(32);
  const encryptedFile = openWorkspaceFile({ file: join(folder, "vostro.db"), key, create: true, nowMs: Date.now() });
  const plainFile = openPlain(join(folder, "plain.db"));
  for (const { store } of [encryptedFile, plainFile]) {
    const id = store.transaction((writer) => insertConnection(writer, connection, false, Date.now()));
    fillAccounts(store, id, accounts);
  }
  const readers = [encryptedFile.store.read, plainFile.store.read] as const;
  for (const sort of sorts) walk([...readers], sort, 5);
  const walks = sorts.map((sort) => walk([...readers], sort, pages));
  const found = keystrokes(searches).map((typed) => search(readers[0], typed));
  encryptedFile.close();
  plainFile.close();
  return {
    encrypted: walks.flatMap(([times]) => times),
    plain: walks.flatMap(([, times]) => times),
    typed: found.map(([indexed]) => indexed),
    like: found.map(([, like]) => like),
  };
}

answerParent(measure, async () => undefined);
