import type { AccountId, ConnectionId, EventName, Person } from "../../../src/preload/contract/index.ts";
import type { CallContext, Publish } from "../../../src/main/core/call-context.ts";
import { createSecretBox } from "../../../src/main/core/secret-box.ts";
import { silentLog, type Log } from "../../../src/main/core/log.ts";
import { createAccountsService, type AccountsService } from "../../../src/main/features/accounts/service.ts";
import type { OpenChanges } from "../../../src/main/features/accounts/account-access.ts";
import type { AuditTrail } from "../../../src/main/features/audit/audit-trail.ts";
import { createAuditTrail } from "../../../src/main/features/audit/trail.ts";
import { createConnectionsService, type ConnectionsService } from "../../../src/main/features/connections/service.ts";
import { connectFinicity } from "../../../src/main/providers/finicity/client.ts";
import { connectFinzly } from "../../../src/main/providers/finzly/client.ts";
import type { ProviderAccount } from "../../../src/main/providers/provider.ts";
import { connectSignzy } from "../../../src/main/providers/signzy/client.ts";
import { openAsAuditor } from "../../support/fault-harness/read-file.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { turnableClock } from "../finzly/finzly-rig.ts";

export const maya: CallContext = {
  correlationId: "call-1",
  person: { id: 1, name: "Maya Lindqvist", role: "maker" } as Person,
};

export interface Bench {
  readonly file: ReturnType<typeof scratchFile>;
  readonly connections: ConnectionsService;
  readonly accounts: AccountsService;
  readonly clock: ReturnType<typeof turnableClock>;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly publish: Publish;
  readonly events: { readonly name: EventName; readonly payload: unknown }[];
  /** What changes would say of accounts; a test fills it. */
  readonly open: Map<
    AccountId,
    { id: number; kind: "update"; state: "draft" | "outcome-unknown"; fields: ("secCodes" | "reason")[] }
  >;
  readonly unfinished: Set<ConnectionId>;
  readonly close: () => Promise<void>;
}

/** Connections and accounts over a real encrypted file, as the app composes them. */
export function startBench(log: Log = silentLog): Bench {
  const file = scratchFile();
  const clock = turnableClock();
  const events: { name: EventName; payload: unknown }[] = [];
  const publish: Publish = (name, payload) => void events.push({ name, payload });
  const audit = createAuditTrail(clock);
  const open: Bench["open"] = new Map();
  const unfinished = new Set<ConnectionId>();
  const network = { trusted: () => [], proxyFor: async () => "DIRECT", clock, log };
  const connections = createConnectionsService({
    store: file.store,
    audit,
    secretBox: createSecretBox(file.key),
    clock,
    log,
    publish,
    providers: {
      finzly: (connection, credentials) => connectFinzly(connection, credentials, network),
      finicity: (connection, credentials, onRefused) => connectFinicity(connection, credentials, onRefused, network),
      signzy: (connection, credentials) => connectSignzy(connection, credentials, network),
    },
    hasUnfinishedChanges: (_reader, id) => unfinished.has(id),
  });
  const openChanges: OpenChanges = {
    forAccounts: (_reader, ids) => new Map([...open].filter(([id]) => ids.includes(id))),
    history: () => [],
  };
  const shared = { store: file.store, audit, connections, clock, log, publish };
  const accounts = createAccountsService({ ...shared, openChanges: () => openChanges });
  const close = async (): Promise<void> => {
    await accounts.close();
    await connections.close();
    file.dispose();
  };
  return { file, connections, accounts, clock, audit, log, publish, events, open, unfinished, close };
}

/** A connection nobody listens behind, for tests that only need a row. */
export function quietConnection(bench: Bench, name = "Quiet", canRead = true): ConnectionId {
  const { id } = bench.connections.save(
    {
      provider: "finzly",
      name,
      environment: "sandbox",
      apiBaseUrl: "https://api.bank.example/openbanking",
      tokenUrl: "https://sign-in.bank.example/token",
      clientAuth: "basic",
      canRead,
      concurrency: 4,
      requestsPerSecond: 100,
      connectTimeoutMs: 1000,
      headersTimeoutMs: 1000,
      bodyTimeoutMs: 1000,
      settleWindowMs: 30_000,
      busyRetries: 3,
      clientId: "client",
      clientSecret: "secret",
    },
    maya,
  );
  return id;
}

/** What a provider might say of an account. */
export function readAccount(accountUid: string, over: Partial<ProviderAccount> = {}): ProviderAccount {
  return {
    customerUid: "100482",
    accountUid,
    accountName: `Account ${accountUid}`,
    status: "Active",
    ledgerMinor: 100,
    known: { currency: "USD", accountSubType: "Checking" },
    facts: [],
    raw: {},
    ...over,
  };
}

/** Every plain table of the file, as one text. */
export function everyTable({ file }: Bench): string {
  const database = openAsAuditor(file.path, file.key);
  try {
    const tables = database
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
      .all();
    if (!tables.some(({ name }) => name === "cache_accounts")) throw new Error("The file has no accounts.");
    return tables.map(({ name }) => JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all())).join("\n");
  } finally {
    database.close();
  }
}

/** The audit trail's rows, oldest first. */
export function auditRows(
  bench: Bench,
): { action: string; summary: string; before_json: string | null; after_json: string | null }[] {
  const text = "SELECT action, summary, before_json, after_json FROM work_audit ORDER BY seq";
  return bench.file.store.read.all({ text, values: [] });
}
