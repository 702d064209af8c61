import type { BatchId } from "@contract";
import { newCorrelationId } from "../../core/clock.ts";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader, Writer } from "../../database/sql.ts";
import type { ChangeDeed } from "../changes/change-access.ts";
import type { BatchPatch, BatchRecord } from "./batch-record.ts";
import { afterBatchEvent, batchStateWords, type BatchEvent } from "./lifecycle.ts";
import type { BatchRoom } from "./room.ts";
import { findBatch, patchBatch } from "./store.ts";

type Facts = Readonly<Record<string, unknown>>;

/** A deed of the person who made the call. */
export function deedOf(room: Pick<BatchRoom, "clock">, { person, correlationId }: CallContext): ChangeDeed {
  return { person, atMs: room.clock.nowMs(), correlationId };
}

/** A deed of the app itself. */
export function ownDeed(room: Pick<BatchRoom, "clock">): ChangeDeed {
  return { person: undefined, atMs: room.clock.nowMs(), correlationId: newCorrelationId() };
}

/** The failure of a command that the batch's state does not allow. */
export function movedOn(batch: Pick<BatchRecord, "name" | "state">): VostroFailure {
  return new VostroFailure(
    "conflict",
    `The batch “${batch.name}” is ${batchStateWords[batch.state]} now. Nothing was done. Look at it again.`,
  );
}

/** Failure not-found. */
export function mustFind(reader: Reader, id: BatchId): BatchRecord {
  const batch = findBatch(reader, id);
  if (batch === undefined) throw new VostroFailure("not-found", `There is no batch ${id} in this workspace.`);
  return batch;
}

/** Writes down a deed on a batch: one audit row in the caller's transaction. */
export function note(
  room: Pick<BatchRoom, "audit">,
  writer: Writer,
  batch: Pick<BatchRecord, "id">,
  what: { readonly action: string; readonly text: string; readonly before?: Facts; readonly after?: Facts },
  deed: ChangeDeed,
): void {
  const { action, text, before, after } = what;
  const { person, correlationId } = deed;
  const facts = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  const subject = `batch ${batch.id}`;
  room.audit.append(writer, { action: `batch.${action}`, subject, summary: text, person, correlationId, ...facts });
}

/**
 * The only way a batch changes its state: the lifecycle is asked, the row is moved from the state it was seen in, and
 * one audit row is written in the same transaction. Returns the batch as it is now. Failure conflict.
 */
export function moveBatch(
  room: Pick<BatchRoom, "audit">,
  writer: Writer,
  batch: BatchRecord,
  event: BatchEvent,
  patch: BatchPatch,
  deed: ChangeDeed & { readonly text: string; readonly facts?: Facts },
): BatchRecord {
  const state = afterBatchEvent(batch.state, event);
  if (state === undefined || !patchBatch(writer, batch, { message: null, readMessage: null, ...patch, state }, deed.atMs)) {
    throw movedOn(findBatch(writer, batch.id) ?? batch);
  }
  const what = { action: event, text: deed.text, before: { state: batch.state }, after: { state, ...deed.facts } };
  note(room, writer, batch, what, deed);
  return mustFind(writer, batch.id);
}
