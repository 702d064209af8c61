import type { BatchId } from "@contract";
import type { CallContext } from "../../core/call-context.ts";
import type { ChangeDeed } from "../changes/change-access.ts";
import type { BatchRoom } from "./room.ts";
import { afterBatchEvent } from "./lifecycle.ts";
import { endReadingAgain } from "./reading-again.ts";
import { deedOf, movedOn, moveBatch, mustFind } from "./transition.ts";

const by = ({ person }: ChangeDeed) => (person === undefined ? {} : { withdrawnBy: person.name });

/** Gives a batch up before anything was sent; what was staged of it goes. Failures not-found, conflict. */
export async function withdrawBatch(room: BatchRoom, id: BatchId, reason: string, context: CallContext): Promise<void> {
  const seen = mustFind(room.store.read, id);
  if (afterBatchEvent(seen.state, "withdraw") === undefined) throw movedOn(seen);
  await room.runs.cancel(id);
  room.store.transaction((writer) => {
    const batch = mustFind(writer, id);
    const deed = deedOf(room, context);
    const text = reason.trim() === "" ? "Withdrawn" : `Withdrawn: ${reason.trim()}`;
    moveBatch(
      room,
      writer,
      batch,
      "withdraw",
      { sourcePath: null, message: reason.trim() || null, finishedAtMs: deed.atMs, ...by(deed) },
      { ...deed, text },
    );
  });
  room.pasted.delete(id);
  room.tried.delete(id);
  room.progress.forget(id);
  await room.pool.close(id);
  await room.files.remove(id, mustFind(room.store.read, id).stagingNo);
  room.announce();
}

/**
 * Ends reading, which withdraws the batch, reading again, which leaves it as it was read before, or checking, which leads
 * back to the columns.
 */
export async function cancelBatch(room: BatchRoom, id: BatchId, context: CallContext): Promise<void> {
  const seen = mustFind(room.store.read, id);
  if (seen.state === "reading" && seen.readFrom !== undefined) return endReadingAgain(room, id, context);
  if (seen.state === "reading") return withdrawBatch(room, id, "Reading was ended.", context);
  if (seen.state !== "checking") throw movedOn(seen);
  await room.runs.cancel(id);
  room.store.transaction((writer) => {
    const batch = mustFind(writer, id);
    if (batch.state !== "checking") return;
    const message = "Checking was ended before the last row. Nothing was sent. Check the rows again.";
    const deed = { ...deedOf(room, context), text: "Checking was ended" };
    moveBatch(room, writer, batch, "leave-check", { message }, deed);
  });
  room.announce();
}
