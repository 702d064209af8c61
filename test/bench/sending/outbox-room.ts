import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { personId, type AccountId, type ChangeId, type Connection, type FinzlyFields } from "@contract";
import type { CallContext } from "../../../src/main/core/call-context.ts";
import { newCorrelationId, systemClock as clock } from "../../../src/main/core/clock.ts";
import { silentLog as log } from "../../../src/main/core/log.ts";
import { createSecretBox } from "../../../src/main/core/secret-box.ts";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { createAccountsService, type AccountsService } from "../../../src/main/features/accounts/service.ts";
import { createAuditService } from "../../../src/main/features/audit/service.ts";
import { createChangesService, type ChangesService } from "../../../src/main/features/changes/service.ts";
import { createConnectionsService, type ConnectionsService } from "../../../src/main/features/connections/service.ts";
import { connectFinzly } from "../../../src/main/providers/finzly/client.ts";
import type { SimulatorAnswer } from "../simulator-process.ts";
import { noAggregators } from "../../support/no-aggregators.ts";

export interface SendOptions {
  readonly folder: string;
  readonly simulator: SimulatorAnswer;
  readonly concurrency: number;
  readonly canRead: boolean;
}

export interface PreparedRequest {
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

/** The services of an open workspace over an encrypted file on disk, with everything approved before the clock starts. */
export interface OutboxRoom {
  /** Drafts one change for every account and submits it; nothing leaves yet. */
  readonly approve: (round: number) => void;
  /** Lets the outbox go and resolves once nothing is approved, sending or unfinished any more. */
  readonly sendAll: () => Promise<void>;
  /** The exact requests of the last round, in the order they were made durable. */
  readonly requests: () => readonly PreparedRequest[];
  readonly accepted: () => number;
  /** What stands in the way of the first change that was not accepted. */
  readonly trouble: () => string | undefined;
  readonly close: () => Promise<void>;
}

const maker: CallContext["person"] = { id: personId.parse(1), name: "Ada Marlow", role: "administrator" };
const call = (): CallContext => ({ person: maker, correlationId: newCorrelationId() });

const fields = ({ concurrency, canRead, simulator }: SendOptions): FinzlyFields => ({
  provider: "finzly",
  name: "Finzly",
  environment: "sandbox",
  apiBaseUrl: simulator.apiBaseUrl,
  tokenUrl: simulator.tokenUrl,
  clientAuth: "basic",
  canRead,
  concurrency,
  requestsPerSecond: 10_000,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 60_000,
  settleWindowMs: 30_000,
  busyRetries: 0,
});

/** Fills the list by hand and, where the connection can read, with what the provider says. */
async function addAccounts(
  accounts: AccountsService,
  connection: Connection,
  { simulator, canRead, concurrency }: SendOptions,
): Promise<AccountId[]> {
  const ids = simulator.accounts.map(({ customerUID, accountUID, accountNumber }) => {
    const known = { accountType: "Deposit", accountSubType: "Checking", accountNumber, currency: "USD" };
    const input = {
      connectionId: connection.id,
      customerUid: customerUID,
      customerName: "Customer",
      accountUid: accountUID,
      known,
    };
    return accounts.addByHand(input, call()).id;
  });
  for (let first = 0; canRead && first < ids.length; first += concurrency) {
    await Promise.all(ids.slice(first, first + concurrency).map((id) => accounts.readAgain(id, call())));
  }
  return ids;
}

export async function openOutboxRoom(options: SendOptions): Promise<OutboxRoom> {
  const key = randomBytes(32);
  const file = openWorkspaceFile({ file: join(options.folder, "vostro.db"), key, create: true, nowMs: Date.now() });
  const { store } = file;
  const { trail } = createAuditService({ store, clock });
  const shared = { store, audit: trail, clock, log, publish: () => undefined };
  let going = false;
  const connections: ConnectionsService = createConnectionsService({
    ...shared,
    secretBox: createSecretBox(key),
    providers: {
      ...noAggregators,
      finzly: (connection, credentials) =>
        connectFinzly(connection, credentials, { clock, log, trusted: () => [], proxyFor: async () => "DIRECT" }),
    },
    hasUnfinishedChanges: (reader, id, which) => changes.openChanges.hasUnfinished(reader, id, which),
  });
  const accounts = createAccountsService({ ...shared, connections, openChanges: () => changes.openChanges });
  const changes: ChangesService = createChangesService({
    ...shared,
    accounts,
    connections,
    policy: () => ({ high: false, medium: false, low: false }),
    online: () => going,
  });
  const connection = connections.save(
    { ...fields(options), clientId: "training-client", clientSecret: "training-secret" },
    call(),
  );
  const ids = await addAccounts(accounts, connection, options);
  changes.start();
  let approved: ChangeId[] = [];

  return {
    approve: (round) => {
      going = false;
      approved = ids.map((accountId) => {
        const proposed = {
          creditExposureLimit: `${100_000 + round}.25`,
          debitExposureLimit: `${50_000 + round}.50`,
          reason: "Annual review",
        };
        const evidence = { keepMasked: [], reasonCategory: "Annual review", authorisationRef: "CR-1" };
        const { id, revision } = changes.saveDraft({ accountId, proposed, ...evidence }, call());
        changes.send({ id, revision }, call());
        return id;
      });
      file.checkpoint();
    },
    sendAll: async () => {
      going = true;
      changes.resume();
      while (changes.busy() > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    requests: () =>
      store.read.all<PreparedRequest>(sql`
        SELECT origin, path, body FROM work_attempts WHERE change_id >= ${approved[0] ?? 0} ORDER BY id`),
    accepted: () =>
      store.read.get<{ count: number }>(sql`
        SELECT count(*) AS count FROM work_changes WHERE id >= ${approved[0] ?? 0} AND state = 'accepted'`)?.count ?? 0,
    trouble: () => {
      const row = store.read.get<{ state: string; message: string | null }>(sql`
        SELECT state, message FROM work_changes WHERE id >= ${approved[0] ?? 0} AND state <> 'accepted' LIMIT 1`);
      return row === undefined ? undefined : `${row.state}: ${row.message ?? ""}`;
    },
    close: async () => {
      await changes.stop(2000);
      await accounts.close();
      await connections.close();
      file.close();
    },
  };
}
