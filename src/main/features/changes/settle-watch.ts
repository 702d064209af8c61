import { VostroFailure } from "../../core/failures.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { noteUnreadable, postponeSettling, settleByReading } from "./settle.ts";
import { unsettledChanges } from "./store.ts";

/** Watches every change of unknown outcome and settles it once its settle window has passed. */
export interface SettleWatch {
  /** Looks again at what is due; called whenever a change may have become unknown. */
  readonly look: () => void;
  readonly stop: () => Promise<void>;
}

const widenMs = (tries: number): number => Math.min(300_000, 5000 * 2 ** Math.min(tries, 6));

export function createSettleWatch(deps: SendDependencies, online: () => boolean): SettleWatch {
  const abort = new AbortController();
  const failures = new Map<number, number>();
  const busy = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let restUntilMs = 0;
  let running: Promise<unknown> = Promise.resolve();

  const settle = async (change: ReturnType<typeof unsettledChanges>[number]): Promise<void> => {
    try {
      if (!deps.connections.get(change.connectionId).canRead) noteUnreadable(deps, change);
      else await settleByReading(deps, change, undefined, abort.signal);
      failures.delete(change.id);
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof VostroFailure)) throw error;
      const tries = failures.get(change.id) ?? 0;
      failures.set(change.id, tries + 1);
      postponeSettling(deps, change, error.details.retryAfterMs ?? widenMs(tries), error.message);
    } finally {
      busy.delete(change.id);
    }
  };

  const look = (): void => {
    clearTimeout(timer);
    if (abort.signal.aborted) return;
    const waiting = unsettledChanges(deps.store.read).filter((change) => !busy.has(change.id));
    const nowMs = deps.clock.nowMs();
    const due = online() && restUntilMs <= nowMs ? waiting.filter((change) => (change.settleAtMs ?? 0) <= nowMs).slice(0, 8) : [];
    for (const change of due) {
      busy.add(change.id);
      running = Promise.all([running, settle(change)]).catch((error: unknown) => {
        deps.log.error("Settling failed", { change: change.id, error: String(error) });
        restUntilMs = deps.clock.nowMs() + 5000;
      }).finally(look);
    }
    const rest = waiting.filter((change) => !due.includes(change)).map((change) => change.settleAtMs ?? nowMs);
    if (rest.length > 0) timer = setTimeout(look, Math.max(50, Math.min(60_000, Math.max(restUntilMs, Math.min(...rest)) - nowMs)));
  };

  return {
    look,
    stop: async () => {
      clearTimeout(timer);
      abort.abort();
      await running;
    },
  };
}
