import type { ProviderKind } from "@contract";
import { namedHandlers, type HandlerRegistry, type Publish } from "./core/call-context.ts";
import type { Log } from "./core/log.ts";
import type { Store } from "./database/sql.ts";
import { trainingFinicity, trainingSignzy } from "./features/connections/built-in.ts";
import type { ConnectionsService } from "./features/connections/service.ts";
import { trainingHandlers } from "./features/training/handlers.ts";
import { createTrainingService } from "./features/training/service.ts";
import { keepSnapshot, savePort, savedPort, savedSnapshot } from "./features/training/snapshot-store.ts";
import type { WorkspaceBase } from "./features/workspace/workspace-services.ts";
import { createAggregator, type AggregatorSnapshot } from "./training/aggregator/index.ts";
import { finicityFaultKinds, finicityRoutes, startFinicitySimulator } from "./training/finicity/index.ts";
import {
  finzlyFaultKinds,
  finzlyRoutes,
  startFinzlySimulator,
  type FinzlySnapshot,
} from "./training/finzly/index.ts";
import { signzyFaultKinds, signzyRoutes, startSignzySimulator } from "./training/signzy/index.ts";

const finzlyCredentials = { clientId: "training-client", clientSecret: "training-secret" };
const finicityCredentials = {
  partnerId: "training-partner",
  partnerSecret: "training-secret",
  appKey: "training-app-key",
};
const signzyCredentials = { staticToken: "training-pre-production-token" };

export interface Training {
  readonly handlers: HandlerRegistry;
  readonly stop: () => Promise<void>;
}

interface TrainingParts {
  readonly log: Log;
  readonly publish: Publish;
}

/** At the port it had the last time, so that what was prepared for its address still goes there; else at a free one. */
async function atKeptPort<T extends { readonly origin: string }>(
  store: Store,
  name: ProviderKind,
  log: Log,
  start: (port: number) => Promise<T>,
): Promise<T> {
  const port = savedPort(store, name);
  let started: T;
  try {
    started = await start(port);
  } catch (error) {
    if (port === 0) throw error;
    log.warn("The simulated provider's port is taken; it moves to another.", { name, port, error });
    started = await start(0);
  }
  savePort(store, name, started.origin);
  return started;
}

/** The simulated providers of a training workspace, Finicity and Signzy over one aggregator, and their connections. */
export async function startTraining(
  { store, audit }: WorkspaceBase,
  connections: ConnectionsService,
  { log, publish }: TrainingParts,
): Promise<Training> {
  const finzlySnapshot = savedSnapshot(store, "finzly") as FinzlySnapshot | undefined;
  const finzly = await atKeptPort(store, "finzly", log, (port) =>
    startFinzlySimulator({
      ...finzlyCredentials,
      port,
      ...(finzlySnapshot === undefined ? {} : { snapshot: finzlySnapshot }),
    }),
  );
  const snapshot = savedSnapshot(store, "finicity") as AggregatorSnapshot | undefined;
  const aggregator = createAggregator(snapshot === undefined ? {} : { snapshot });
  const finicity = await atKeptPort(store, "finicity", log, (port) =>
    startFinicitySimulator({ ...finicityCredentials, aggregator, port }),
  );
  const signzy = await atKeptPort(store, "signzy", log, (port) =>
    startSignzySimulator({ ...signzyCredentials, aggregator, port }),
  );
  const stopKeeping = [
    keepSnapshot(finzly, "finzly", store, log),
    keepSnapshot(aggregator, "finicity", store, log),
  ];
  connections.ensureTraining({ apiBaseUrl: finzly.apiBaseUrl, tokenUrl: finzly.tokenUrl, ...finzlyCredentials });
  connections.ensureBuiltIn(trainingFinicity(finicity.origin), finicityCredentials);
  connections.ensureBuiltIn(trainingSignzy(signzy.origin), signzyCredentials);
  const service = createTrainingService({
    providers: [
      { kind: "finzly", name: "Finzly", provider: finzly, kinds: finzlyFaultKinds, routes: finzlyRoutes },
      { kind: "finicity", name: "Finicity", provider: finicity, kinds: finicityFaultKinds, routes: finicityRoutes },
      { kind: "signzy", name: "Signzy", provider: signzy, kinds: signzyFaultKinds, routes: signzyRoutes },
    ],
    store,
    audit: audit.trail,
  });
  return {
    handlers: namedHandlers("training", trainingHandlers(service, publish)),
    stop: async () => {
      await Promise.all([finzly.close(), finicity.close(), signzy.close()]);
      for (const stop of stopKeeping) stop();
      aggregator.close();
    },
  };
}
