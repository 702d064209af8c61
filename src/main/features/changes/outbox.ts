import type { ConnectionId } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { sendOne } from "./send-one.ts";
import { leaveToPerson } from "./recovery.ts";
import { connectionsWithWork, nextReadyAtMs, readyChanges, waitingElsewhere } from "./store.ts";

/**
 * Sends approved changes in queue order, one in flight per account. Never more requests at once than the connection's
 * concurrency; once an answer is there, the next change's intent is committed and sent first, and the outcome is saved
 * while that request is on its way. At most as many again wait for the disk; none while the disk refuses.
 */
export interface Outbox {
  /** From now on changes are sent; before, everything that must be recovered or held is to be so. */
  readonly start: () => void;
  /** Something may be ready: a change was approved, a connection is usable again, the network came back. */
  readonly wake: (connectionId?: ConnectionId) => void;
  /** How many changes are being sent at this moment. */
  readonly busy: () => number;
  /** Whether more answers are expected at once, for the disk to take together; `waiting` wait for it already. */
  readonly moreToCome: (waiting: number) => boolean;
  /** Starts nothing new, gives what is in flight `graceMs` to end, then gives it up (Outcome unknown). */
  readonly stop: (graceMs: number) => Promise<void>;
}

const restAfterFaultMs = 5000;
/** A provider that answers faster than this is waited for before the disk is. */
const quickMs = 20;

interface Lane {
  /** From the moment a change is taken until its outcome is on disk. */
  readonly running: Map<number, Promise<void>>;
  /** Those of them that may have a request in flight. */
  requesting: number;
  /** Those of them that were told "not now" or lost the sign-in: nothing starts until it is known what follows. */
  turnedAway: number;
  queue: ChangeRecord[];
  /** On the monotonic clock. */
  restUntilMs: number;
  timer: NodeJS.Timeout | undefined;
}

export function createOutbox(
  deps: SendDependencies,
  abort: AbortController,
  online: () => boolean,
  afterEach: () => void,
): Outbox {
  const lanes = new Map<ConnectionId, Lane>();
  let started = false;
  let stopping = false;
  /** How long an answer takes at the least, as far as the latest tell. */
  let leastMs = Number.POSITIVE_INFINITY;

  const laneOf = (id: ConnectionId): Lane => {
    const lane = lanes.get(id) ?? {
      running: new Map(),
      requesting: 0,
      turnedAway: 0,
      queue: [],
      restUntilMs: 0,
      timer: undefined,
    };
    lanes.set(id, lane);
    return lane;
  };

  const accountOf = (change: ChangeRecord): string => `${change.customerUid}/${change.accountUid}`;

  const refill = (id: ConnectionId, lane: Lane, room: number): void => {
    if (lane.queue.length > 0) return;
    const ready = readyChanges(deps.store.read, id, deps.clock.nowMs(), lane.running.size + Math.max(64, room * 2));
    lane.queue = ready.filter((change) => !lane.running.has(change.id));
  };

  const rest = (lane: Lane, waitMs: number): void => {
    lane.queue = [];
    lane.restUntilMs = Math.max(lane.restUntilMs, deps.clock.monotonicMs() + waitMs);
  };

  const afterFault = async (lane: Lane, change: ChangeRecord, error: unknown): Promise<void> => {
    deps.log.error("Sending a change failed", { change: change.id, error: String(error) });
    rest(lane, restAfterFaultMs);
    if (error instanceof VostroFailure && error.code === "storage-failed") {
      deps.persistence.noteTrouble(`${error.message} Nothing more is sent until there is room.`);
    } else if (!abort.signal.aborted) {
      try {
        await leaveToPerson(deps, change.id);
      } catch (cause) {
        deps.log.error("A change whose sending failed could not be set aside", {
          change: change.id,
          error: String(cause),
        });
      }
    }
  };

  const run = async (id: ConnectionId, lane: Lane, change: ChangeRecord): Promise<void> => {
    const holds = { requesting: 1, turnedAway: 0 };
    const hold = (next: typeof holds): void => {
      lane.requesting += next.requesting - holds.requesting;
      lane.turnedAway += next.turnedAway - holds.turnedAway;
      Object.assign(holds, next);
    };
    lane.requesting += 1;
    try {
      const verdict = await sendOne(deps, change, {
        signal: abort.signal,
        mayBegin: () => !stopping,
        answered: (answer, elapsedMs) => {
          leastMs = Math.min(elapsedMs, leastMs + 1);
          hold({ requesting: 0, turnedAway: answer === "turned-away" ? 1 : 0 });
          pump(id);
        },
      });
      if (verdict.next === "rest") {
        rest(lane, verdict.waitMs);
        deps.connections.markPaused(id, Math.ceil(deps.clock.nowMs() + lane.restUntilMs - deps.clock.monotonicMs()));
      } else if (verdict.next === "stop") {
        lane.queue = [];
      } else if (lane.restUntilMs !== 0 && lane.restUntilMs <= deps.clock.monotonicMs()) {
        lane.restUntilMs = 0;
        deps.connections.markPaused(id, undefined);
      }
    } catch (error) {
      if (error instanceof VostroFailure && error.code === "conflict") return;
      await afterFault(lane, change, error);
    } finally {
      lane.running.delete(change.id);
      hold({ requesting: 0, turnedAway: 0 });
      afterEach();
      pump(id);
      waitingElsewhere(deps.store.read, change).forEach(pump);
    }
  };

  /** How many requests may be under way at once; none over a connection that is gone or whose sign-in was refused. */
  const roomOf = (id: ConnectionId): number => {
    try {
      const { state, concurrency } = deps.connections.get(id);
      return state === "sign-in-refused" ? 0 : concurrency;
    } catch (error) {
      if (error instanceof VostroFailure) return 0;
      throw error;
    }
  };

  const pump = (id: ConnectionId): void => {
    const lane = laneOf(id);
    clearTimeout(lane.timer);
    if (!started || stopping || lane.turnedAway > 0 || !online()) return;
    const concurrency = roomOf(id);
    if (concurrency === 0) return;
    const restMs = lane.restUntilMs - deps.clock.monotonicMs();
    if (restMs > 0) {
      lane.timer = setTimeout(pump, restMs, id);
      return;
    }
    const accounts = new Set<string>();
    const unsaved = deps.persistence.trouble() === undefined ? concurrency : 0;
    while (lane.requesting < concurrency && lane.running.size < concurrency + unsaved) {
      refill(id, lane, concurrency);
      const change = lane.queue.shift();
      if (change === undefined) break;
      if (lane.running.has(change.id) || accounts.has(accountOf(change))) continue;
      accounts.add(accountOf(change));
      lane.running.set(change.id, run(id, lane, change));
    }
    if (lane.running.size === 0) scheduleNext(id, lane);
  };

  const scheduleNext = (id: ConnectionId, lane: Lane): void => {
    const at = nextReadyAtMs(deps.store.read, id);
    if (at !== undefined) lane.timer = setTimeout(pump, Math.min(60_000, Math.max(20, at - deps.clock.nowMs())), id);
  };

  const wake = (connectionId?: ConnectionId): void => {
    if (!started || stopping) return;
    const ids = connectionId === undefined ? connectionsWithWork(deps.store.read) : [connectionId];
    ids.forEach(pump);
  };

  return {
    start: () => {
      started = true;
      wake();
    },
    wake,
    moreToCome: (waiting) =>
      leastMs < quickMs && [...lanes.values()].reduce((sum, lane) => sum + lane.requesting, 0) > waiting,
    busy: () => [...lanes.values()].reduce((sum, lane) => sum + lane.running.size, 0),
    stop: async (graceMs) => {
      stopping = true;
      for (const lane of lanes.values()) clearTimeout(lane.timer);
      const running = [...lanes.values()].flatMap((lane) => [...lane.running.values()]);
      const giveUp = setTimeout(() => abort.abort(), graceMs);
      await Promise.all(running);
      clearTimeout(giveUp);
    },
  };
}
