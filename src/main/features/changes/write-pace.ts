import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectionId } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";

/** Waits until the connection may write once more. Rejects with the signal's reason when aborted while waiting. */
export type WritePace = (id: ConnectionId, signal: AbortSignal) => Promise<void>;

/**
 * Keeps writes within each connection's requests per second: evenly spaced, after at most a tenth of a second's worth at
 * once. On the monotonic clock.
 */
export function createWritePace(connections: Pick<ConnectionAccess, "get">, clock: Pick<Clock, "monotonicMs">): WritePace {
  const nextAtMs = new Map<ConnectionId, number>();
  return async (id, signal) => {
    signal.throwIfAborted();
    const spacingMs = 1000 / connections.get(id).requestsPerSecond;
    const nowMs = clock.monotonicMs();
    const burstMs = Math.max(spacingMs, 100);
    const next = Math.max(nextAtMs.get(id) ?? 0, nowMs - burstMs) + spacingMs;
    nextAtMs.set(id, next);
    if (next > nowMs) await sleep(next - nowMs, undefined, { signal });
  };
}
