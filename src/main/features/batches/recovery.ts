import type { BatchState } from "@contract";
import type { BatchRoom } from "./room.ts";
import { keepAsRead } from "./reading-again.ts";
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

const message = {
  reading: "Vostro ended while this was being read. Nothing was sent. Choose the file again.",
  "reading-again": "Vostro ended while this was being read again.",
  checking: "Vostro ended while this was being checked. Nothing was sent. Check it again.",
};

/**
 * What a crash left half-read is let go, and a batch that was read again is as it was read before; what was half-checked
 * is checked again when a person asks.
 */
export function recoverIntake(room: BatchRoom): void {
  const half = batchesInState(room.store.read, ["reading", "checking"]);
  if (half.length === 0) return;
  room.store.transaction((writer) => {
    for (const batch of half) {
      const deed = ownDeed(room);
      if (batch.readFrom !== undefined) keepAsRead(room, writer, batch, message["reading-again"], deed);
      else {
        const isReading = batch.state === "reading";
        const words = isReading ? message.reading : message.checking;
        moveBatch(room, writer, batch, isReading ? "fail" : "leave-check", { message: words }, { ...deed, text: words });
      }
    }
  });
  for (const { id, stagingNo, readFrom, state } of half) {
    if (state === "reading") void room.files.remove(id, readFrom === undefined ? stagingNo : stagingNo + 1);
  }
}
