import { isUnderWay, type BatchId } from "@contract";
import type { Reader } from "../../database/sql.ts";
import type { BatchRecord } from "./batch-record.ts";
import { outcomesOf } from "./outcomes.ts";
import type { BatchRoom } from "./room.ts";
import { mustFind } from "./transition.ts";
import { countSentSince, countUnchanged, otherRetriesOf } from "./store.ts";

/** Whether one of these batches may still send: none can begin beside it, so how many rows are left can wait. */
function isOneUnderWay(reader: Reader, ids: readonly BatchId[]): boolean {
  return ids.some((id) => isUnderWay(mustFind(reader, id).state));
}

/**
 * How many rows of a batch that is over can be sent again: refused, in conflict, taken back with the batch or never
 * made, without those a person withdrew one by one, that hold already what they propose, or that another batch sent
 * since or may have sent. Counted anew only when a change of one of these batches moved and none is under way.
 */
export function countToSendAgain(room: BatchRoom, reader: Reader, batch: BatchRecord): number {
  if (batch.finishedAtMs === undefined || batch.state === "withdrawn") return 0;
  const counts = room.changes.countsOf(reader, batch.id);
  const { refused, conflict, withdrawn } = outcomesOf(batch, counts);
  const failed = refused + conflict + withdrawn;
  if (failed === 0) return 0;
  const setAside = room.changes.setAsideOf(reader, batch.id);
  const others = otherRetriesOf(reader, batch);
  const moved = others.map((id) => [room.changes.countsOf(reader, id), room.changes.setAsideOf(reader, id)]);
  const stamp = JSON.stringify([batch.madeToRow, counts, setAside, others, moved]);
  const known = room.toSendAgain.get(batch.id);
  if (known?.stamp === stamp || (known !== undefined && isOneUnderWay(reader, others))) return known.rows;
  const since = others.length === 0 ? 0 : countSentSince(reader, batch, others);
  const rows = Math.max(0, failed - setAside - countUnchanged(reader, batch.id) - since);
  room.toSendAgain.set(batch.id, { stamp, rows });
  return rows;
}
