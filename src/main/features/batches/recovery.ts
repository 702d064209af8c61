import type { BatchState } from "@contract";
import type { BatchRecord } from "./batch-record.ts";
import type { BatchRoom } from "./room.ts";
import { batchesInState } from "./store.ts";
import { moveBatch, ownDeed } from "./transition.ts";

const onTheirWay: readonly BatchState[] = ["making", "sending"];

/**
 * Holds every batch on its way back until a person resumes it: on start, because the app may have ended in the middle,
 * and before an orderly end. To be called before changes are sent. One transaction. Returns how many were held back.
 */
export function holdBatches(room: Pick<BatchRoom, "store" | "audit" | "changes" | "clock">, message: string): number {
  const found = batchesInState(room.store.read, onTheirWay);
  if (found.length === 0) return 0;
  room.store.transaction((writer) => {
    for (const batch of found) {
      moveBatch(room, writer, batch, "pause", { message }, { ...ownDeed(room), text: `Paused: ${message}` });
      room.changes.setGate(writer, batch.id, false);
    }
  });
  return found.length;
}

/** What a crash left half-read is let go; what was half-checked is checked again when a person asks. */
export function recoverIntake(room: BatchRoom): void {
  const half = batchesInState(room.store.read, ["reading", "checking"]);
  if (half.length === 0) return;
  const message = {
    reading: "Vostro ended while this was being read. Nothing was sent. Choose the file again.",
    checking: "Vostro ended while this was being checked. Nothing was sent. Check it again.",
  };
  room.store.transaction((writer) => {
    for (const batch of half) {
      const isReading = batch.state === "reading";
      const words = isReading ? message.reading : message.checking;
      const event = isReading ? "fail" : "leave-check";
      moveBatch(room, writer, batch, event, { message: words }, { ...ownDeed(room), text: words });
    }
  });
  for (const { id } of half.filter(({ state }: BatchRecord) => state === "reading")) room.files.remove(id);
}
