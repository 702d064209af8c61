import { newCorrelationId } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { noteUnreadable, postponeSettling, settleByReading } from "./settle.ts";
import { unsettledChanges, type Unsettled } from "./store.ts";
import { mustFind } from "./transition.ts";

/**
 * Watches every change of unknown outcome and settles it once its settle window has passed. Windows end by the monotonic
 * clock from the moment they are first seen, so that a wall clock that jumps neither shortens nor stretches them.
 * Without a network, and while a connection's sign-in is refused, nothing is read and nothing polls.
 */
export interface SettleWatch {
  /**
   * Looks again, soon, at what is due; called whenever a change may have become unknown, the network is back or a
   * connection is usable again.
   */
  readonly look: () => void;
  /** Whether the settle window of the change has passed by the monotonic clock, whatever the wall clock says. */
  readonly windowIsOver: (change: Pick<ChangeRecord, "id" | "connectionId" | "settleAtMs">) => boolean;
  readonly stop: () => Promise<void>;
}

const mostAtOnce = 8;
const longestWindowMs = 3_600_000;
const widenMs = (tries: number): number => Math.min(300_000, 5000 * 2 ** Math.min(tries, 6));

interface End {
  readonly settleAtMs: number;
  readonly monotonicMs: number;
}

/** `settled` is told when a window was looked at: what waited for that change may go now. */
export function createSettleWatch(
  deps: SendDependencies,
  online: () => boolean,
  settled: () => void,
): SettleWatch {
  const abort = new AbortController();
  const failures = new Map<number, number>();
  const busy = new Set<number>();
  const ends = new Map<number, End>();
  let timer: NodeJS.Timeout | undefined;
  let planned: NodeJS.Immediate | undefined;
  let restUntilMs = 0;
  let running: Promise<unknown> = Promise.resolve();

  const settle = async ({ id, connectionId }: Unsettled): Promise<void> => {
    const change = mustFind(deps.store.read, id);
    try {
      if (!deps.connections.get(connectionId).canRead) noteUnreadable(deps, change);
      else await settleByReading(deps, change, { by: undefined, windowIsOver: true }, abort.signal);
      failures.delete(id);
      settled();
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof VostroFailure)) throw error;
      const tries = failures.get(id) ?? 0;
      failures.set(id, tries + 1);
      postponeSettling(deps, change, error.details.retryAfterMs ?? widenMs(tries), error.message);
      if (error.code === "sign-in-needed")
        deps.connections.markSignInRefused(connectionId, error.message, newCorrelationId());
    } finally {
      busy.delete(id);
    }
  };

  const endOf = ({ id, settleAtMs }: Unsettled): number => {
    const known = ends.get(id);
    if (known?.settleAtMs === settleAtMs) return known.monotonicMs;
    const leftMs = Math.min(longestWindowMs, settleAtMs - deps.clock.nowMs());
    const monotonicMs = deps.clock.monotonicMs() + leftMs;
    ends.set(id, { settleAtMs, monotonicMs });
    return monotonicMs;
  };

  const forgetSettled = (waiting: readonly Unsettled[]): void => {
    const open = new Set<number>(waiting.map(({ id }) => id));
    for (const id of ends.keys()) if (!open.has(id)) ends.delete(id);
    for (const id of failures.keys()) if (!open.has(id)) failures.delete(id);
  };

  const start = (change: Unsettled): void => {
    busy.add(change.id);
    running = Promise.all([running, settle(change)])
      .catch((error: unknown) => {
        deps.log.error("Settling failed", { change: change.id, error: String(error) });
        restUntilMs = deps.clock.monotonicMs() + 5000;
      })
      .finally(look);
  };

  const lookNow = (): void => {
    planned = undefined;
    clearTimeout(timer);
    if (abort.signal.aborted) return;
    const all = unsettledChanges(deps.store.read);
    forgetSettled(all);
    const refused = new Set(
      deps.connections
        .list()
        .filter(({ state }) => state === "sign-in-refused")
        .map(({ id }) => id),
    );
    const waiting = all.filter((change) => !busy.has(change.id)).map((change) => ({ change, endMs: endOf(change) }));
    if (!online()) return;
    const nowMs = deps.clock.monotonicMs();
    const readable = waiting.filter(({ change }) => !refused.has(change.connectionId));
    const due = restUntilMs > nowMs ? [] : readable.filter(({ endMs }) => endMs <= nowMs);
    for (const { change } of due.slice(0, Math.max(0, mostAtOnce - busy.size))) start(change);
    const later = readable.filter(({ endMs }) => restUntilMs > nowMs || endMs > nowMs);
    const nextMs = later.reduce((least, { endMs }) => Math.min(least, endMs), Number.POSITIVE_INFINITY);
    if (later.length > 0)
      timer = setTimeout(look, Math.max(20, Math.min(60_000, Math.max(restUntilMs, nextMs) - nowMs)));
  };

  const look = (): void => {
    if (!abort.signal.aborted) planned ??= setImmediate(lookNow);
  };

  return {
    look,
    windowIsOver: ({ id, connectionId, settleAtMs }) =>
      settleAtMs === undefined || endOf({ id, connectionId, settleAtMs }) <= deps.clock.monotonicMs(),
    stop: async () => {
      clearTimeout(timer);
      clearImmediate(planned);
      abort.abort();
      await running;
    },
  };
}
