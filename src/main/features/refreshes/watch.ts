import type { RefreshId } from "@contract";
import { newCorrelationId } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import { lookDelayMs, watchedStates } from "./lifecycle.ts";
import { applyLook, lookDeed, type Look } from "./looking.ts";
import type { RefreshDependencies } from "./refresh-access.ts";
import type { RefreshRecord } from "./refresh-record.ts";
import { keep } from "./sending.ts";
import { refreshesIn } from "./store.ts";
import { surely } from "./surely.ts";
import type { Deed } from "./transition.ts";

export interface RefreshWatch {
  /** Plans the next look; call it whenever a refresh came under watch or something it waits for changed. */
  readonly plan: () => void;
  /** Reads the records of one now. Throws what the read throws. */
  readonly look: (refresh: RefreshRecord, deed: Deed) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const longestReadMs = 120_000;
const mostAtOnce = 2;
/** A look begins or ends later than this only when nobody was watching: offline, sign-in refused, asleep. */
const slackMs = 10_000;

interface Watched {
  /** Monotonic: when it was last reckoned with, and when it is looked at next. */
  sinceMs: number;
  dueMs: number;
  /** Watched since what its row says. */
  addedMs: number;
  /** Nobody was watching for a part of the time since the last look. */
  gap: boolean;
}

/**
 * Reads the records of refreshes that go on without their request, at widening intervals, while this computer is
 * online. How long one is watched counts on the monotonic clock and only while it really is: no longer than a look was
 * planned to take, because that clock may run on during sleep. Never posts.
 */
export function createRefreshWatch(deps: RefreshDependencies, announce: () => void): RefreshWatch {
  const { clock, store } = deps;
  const delayMs = deps.lookDelayMs ?? lookDelayMs;
  const closing = new AbortController();
  const watched = new Map<RefreshId, Watched>();
  const busy = new Map<RefreshId, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  const reckon = (entry: Watched | undefined, plannedMs: number): void => {
    if (entry === undefined) return;
    const nowMs = clock.monotonicMs();
    const mostMs = Math.max(0, plannedMs) + slackMs;
    const passedMs = nowMs - entry.sinceMs;
    entry.addedMs += Math.min(passedMs, mostMs);
    if (passedMs > mostMs) entry.gap = true;
    entry.sinceMs = nowMs;
  };

  const readAndApply = async (refresh: RefreshRecord, deed: () => Deed, throws: boolean): Promise<void> => {
    const connection = deps.connections.list().find(({ id }) => id === refresh.connectionId);
    const look = async (more: Pick<Look, "records" | "trouble">, askedMs?: number): Promise<void> => {
      const nextInMs = (looks: number): number => Math.max(delayMs(looks), askedMs ?? 0);
      const known = watched.get(refresh.id);
      reckon(known, longestReadMs);
      const blind = more.records === undefined && known?.gap === true;
      const giveUpMs = blind ? Number.POSITIVE_INFINITY : (connection?.refreshGiveUpMs ?? 0);
      const given = { ...more, watchedMs: refresh.watchedMs + (known?.addedMs ?? 0), giveUpMs, nextInMs };
      const notice = await surely(store, closing.signal, (writer) =>
        applyLook(deps, writer, refresh.id, { ...given, deed: deed() }),
      );
      if (known !== undefined)
        Object.assign(known, { addedMs: 0, gap: false, dueMs: clock.monotonicMs() + nextInMs(refresh.looks + 1) });
      if (more.records !== undefined) keep(deps, refresh, more.records, keepRecords, refresh.customerId);
      announce();
      if (notice !== undefined) deps.notify(notice);
    };
    const keepRecords = deps.beginRead(refresh.connectionId);
    const entry = watched.get(refresh.id);
    reckon(entry, (entry?.dueMs ?? 0) - (entry?.sinceMs ?? 0));
    try {
      if (connection === undefined) return await look({ records: undefined, trouble: "its connection was removed." });
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(longestReadMs)]);
      const records = await deps.connections.aggregator(refresh.connectionId).readRecords(refresh.customerId, signal);
      await look({ records });
    } catch (error) {
      if (closing.signal.aborted) return;
      if (!(error instanceof VostroFailure)) throw error;
      if (error.code === "sign-in-needed")
        deps.connections.markSignInRefused(refresh.connectionId, error.message, newCorrelationId());
      await look({ records: undefined, trouble: error.message }, error.details.retryAfterMs);
      if (throws) throw error;
    }
  };

  const start = (refresh: RefreshRecord, deed: () => Deed, throws: boolean): Promise<void> => {
    const running = busy.get(refresh.id);
    if (running !== undefined) return running;
    const made = readAndApply(refresh, deed, throws).finally(() => {
      busy.delete(refresh.id);
      plan();
    });
    busy.set(refresh.id, made);
    return made;
  };

  const background = (refresh: RefreshRecord): void => {
    start(refresh, () => lookDeed(deps), false).catch((error: unknown) => {
      deps.log.error("Looking at a refresh failed", { refresh: refresh.id, error: String(error) });
      const known = watched.get(refresh.id);
      if (known !== undefined) known.dueMs = clock.monotonicMs() + 60_000;
      plan();
    });
  };

  const lookAtDue = (): void => {
    if (closing.signal.aborted) return;
    const nowMs = clock.monotonicMs();
    const all = refreshesIn(store.read, watchedStates);
    const ids = new Set(all.map(({ id }) => id));
    for (const id of watched.keys()) if (!ids.has(id)) watched.delete(id);
    for (const { id, state, looks } of all) {
      const firstMs = state === "answered" && looks === 0 ? 0 : delayMs(looks);
      if (!watched.has(id)) watched.set(id, { sinceMs: nowMs, dueMs: nowMs + Math.min(firstMs, 2000), addedMs: 0, gap: false });
    }
    if (!deps.online()) return;
    const refused = new Set(
      deps.connections.list().filter(({ state }) => state === "sign-in-refused").map(({ id }) => id),
    );
    const waiting = all.filter(({ id, connectionId }) => !busy.has(id) && !refused.has(connectionId));
    const dueMs = ({ id }: RefreshRecord): number => watched.get(id)?.dueMs ?? nowMs;
    const due = waiting.filter((refresh) => dueMs(refresh) <= nowMs);
    for (const refresh of due.slice(0, Math.max(0, mostAtOnce - busy.size))) background(refresh);
    const next = Math.min(...waiting.map(dueMs).filter((atMs) => atMs > nowMs));
    if (Number.isFinite(next)) timer = setTimeout(plan, Math.max(5, Math.min(60_000, next - nowMs)));
  };

  const plan = (): void => {
    clearTimeout(timer);
    if (!closing.signal.aborted) timer = setTimeout(lookAtDue, 0);
  };

  return {
    plan,
    look: (refresh, deed) => start(refresh, () => deed, true),
    stop: async () => {
      clearTimeout(timer);
      closing.abort();
      await Promise.allSettled(busy.values());
    },
  };
}
