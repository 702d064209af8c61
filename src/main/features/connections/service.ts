import type {
  Connection,
  ConnectionFields,
  ConnectionId,
  TestStep,
} from "@contract";
import type { CallContext, Publish } from "../../core/call-context.ts";
import { newCorrelationId, type Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import type { SecretBox } from "../../core/secret-box.ts";
import type { Reader, Store, Writer } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { atAddressOf, trainingFinzly } from "./built-in.ts";
import type { ConnectionAccess } from "./connection-access.ts";
import { checkConnection, fieldsOf, secretsGiven, tidied, type ConnectionInput } from "./connection-fields.ts";
import { createLiveProviders, type ProviderMakers } from "./live-providers.ts";
import { createRemovedAccounts } from "./removed-accounts.ts";
import { needsNewSecrets, openSecrets, sealCredentials, secretWords, type Credentials } from "./secrets.ts";
import {
  allConnections,
  insertConnection,
  markRemoved,
  providerKindOf,
  saveSecrets,
  setSignInRefused,
  updateConnection,
  type StoredConnection,
} from "./store.ts";

export interface ConnectionsDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly providers: ProviderMakers;
  /** Whether changes of the connection are not finished, or such as were submitted: asked before it goes or moves. */
  readonly hasUnfinishedChanges: (reader: Reader, id: ConnectionId, which: "any" | "submitted") => boolean;
}

export interface TrainingAddress {
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type ConnectionsService = ReturnType<typeof createConnectionsService>;

/** Connections to providers: their settings, their sealed credentials, and one live provider each. */
export function createConnectionsService(deps: ConnectionsDependencies) {
  const { store, audit, secretBox, clock, log, publish } = deps;
  const pausedUntilMs = new Map<ConnectionId, number>();
  const listeners = new Set<(id: ConnectionId) => void>();
  const closing = new AbortController();
  const removedAccounts = createRemovedAccounts(deps);
  let known: ReadonlyMap<ConnectionId, StoredConnection> | undefined;
  const settings = new WeakMap<StoredConnection, ConnectionFields>();

  const stored = (): ReadonlyMap<ConnectionId, StoredConnection> => {
    known ??= new Map(allConnections(store.read).map((connection) => [connection.id, connection]));
    return known;
  };
  const find = (id: ConnectionId): StoredConnection => {
    const connection = stored().get(id);
    if (connection === undefined) throw new VostroFailure("not-found", "There is no such connection.");
    return connection;
  };
  const settingsIn = (connection: StoredConnection): ConnectionFields => {
    const fields = settings.get(connection) ?? fieldsOf(connection);
    settings.set(connection, fields);
    return fields;
  };
  const shown = (connection: StoredConnection): Connection => {
    const { id, builtIn, signInRefused, secretSavedAtMs } = connection;
    const until = pausedUntilMs.get(id);
    const paused = until !== undefined && until > clock.nowMs();
    return {
      ...settingsIn(connection),
      id,
      builtIn,
      state: signInRefused ? "sign-in-refused" : paused ? "paused" : "ready",
      ...(secretSavedAtMs === undefined ? {} : { secretSavedAtMs }),
      ...(paused ? { pausedUntilMs: until } : {}),
    };
  };
  const written = <T>(work: (writer: Writer) => T): T => {
    try {
      return store.transaction(work);
    } finally {
      known = undefined;
    }
  };
  const announce = (): void => publish("workspace.dataChanged", { topics: ["connections", "status", "audit"] });
  const ready = (id: ConnectionId): void => {
    for (const listener of listeners) listener(id);
  };
  const live = createLiveProviders({
    makers: deps.providers,
    connection: (id) => shown(find(id)),
    secrets: (id) => openSecrets(secretBox, find(id), find(id).secrets),
    refused: (id, message) => access.markSignInRefused(id, message, newCorrelationId()),
    log,
  });
  const closeProvider = (id: ConnectionId): void => {
    live.end(id);
    pausedUntilMs.delete(id);
  };

  /** What was approved for one address must not go to another, nor be judged by what another holds. */
  const refuseToMove = (writer: Writer, before: StoredConnection, input: ConnectionInput): void => {
    const moves = before.apiBaseUrl !== input.apiBaseUrl || before.environment !== input.environment;
    if (!moves || !deps.hasUnfinishedChanges(writer, before.id, "submitted")) return;
    const message =
      "Changes of this connection are on their way to its present address. Wait for them or withdraw them first, or add " +
      "another connection.";
    const path = before.apiBaseUrl === input.apiBaseUrl ? "environment" : "apiBaseUrl";
    throw new VostroFailure("conflict", message, { fields: [{ path, message }] });
  };

  const keep = (writer: Writer, input: ConnectionInput, context: CallContext): ConnectionId => {
    const before = input.id === undefined ? undefined : find(input.id);
    if (before !== undefined) refuseToMove(writer, before, input);
    const fields = fieldsOf(input);
    const atMs = clock.nowMs();
    const id = before?.id ?? insertConnection(writer, fields, false, atMs);
    if (before !== undefined) updateConnection(writer, id, fields, atMs);
    const given = secretsGiven(input);
    if (given !== undefined) saveSecrets(writer, id, sealCredentials(secretBox, { ...fields, id }, given), atMs);
    const secrets = given === undefined ? "" : `, with a new ${secretWords(fields)}`;
    audit.append(writer, {
      action: before === undefined ? "connection.added" : "connection.edited",
      subject: `connection ${id}`,
      summary: `${before === undefined ? "Added" : "Edited"} the connection ${fields.name}${secrets}`,
      person: context.person,
      correlationId: context.correlationId,
      ...(before === undefined ? {} : { before: settingsOf(before) }),
      after: settingsOf(fields),
    });
    return id;
  };

  const access: ConnectionAccess = {
    list: () => [...stored().values()].map(shown),
    get: (id) => shown(find(id)),
    kindOf: (id) => stored().get(id)?.provider ?? providerKindOf(store.read, id),
    provider: live.accounts,
    aggregator: live.aggregator,
    markSignInRefused: (id, message, correlationId) => {
      if (find(id).signInRefused) return;
      written((writer) => {
        setSignInRefused(writer, id, true);
        const summary = `${find(id).name}: ${message}`;
        audit.append(writer, {
          action: "connection.sign-in-refused",
          subject: `connection ${id}`,
          summary,
          correlationId,
        });
      });
      announce();
    },
    markPaused: (id, untilMs) => {
      if (untilMs === undefined) pausedUntilMs.delete(id);
      else pausedUntilMs.set(id, untilMs);
      publish("workspace.dataChanged", { topics: ["connections"] });
    },
    onReady: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  /**
   * Failure input-invalid names every field at fault; not-allowed for the built-in connection; conflict when address or
   * environment change while submitted changes are not finished.
   */
  const save = (given: ConnectionInput, context: CallContext): Connection => {
    const input = tidied(given);
    const before = input.id === undefined ? undefined : find(input.id);
    const moved = before !== undefined && needsNewSecrets(before, input);
    if (
      before?.builtIn === true &&
      (moved || input.environment !== before.environment || secretsGiven(input) !== undefined)
    ) {
      throw new VostroFailure(
        "not-allowed",
        "The address and sign-in of the built-in connection are given at start and cannot be changed.",
      );
    }
    checkConnection(input, before, [...stored().values()]);
    const id = written((writer) => keep(writer, input, context));
    closeProvider(id);
    announce();
    ready(id);
    return access.get(id);
  };

  /** Tries the saved connection. An accepted sign-in makes a refused connection usable again. */
  const test = async (id: ConnectionId, context: CallContext): Promise<TestStep[]> => {
    const connection = find(id);
    const steps = await live.either(id).test(closing.signal);
    const accepted = steps.some((step) => step.step === "sign-in" && step.verdict === "yes");
    const failed = steps.filter((step) => step.verdict === "no");
    const result = failed.length === 0 ? "all that was tried works" : failed.map((step) => step.sentence).join(" ");
    written((writer) => {
      if (accepted) setSignInRefused(writer, id, false);
      const summary = `Tested the connection ${connection.name}: ${result}`;
      const { person, correlationId } = context;
      audit.append(writer, {
        action: "connection.tested",
        subject: `connection ${id}`,
        summary,
        person,
        correlationId,
      });
    });
    announce();
    if (accepted) ready(id);
    return steps;
  };

  /** Failure conflict while changes of it are not finished, not-allowed for the built-in one. */
  const remove = (id: ConnectionId, context: CallContext): void => {
    const connection = find(id);
    if (connection.builtIn) throw new VostroFailure("not-allowed", "The built-in connection cannot be removed.");
    written((writer) => {
      if (deps.hasUnfinishedChanges(writer, id, "any")) {
        throw new VostroFailure(
          "conflict",
          "This connection has changes that are not finished. Finish or withdraw them first.",
        );
      }
      markRemoved(writer, id, clock.nowMs());
      audit.append(writer, {
        action: "connection.removed",
        subject: `connection ${id}`,
        summary: `Removed the connection ${connection.name}, its sign-in and its cached accounts`,
        person: context.person,
        before: settingsOf(connection),
        correlationId: context.correlationId,
      });
    });
    closeProvider(id);
    removedAccounts.drop();
    publish("workspace.dataChanged", { topics: ["connections", "accounts", "status", "audit"] });
  };

  /** Makes or brings up to date a connection of the training workspace's own; its address changes with every start. */
  const ensureBuiltIn = (fresh: ConnectionFields, credentials: Credentials): Connection => {
    const before = [...stored().values()].find((one) => one.builtIn && one.provider === fresh.provider);
    const id = written((writer) => {
      const atMs = clock.nowMs();
      const fields = before === undefined ? fresh : atAddressOf(fieldsOf(before), fresh);
      const keptId = before?.id ?? insertConnection(writer, fields, true, atMs);
      if (before !== undefined) updateConnection(writer, keptId, fields, atMs);
      saveSecrets(writer, keptId, sealCredentials(secretBox, { ...fields, id: keptId }, credentials), atMs);
      if (before === undefined) {
        const summary = `Added the built-in connection ${fields.name}`;
        audit.append(writer, {
          action: "connection.added",
          subject: `connection ${keptId}`,
          summary,
          correlationId: newCorrelationId(),
        });
      }
      return keptId;
    });
    closeProvider(id);
    ready(id);
    return access.get(id);
  };

  const ensureTraining = ({ apiBaseUrl, tokenUrl, clientId, clientSecret }: TrainingAddress): Connection =>
    ensureBuiltIn(trainingFinzly(apiBaseUrl, tokenUrl), { clientId, clientSecret });

  /** Ends every live connection; the next request makes it anew. What is under way ends by itself. */
  const renew = (): void => {
    for (const id of stored().keys()) {
      closeProvider(id);
      ready(id);
    }
  };

  const close = async (): Promise<void> => {
    closing.abort();
    await removedAccounts.close();
    await live.endAll();
  };

  removedAccounts.drop();
  return { ...access, save, test, remove, renew, removedAccounts, ensureBuiltIn, ensureTraining, close };
}

/**
 * The settings as the audit trail keeps them: no secret, no sealed secret. Named so that masking by key leaves them.
 */
function settingsOf(given: ConnectionFields): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(given);
  if (fields.provider !== "finzly") return fields;
  const { tokenUrl, ...rest } = fields;
  return { ...rest, signInAddress: tokenUrl };
}
