import { VostroFailure } from "../../core/failures.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { noteUnreadable, postponeSettling, settleByReading } from "./settle.ts";
import { unsettledChanges } from "./store.ts";

/**
 * Watches every change of unknown outcome and settles it once its settle window has passed. Windows end by the monotonic
 * clock from the moment they are first seen, so that a wall clock that jumps neither shortens nor stretches them.
 */
export interface SettleWatch {
  /** Looks again at what is due; called whenever a change may have become unknown. */
  readonly look: () => void;
  readonly stop: () => Promise<void>;
}

const mostAtOnce = 8;
const widenMs = (tries: number): number => Math.min(300_000, 5000 * 2 ** Math.min(tries, 6));

export function createSettleWatch(deps: SendDependencies, online: () => boolean): SettleWatch {
  const abort = new AbortController();
  const failures = new Map<number, number>();
  const busy = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  const ends = new Map<number, { readonly settleAtMs: number; readonly monotonicMs: number }>();
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

  const endOf = ({ id, settleAtMs = 0 }: { readonly id: number; readonly settleAtMs: number | undefined }): number => {
    const known = ends.get(id);
    if (known?.settleAtMs === settleAtMs) return known.monotonicMs;
    const monotonicMs = deps.clock.monotonicMs() + settleAtMs - deps.clock.nowMs();
    ends.set(id, { settleAtMs, monotonicMs });
    return monotonicMs;
  };

  const look = (): void => {
    clearTimeout(timer);
    if (abort.signal.aborted) return;
    const waiting = unsettledChanges(deps.store.read).filter((change) => !busy.has(change.id));
    const nowMs = deps.clock.monotonicMs();
    for (const id of ends.keys()) if (!busy.has(id) && !waiting.some((change) => change.id === id)) ends.delete(id);
    const due = online() && restUntilMs <= nowMs ? waiting.filter((change) => endOf(change) <= nowMs).slice(0, Math.max(0, mostAtOnce - busy.size)) : [];
    for (const change of due) {
      busy.add(change.id);
      running = Promise.all([running, settle(change)]).catch((error: unknown) => {
        deps.log.error("Settling failed", { change: change.id, error: String(error) });
        restUntilMs = deps.clock.monotonicMs() + 5000;
      }).finally(look);
    }
    const rest = waiting.filter((change) => !due.includes(change)).map(endOf);
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
