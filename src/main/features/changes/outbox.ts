import type { ConnectionId } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { sendOne } from "./send-one.ts";
import { connectionsWithWork, nextReadyAtMs, readyChanges } from "./store.ts";

/** Sends approved changes in queue order, each connection by its own concurrency, one in flight per account. */
export interface Outbox {
  /** Something may be ready: a change was approved, a connection is usable again, the network came back. */
  readonly wake: (connectionId?: ConnectionId) => void;
  /** How many changes are being sent at this moment. */
  readonly busy: () => number;
  /** Starts nothing new, gives what is in flight `graceMs` to end, then gives it up (Outcome unknown). */
  readonly stop: (graceMs: number) => Promise<void>;
}

interface Lane {
  readonly running: Map<number, Promise<void>>;
  queue: ChangeRecord[];
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
  let stopping = false;

  const laneOf = (id: ConnectionId): Lane => {
    const lane = lanes.get(id) ?? { running: new Map(), queue: [], restUntilMs: 0, timer: undefined };
    lanes.set(id, lane);
    return lane;
  };

  const accountOf = (change: ChangeRecord): string => `${change.customerUid}/${change.accountUid}`;

  const refill = (id: ConnectionId, lane: Lane, room: number): void => {
    if (lane.queue.length > 0) return;
    const ready = readyChanges(deps.store.read, id, deps.clock.nowMs(), lane.running.size + Math.max(64, room * 2));
    lane.queue = ready.filter((change) => !lane.running.has(change.id));
  };

  const run = async (id: ConnectionId, lane: Lane, change: ChangeRecord): Promise<void> => {
    try {
      const verdict = await sendOne(deps, change.id, abort.signal);
      if (verdict.next === "rest") {
        lane.restUntilMs = Math.max(lane.restUntilMs, verdict.untilMs);
        lane.queue = [];
        deps.connections.markPaused(id, lane.restUntilMs);
      } else if (verdict.next === "stop") {
        lane.queue = [];
      } else if (lane.restUntilMs !== 0 && lane.restUntilMs <= deps.clock.nowMs()) {
        lane.restUntilMs = 0;
        deps.connections.markPaused(id, undefined);
      }
    } catch (error) {
      if (error instanceof VostroFailure && error.code === "conflict") return;
      if (error instanceof VostroFailure && error.code === "storage-failed") {
        deps.persistence.noteTrouble(`${error.message} Nothing more is sent until there is room.`);
      }
      deps.log.error("Sending a change failed", { change: change.id, error: String(error) });
      lane.queue = [];
      lane.restUntilMs = deps.clock.nowMs() + 5000;
    } finally {
      lane.running.delete(change.id);
      afterEach();
    }
  };

  const usable = (id: ConnectionId): boolean => {
    try {
      return deps.connections.get(id).state !== "sign-in-refused";
    } catch (error) {
      if (error instanceof VostroFailure) return false;
      throw error;
    }
  };

  const pump = (id: ConnectionId): void => {
    const lane = laneOf(id);
    clearTimeout(lane.timer);
    if (stopping || !online() || !usable(id)) return;
    const nowMs = deps.clock.nowMs();
    if (lane.restUntilMs > nowMs) {
      lane.timer = setTimeout(pump, lane.restUntilMs - nowMs, id);
      return;
    }
    const { concurrency } = deps.connections.get(id);
    const taken = new Set([...lane.running.keys()]);
    const accounts = new Set<string>();
    while (lane.running.size < concurrency) {
      refill(id, lane, concurrency);
      const change = lane.queue.shift();
      if (change === undefined) break;
      if (taken.has(change.id) || accounts.has(accountOf(change))) continue;
      taken.add(change.id);
      accounts.add(accountOf(change));
      const job = run(id, lane, change).then(() => pump(id));
      lane.running.set(change.id, job);
    }
    if (lane.running.size === 0) scheduleNext(id, lane);
  };

  const scheduleNext = (id: ConnectionId, lane: Lane): void => {
    const at = nextReadyAtMs(deps.store.read, id);
    if (at !== undefined) lane.timer = setTimeout(pump, Math.max(20, at - deps.clock.nowMs()), id);
  };

  return {
    wake: (connectionId) => {
      if (stopping) return;
      const ids = connectionId === undefined ? connectionsWithWork(deps.store.read) : [connectionId];
      ids.forEach(pump);
    },
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
