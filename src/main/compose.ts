import { namedHandlers, type AnyHandler, type Publish } from "./core/call-context.ts";
import type { Clock } from "./core/clock.ts";
import type { Connectivity } from "./core/connectivity.ts";
import type { Log } from "./core/log.ts";
import { auditHandlers } from "./features/audit/handlers.ts";
import { peopleHandlers } from "./features/people/handlers.ts";
import { trainingHandlers } from "./features/training/handlers.ts";
import { createTrainingService } from "./features/training/service.ts";
import { keepSnapshot, savedSnapshot } from "./features/training/snapshot-store.ts";
import type { StartServices } from "./features/workspace/workspace-services.ts";
import { finzlyFaultKinds, finzlyRoutes, startFinzlySimulator, type FinzlySnapshot } from "./training/finzly/index.ts";

export interface CompositionDependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly connectivity: Connectivity;
}

/** Starts what lives in an open workspace, in dependency order. */
export function createStartServices({ log, publish }: CompositionDependencies): StartServices {
  return async ({ summary, store, audit, people }) => {
    const endings: (() => void | Promise<void>)[] = [];
    const handlers = new Map<string, AnyHandler>([
      ...namedHandlers("audit", auditHandlers(audit, store)),
      ...namedHandlers("people", peopleHandlers(people, publish)),
    ]);
    if (summary.kind === "training") {
      const snapshot = savedSnapshot(store) as FinzlySnapshot | undefined;
      const provider = await startFinzlySimulator(snapshot === undefined ? {} : { snapshot });
      endings.push(() => provider.close(), keepSnapshot(provider, store, log));
      const training = createTrainingService({ provider, kinds: finzlyFaultKinds, routes: finzlyRoutes, store, audit: audit.trail });
      for (const [name, run] of namedHandlers("training", trainingHandlers(training, publish))) handlers.set(name, run);
    }
    return {
      handlers,
      environment: () => "sandbox",
      work: () => ({ drafts: 0, waiting: 0, sending: 0, attention: 0 }),
      lastLoadAtMs: () => undefined,
      stop: async () => {
        for (const end of endings.toReversed()) await end();
      },
    };
  };
}
