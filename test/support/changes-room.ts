import type {
  AccountId,
  ChangeDetail,
  ChangeId,
  ChangeState,
  FinzlyConnection,
  FinzlyFields,
  OutputOf,
  Person,
  PersonId,
  ProposedFields,
  Settings,
} from "@contract";
import { personId } from "@contract";
import type { CallContext, Publish } from "../../src/main/core/call-context.ts";
import { newCorrelationId, systemClock, type Clock } from "../../src/main/core/clock.ts";
import { silentLog, type Log } from "../../src/main/core/log.ts";
import type { Restored } from "../../src/main/core/restored.ts";
import { createSecretBox } from "../../src/main/core/secret-box.ts";
import type { Store } from "../../src/main/database/sql.ts";
import { createAccountsService, type AccountsService } from "../../src/main/features/accounts/service.ts";
import { createAuditService, type AuditService } from "../../src/main/features/audit/service.ts";
import { createChangesService, type ChangesService } from "../../src/main/features/changes/service.ts";
import type { ProviderMakers } from "../../src/main/features/connections/live-providers.ts";
import { createConnectionsService, type ConnectionsService } from "../../src/main/features/connections/service.ts";
import type { AccountProvider } from "../../src/main/providers/provider.ts";
import { connectFinzly } from "../../src/main/providers/finzly/client.ts";
import {
  startFinzlySimulator,
  type FinzlySimulator,
  type FinzlySimulatorOptions,
} from "../../src/main/training/finzly/index.ts";
import { asFinzly } from "./as-finzly.ts";
import { noAggregators } from "./no-aggregators.ts";
import { scratchFile } from "./scratch-store.ts";

export interface RoomOptions {
  /** An encrypted file to work on; one of its own, gone with the room, when left out. */
  readonly file?: ReturnType<typeof scratchFile>;
  readonly simulator?: FinzlySimulator | FinzlySimulatorOptions;
  readonly connection?: Partial<FinzlyFields>;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly log?: Log;
  readonly secondPerson?: Settings["secondPerson"];
  readonly online?: () => boolean;
  readonly publish?: Publish;
  /** The file is not the newest one known here. */
  readonly restored?: Restored;
  /** Stands around the store every service works on. */
  readonly wrapStore?: (store: Store) => Store;
  /** Stands around the real provider. */
  readonly wrapProvider?: (provider: AccountProvider) => AccountProvider;
  /** Makes the provider of a Finicity connection; without it there is none. */
  readonly finicity?: ProviderMakers["finicity"];
  /** What else is composed before the first change is sent. */
  readonly beforeStart?: (services: RoomServices & { readonly store: Store }) => void;
}

/** The services of an open workspace as the app composes them. */
export interface RoomServices {
  readonly audit: AuditService;
  readonly connections: ConnectionsService;
  readonly accounts: AccountsService;
  readonly changes: ChangesService;
}

/** Real services over a real encrypted file, talking over HTTP to a real simulated Finzly. */
export interface ChangesRoom extends RoomServices {
  readonly file: ReturnType<typeof scratchFile>;
  readonly store: Store;
  readonly simulator: FinzlySimulator;
  readonly connection: FinzlyConnection;
  readonly maker: CallContext;
  /** The account as the list knows it, read from the provider or, where that cannot be, entered by hand. */
  account(customerUid: string, accountUid: string): Promise<AccountId>;
  /** A saved draft. */
  draft(accountId: AccountId, proposed: ProposedFields): ChangeDetail;
  /** A draft, submitted. */
  send(accountId: AccountId, proposed: ProposedFields): ChangeId;
  /** Resolves with the change once it is in one of the states. */
  until(id: ChangeId, ...states: readonly ChangeState[]): Promise<ChangeDetail>;
  /** Ends the services as on quitting, and leaves file and simulator. */
  stopServices(graceMs?: number): Promise<void>;
  /** Ends everything the room started. */
  dispose(): Promise<void>;
}

const ada: Person = { id: personId.parse(1), name: "Ada Marlow", role: "administrator" };
const noPolicy: Settings["secondPerson"] = { high: false, medium: false, low: false };

/** A connection that waits for nothing longer than a test must. */
export const quickFields = {
  environment: "sandbox",
  canRead: true,
  concurrency: 4,
  requestsPerSecond: 10_000,
  connectTimeoutMs: 1000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 10_000,
  settleWindowMs: 150,
  busyRetries: 2,
} as const;

/** A call made by the person. */
export function callBy(person: Person = ada): CallContext {
  return { person, correlationId: newCorrelationId() };
}

/** Another person of the workspace, for work that takes two. */
export function personNamed(id: number, name: string, role: Person["role"]): Person {
  return { id: id as PersonId, name, role };
}

/** The services over a store, as the app composes them. */
export function composeServices(options: RoomOptions, store: Store, key: Buffer): RoomServices {
  const { clock = systemClock, log = silentLog, publish = () => undefined } = options;
  const audit = createAuditService({ store, clock });
  const shared = { store, audit: audit.trail, clock, log, publish };
  const connections: ConnectionsService = createConnectionsService({
    ...shared,
    secretBox: createSecretBox(key),
    providers: {
      ...noAggregators,
      ...(options.finicity === undefined ? {} : { finicity: options.finicity }),
      finzly: (connection, credentials) => {
        const provider = connectFinzly(connection, credentials, {
          clock,
          log,
          trusted: () => [],
          proxyFor: async () => "DIRECT",
        });
        return options.wrapProvider?.(provider) ?? provider;
      },
    },
    hasUnfinishedChanges: (reader, id, which) => changes.openChanges.hasUnfinished(reader, id, which),
  });
  const accounts: AccountsService = createAccountsService({
    ...shared,
    connections,
    openChanges: () => changes.openChanges,
  });
  const changes: ChangesService = createChangesService({
    ...shared,
    accounts,
    connections,
    ...(options.random === undefined ? {} : { random: options.random }),
    policy: () => options.secondPerson ?? noPolicy,
    online: options.online ?? (() => true),
  });
  return { audit, connections, accounts, changes };
}

const isRunning = (given: RoomOptions["simulator"]): given is FinzlySimulator =>
  given !== undefined && "ledger" in given;

/**
 * Opens a room. With the file and simulator of an earlier room it is the same workspace after a restart; `changes.start()`
 * is called, so what a crash left is recovered.
 */
export async function openChangesRoom(options: RoomOptions = {}): Promise<ChangesRoom> {
  const file = options.file ?? scratchFile();
  const given = options.simulator;
  const simulator = isRunning(given) ? given : await startFinzlySimulator(given);
  const store = options.wrapStore?.(file.store) ?? file.store;
  const services = composeServices(options, store, file.key);
  const { accounts, changes, connections } = services;
  const maker = callBy();
  const { apiBaseUrl, tokenUrl } = simulator;
  const connection = asFinzly(
    connections.list()[0] ??
      connections.save(
        {
          ...quickFields,
          clientAuth: "basic",
          provider: "finzly",
          name: "Finzly",
          apiBaseUrl,
          tokenUrl,
          clientId: "training-client",
          clientSecret: "training-secret",
          ...options.connection,
        },
        maker,
      ),
  );
  options.beforeStart?.({ ...services, store });
  changes.start(options.restored);

  const draft: ChangesRoom["draft"] = (accountId, proposed) => {
    const evidence = { reason: "Annual review", ...proposed };
    return changes.saveDraft(
      { accountId, proposed: evidence, keepMasked: [], reasonCategory: "Annual review", authorisationRef: "CR-1" },
      callBy(),
    );
  };
  const stopServices = async (graceMs = 2000): Promise<void> => {
    await changes.stop(graceMs);
    await accounts.close();
    await connections.close();
  };
  return {
    ...services,
    file,
    store,
    simulator,
    connection,
    maker,
    account: async (customerUid, accountUid) => {
      const found = listed(accounts, customerUid, accountUid);
      if (found !== undefined) return found;
      const { id } = addByHand(accounts, connection, customerUid, accountUid);
      return connection.canRead ? (await accounts.readAgain(id, maker)).id : id;
    },
    draft,
    send: (accountId, proposed) => {
      const { id, revision } = draft(accountId, proposed);
      changes.send({ id, revision }, callBy());
      return id;
    },
    until: (id, ...states) => untilState(changes, id, states),
    stopServices,
    dispose: async () => {
      await stopServices(0);
      if (!isRunning(given)) await simulator.close();
      if (options.file === undefined) file.dispose();
    },
  };
}

function listed(accounts: AccountsService, customerUid: string, accountUid: string): AccountId | undefined {
  const page: OutputOf<"accounts.page"> = accounts.page({
    search: accountUid,
    sort: { column: "accountName", direction: "ascending" },
    limit: 200,
  });
  return page.rows.find((row) => row.customerUid === customerUid && row.accountUid === accountUid)?.id;
}

function addByHand(
  accounts: AccountsService,
  connection: FinzlyConnection,
  customerUid: string,
  accountUid: string,
): { readonly id: AccountId } {
  return accounts.addByHand(
    { connectionId: connection.id, customerUid, customerName: "Customer", accountUid, known: { currency: "USD" } },
    callBy(),
  );
}

const patienceMs = 20_000;

/** Resolves with the change once it is in one of the states. */
export async function untilState(
  changes: ChangesService,
  id: ChangeId,
  states: readonly ChangeState[],
): Promise<ChangeDetail> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const detail = changes.detail(id);
    if (states.includes(detail.state)) return detail;
    if (performance.now() > endMs) {
      throw new Error(
        `Change ${id} is ${detail.state} (${detail.message ?? "no message"}), not ${states.join(" or ")}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
