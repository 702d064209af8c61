import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { BatchId } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { ChangeDeed, WantedChange } from "../changes/change-access.ts";
import type { BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import type { BatchRoom } from "./room.ts";
import type { ChosenRow, Staging } from "./staging.ts";
import { insertUnmade, noteMaking, noteNoted, undoneBy, unmadeRows } from "./store.ts";
import { moveBatch, mustFind, ownDeed } from "./transition.ts";

const rowsAtOnce = 100;
/** A step ends when it took this long, so that nothing else in main waits long for it. */
const stepMs = 20;
const rowsAsked = 500;

type Noted = Parameters<Staging["noteMade"]>[0][number];

function wantedOf(batch: BatchRecord, row: ChosenRow, undoes: BatchId | undefined): WantedChange {
  const reason = row.proposed.reason?.trim() ? row.proposed.reason : batch.reason;
  const own = row.authorisationRef?.trim() ?? "";
  return {
    batchId: batch.id,
    row: row.row,
    accountId: row.accountId,
    proposed: { ...row.proposed, ...(reason === "" ? {} : { reason }) },
    base: row.base,
    reasonCategory: batch.reasonCategory,
    authorisationRef: own === "" ? batch.authorisationRef : own,
    undoes,
  };
}

/**
 * Makes the next rows in one transaction together with the mark how far the making has come: each row exactly once,
 * whatever happens in between. Returns how many rows were dealt with, or undefined when the batch is no longer being
 * made.
 */
function makeStep(
  room: BatchRoom,
  writer: Writer,
  id: BatchId,
  rows: readonly ChosenRow[],
  deed: ChangeDeed,
): number | undefined {
  const batch = mustFind(writer, id);
  if (batch.state !== "making") return undefined;
  const endMs = room.clock.monotonicMs() + stepMs;
  const undoes = undoneBy(writer, batch);
  let done = 0;
  let made = 0;
  for (const row of rows) {
    if (done > 0 && (done >= rowsAtOnce || room.clock.monotonicMs() >= endMs)) break;
    done += 1;
    if (row.row <= batch.madeToRow) continue;
    const result = room.changes.makeSubmitted(writer, wantedOf(batch, row, undoes), deed);
    if (result.kind === "made") made += 1;
    else insertUnmade(writer, id, { row: row.row, bucket: result.bucket, message: result.message });
  }
  const dealtWith = rows.slice(0, done).filter(({ row }) => row > batch.madeToRow);
  const last = dealtWith.at(-1);
  if (last !== undefined) noteMaking(writer, id, { toRow: last.row, made, unmade: dealtWith.length - made });
  return done;
}

/** Tells the staging file what became of the rows made since it was last told. */
async function noteMade(room: BatchRoom, id: BatchId, staging: Staging): Promise<void> {
  for (;;) {
    const { notedToRow, madeToRow } = mustFind(room.store.read, id);
    if (notedToRow >= madeToRow) return;
    const made = room.changes.madeRows(room.store.read, id, notedToRow, rowsAsked);
    const unmade = unmadeRows(room.store.read, id, notedToRow, rowsAsked);
    const all: Noted[] = [...made, ...unmade].toSorted((left, right) => left.row - right.row).slice(0, rowsAsked);
    const toRow = all.length < rowsAsked ? madeToRow : (all.at(-1)?.row ?? madeToRow);
    if (all.length > 0) await staging.noteMade(all);
    room.store.transaction((writer) => noteNoted(writer, id, toRow));
  }
}

function tell(room: BatchRoom, id: BatchId): void {
  const { state, made, unmade, chosen } = mustFind(room.store.read, id);
  if (state === "making") room.progress.tell({ id, state, rowsDone: made + unmade, rowsTotal: chosen });
}

async function makeRows(
  room: BatchRoom,
  id: BatchId,
  staging: Staging,
  correlationId: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    await noteMade(room, id, staging);
    const batch = mustFind(room.store.read, id);
    const rows = await staging.chosen(batch.madeToRow, rowsAsked);
    if (rows.length === 0) return true;
    for (let at = 0; at < rows.length;) {
      if (signal.aborted) return false;
      const deed = { person: batch.confirmedBy, atMs: room.clock.nowMs(), correlationId };
      const from = at;
      const done = room.store.transaction((writer) =>
        makeStep(room, writer, id, rows.slice(from, from + rowsAtOnce), deed),
      );
      if (done === undefined) return false;
      at += done;
      tell(room, id);
      await nextTurn();
    }
  }
}

/**
 * All rows are dealt with: the batch goes into the outbox, where a change that needs a second person waits for one and
 * the others go. Failure internal when rows of the confirmed plan were not among what was staged: nothing is sent then.
 */
function finishMaking(room: BatchRoom, id: BatchId): void {
  room.store.transaction((writer) => {
    const batch = mustFind(writer, id);
    if (batch.state !== "making") return;
    const { made, unmade, chosen } = batch;
    const lost = chosen - made - unmade;
    if (lost !== 0) {
      throw new VostroFailure("internal", `${lost} of the ${chosen} confirmed rows are not among what was staged.`);
    }
    const facts = { made, unmade };
    const patch = { madeAll: true };
    const text = `Made ${counted(made, "change")}${unmade === 0 ? "" : `; ${counted(unmade, "row")} could not be made`}`;
    const counts = room.changes.countsOf(writer, id);
    const waitsOnly = counts.length > 0 && counts.every(({ state }) => state === "waiting-for-approval");
    moveBatch(room, writer, batch, waitsOnly ? "wait" : "send", patch, { ...ownDeed(room), text, facts });
    room.changes.setGate(writer, id, true);
  });
}

/** Pauses a batch that cannot go on; tried until the disk takes it, or the workspace is closed. */
async function pauseSurely(room: BatchRoom, id: BatchId, message: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      room.store.transaction((writer) => {
        const batch = mustFind(writer, id);
        if (batch.state !== "making") return;
        moveBatch(room, writer, batch, "pause", { message }, { ...ownDeed(room), text: `Paused: ${message}` });
      });
      return;
    } catch (error) {
      if (!(error instanceof VostroFailure) || error.code !== "storage-failed") throw error;
      await sleep(1000, undefined, { signal });
    }
  }
}

/** Turns the stored plan into changes, from where it stands; ends by itself when the batch is paused or stopped. */
export function makeInBackground(room: BatchRoom, id: BatchId, correlationId: string): void {
  room.progress.forget(id);
  room.runs.start(id, async (signal) => {
    try {
      const all = await room.pool.use(id, (staging) => makeRows(room, id, staging, correlationId, signal));
      if (!all) return;
      finishMaking(room, id);
      room.changes.wake();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof VostroFailure))
        room.log.error("Making the changes of a batch failed", { batch: id, error });
      const why =
        error instanceof VostroFailure ? error.message : "Something in Vostro went wrong while preparing the changes.";
      await pauseSurely(room, id, `${why} Nothing is lost; resume goes on from here.`, signal);
    } finally {
      room.progress.forget(id);
      room.announce();
    }
  });
}
