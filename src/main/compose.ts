import { namedHandlers, type Publish } from "./core/call-context.ts";
import type { Clipboard } from "./core/clipboard.ts";
import type { Clock } from "./core/clock.ts";
import type { Connectivity } from "./core/connectivity.ts";
import type { FileDialogs } from "./core/file-dialogs.ts";
import type { Log } from "./core/log.ts";
import { accountsHandlers } from "./features/accounts/handlers.ts";
import { createNumberCopies } from "./features/accounts/number-copies.ts";
import { createAccountsService } from "./features/accounts/service.ts";
import { auditHandlers } from "./features/audit/handlers.ts";
import { batchesHandlers } from "./features/batches/handlers.ts";
import { createBatchesService } from "./features/batches/service.ts";
import { changesHandlers } from "./features/changes/handlers.ts";
import { createChangesService, type ChangesService } from "./features/changes/service.ts";
import { connectionsHandlers } from "./features/connections/handlers.ts";
import { mostDangerous } from "./features/connections/most-dangerous.ts";
import { createConnectionsService } from "./features/connections/service.ts";
import { networkHandlers } from "./features/network/handlers.ts";
import { createNetworkService } from "./features/network/service.ts";
import { refreshesHandlers } from "./features/refreshes/handlers.ts";
import type { RefreshNotice } from "./features/refreshes/refresh-access.ts";
import { peopleHandlers } from "./features/people/handlers.ts";
import type { StartServices } from "./features/workspace/workspace-services.ts";
import { composeStagingFiles } from "./compose-batches.ts";
import { composeRefreshes } from "./compose-refreshes.ts";
import { startTraining } from "./compose-training.ts";
import { createTrustedCertificates } from "./http/trusted-certificates.ts";
import { connectFinicity } from "./providers/finicity/client.ts";
import { connectFinzly } from "./providers/finzly/client.ts";
import { connectSignzy } from "./providers/signzy/client.ts";

export interface CompositionDependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly connectivity: Connectivity;
  /** The system's proxy for an origin: "DIRECT", "PROXY host:port". */
  readonly proxyFor: (origin: string) => Promise<string>;
  readonly dialogs: FileDialogs;
  /** A notice of the system's own. */
  readonly notify: (notice: RefreshNotice) => void;
  readonly clipboard: Clipboard;
}

const sendingGraceMs = 3000;

/** Starts what lives in an open workspace, in dependency order; what was left unfinished goes on at once. */
export function createStartServices(given: CompositionDependencies): StartServices {
  const { clock, log, publish, connectivity, proxyFor } = given;
  const trustedByAll = createTrustedCertificates();
  return async (base) => {
    const { store, audit, people, secretBox, settings } = base;
    const shared = { store, audit: audit.trail, clock, log, publish };
    const late: { changes?: ChangesService } = {};
    const changesOf = (): ChangesService => {
      if (late.changes === undefined) throw new Error("The changes are not there yet.");
      return late.changes;
    };
    const extra = createNetworkService({
      ...shared,
      dialogs: given.dialogs,
      trustChanged: () => connections.renew(),
    });
    const network = { trusted: () => [...trustedByAll(), ...extra.trusted()], proxyFor, clock, log };
    const connections = createConnectionsService({
      ...shared,
      secretBox,
      providers: {
        finzly: (connection, credentials) => connectFinzly(connection, credentials, network),
        finicity: (connection, credentials, onRefused) =>
          connectFinicity(connection, credentials, onRefused, network),
        signzy: (connection, credentials) => connectSignzy(connection, credentials, network),
      },
      hasUnfinishedChanges: (reader, id, which) => changesOf().openChanges.hasUnfinished(reader, id, which),
    });
    const accounts = createAccountsService({ ...shared, connections, openChanges: () => changesOf().openChanges });
    const changes = createChangesService({
      ...shared,
      accounts,
      connections,
      policy: () => settings().secondPerson,
      online: connectivity.online,
    });
    late.changes = changes;
    const copies = createNumberCopies({ ...shared, clipboard: given.clipboard });
    const files = composeStagingFiles(base, log);
    const batches = createBatchesService({
      ...shared,
      accounts,
      connections,
      changes: changes.batches,
      policy: () => settings().secondPerson,
      dialogs: given.dialogs,
      files,
    });
    const refreshes = composeRefreshes({
      ...shared,
      connections,
      accounts,
      online: connectivity.online,
      notify: given.notify,
    });
    const training = base.summary.kind === "training" ? await startTraining(base, connections, given) : undefined;
    const forgetNetwork = connectivity.onChange((online) => {
      if (!online) return;
      changes.resume();
      refreshes.resume();
    });
    batches.recover();
    changes.start(base.restored);
    batches.start();
    refreshes.begin();
    return {
      handlers: new Map([
        ...namedHandlers("audit", auditHandlers(audit, store)),
        ...namedHandlers("people", peopleHandlers(people, publish)),
        ...namedHandlers("connections", connectionsHandlers(connections)),
        ...namedHandlers("network", networkHandlers(extra)),
        ...namedHandlers("accounts", accountsHandlers(accounts, given.dialogs, copies)),
        ...namedHandlers("changes", changesHandlers(changes)),
        ...namedHandlers("batches", batchesHandlers(batches)),
        ...namedHandlers("refreshes", refreshesHandlers(refreshes, given.dialogs)),
        ...(training?.handlers ?? []),
      ]),
      environment: () => mostDangerous(connections.list()),
      work: () => {
        const { drafts, waiting, attention } = changes.counts(store.read);
        return { drafts, waiting, sending: changes.underWay(store.read), attention };
      },
      underWay: () => ({ sending: changes.busy(), changes: changes.underWay(store.read), batches: batches.underWay() }),
      lastLoadAtMs: () => accounts.lastLoadAtMs(store.read),
      storageTrouble: changes.storageTrouble,
      rest: batches.rest,
      stop: async () => {
        forgetNetwork();
        await batches.stopAll();
        await refreshes.stop();
        await changes.stop(sendingGraceMs);
        await copies.close();
        await accounts.close();
        await connections.close();
        await training?.stop();
        files.forgetKey();
      },
    };
  };
}
