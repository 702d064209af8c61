import type { ConnectionId } from "@contract";
import { newCorrelationId } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import { compareOne } from "./compare-one.ts";
import { toCompare } from "./restored-store.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { mustFind, type Deed } from "./transition.ts";

/** Compares what a restored file holds back, in the background, when a person asks for it. */
export interface Comparing {
  /** Does nothing while it runs. */
  readonly start: (by: Deed["person"]) => void;
  readonly isRunning: () => boolean;
  /** Why some could not be compared the last time, in words. */
  readonly trouble: () => string | undefined;
  readonly stop: () => Promise<void>;
}

const atOnce = 8;
const pageSize = 200;

export function createComparing(deps: SendDependencies, afterwards: () => void): Comparing {
  const abort = new AbortController();
  let running: Promise<void> | undefined;
  let trouble: string | undefined;

  const compare = async (by: Deed["person"]): Promise<void> => {
    const unreachable = new Set<ConnectionId>();
    let afterId = 0;
    let page = toCompare(deps.store.read, afterId, pageSize);
    const next = () => {
      if (page.length === 0) page = toCompare(deps.store.read, afterId, pageSize);
      const id = page.shift();
      if (id !== undefined) afterId = id;
      return id;
    };
    const worker = async (): Promise<void> => {
      for (let id = next(); id !== undefined && !abort.signal.aborted; id = next()) {
        const { connectionId } = mustFind(deps.store.read, id);
        if (unreachable.has(connectionId)) continue;
        try {
          await compareOne(deps, id, by, abort.signal);
        } catch (error) {
          if (abort.signal.aborted) return;
          if (!(error instanceof VostroFailure)) throw error;
          trouble = `${error.message} What could not be compared stays held.`;
          if (error.code !== "conflict") unreachable.add(connectionId);
          if (error.code === "sign-in-needed")
            deps.connections.markSignInRefused(connectionId, error.message, newCorrelationId());
        }
        deps.announce(true);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };

  return {
    start: (by) => {
      if (running !== undefined || abort.signal.aborted) return;
      trouble = undefined;
      running = compare(by)
        .catch((error: unknown) => {
          deps.log.error("Comparing with the provider failed", { error: String(error) });
          trouble = "Something in Vostro went wrong while comparing. What was not compared stays held.";
        })
        .finally(() => {
          running = undefined;
          deps.announce(true);
          afterwards();
        });
    },
    isRunning: () => running !== undefined,
    trouble: () => trouble,
    stop: async () => {
      abort.abort();
      await running;
    },
  };
}
