import type { BatchRecord } from "./batch-record.ts";
import type { BatchRoom } from "./room.ts";

/**
 * Whether values of accounts of the batch's connection moved since its plan was made. Each look goes on where the last
 * one ended; only a plan made anew ends it.
 */
export function isOvertaken(room: BatchRoom, batch: BatchRecord): boolean {
  const { id, state, connectionId, comparedWith } = batch;
  if (state !== "compare" || connectionId === undefined || comparedWith === undefined) return false;
  const known = room.looks.get(id);
  const isOfPlan = known !== undefined && known.planned === batch.comparedAtMs;
  const from = isOfPlan ? known : { mark: comparedWith, moved: false };
  if (from.moved) return true;
  const found = room.accounts.movedSince(room.store.read, connectionId, from.mark);
  room.looks.set(id, { planned: batch.comparedAtMs, ...found });
  return found.moved;
}
