import { hasHeadings, type BatchColumn, type BatchId, type ParsedInputOf } from "@contract";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { ChangeDeed } from "../changes/change-access.ts";
import type { BatchPatch, BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import { onlyConnection, usableMap, watched, whyNotRead } from "./intake.ts";
import { mustBeIdle, mustSee, notAsSeen } from "./planning.ts";
import type { BatchRoom } from "./room.ts";
import { mappedOf, withTargets } from "./saved-maps.ts";
import type { Handwork, StagedFile, StagingSource } from "./staging.ts";
import { deedOf, movedOn, moveBatch, mustFind, ownDeed } from "./transition.ts";

/** Where the batch's rows came from, to read them once more. Failure conflict when that is gone. */
function sourceOf(room: BatchRoom, batch: BatchRecord): StagingSource {
  const text = room.pasted.get(batch.id);
  if (batch.sourcePath !== undefined) return { kind: "file", path: batch.sourcePath };
  if (text !== undefined) return { kind: "text", text };
  throw new VostroFailure("conflict", "What was pasted is no longer there. Paste it again as a new batch.");
}

/** What a person did to the rows as they were read. */
export async function handworkOf(room: BatchRoom, batch: BatchRecord): Promise<Handwork> {
  if (batch.staged === undefined) return { corrected: 0, unticked: 0 };
  return room.pool.use(batch.id, (staging) => staging.handwork());
}

/** What goes with the earlier reading, for the trail; undefined where nobody can tell any more. */
async function whatGoes(room: BatchRoom, batch: BatchRecord): Promise<Handwork | undefined> {
  try {
    return await handworkOf(room, batch);
  } catch (error) {
    room.log.warn("What was corrected in a batch could not be counted.", { batch: batch.id, error });
    return undefined;
  }
}

function handworkWords(went: Handwork | undefined): string {
  if (went === undefined) return "; corrected and unticked rows went, if there were any";
  const { corrected, unticked } = went;
  const parts = [
    ...(corrected === 0 ? [] : [counted(corrected, "corrected row")]),
    ...(unticked === 0 ? [] : [counted(unticked, "unticked row")]),
  ];
  return parts.length === 0 ? "" : `; ${parts.join(" and ")} went`;
}

/**
 * Reads the source once more, in another way, into a staging file of its own: what was read before counts until the
 * commit that lets the new one count, and stays when nothing comes of it. Failure conflict.
 */
export function readAgain(
  room: BatchRoom,
  { id, revision, reading }: ParsedInputOf<"batches.setReading">,
  context: CallContext,
): void {
  const seen = mustFind(room.store.read, id);
  if (seen.source !== "file" && seen.source !== "paste") throw movedOn(seen);
  if (room.edits.has(id)) throw notAsSeen(seen);
  mustBeIdle(room, seen);
  const source = sourceOf(room, seen);
  const { state } = seen;
  const readFrom = state === "columns" || state === "compare" || state === "failed" ? state : null;
  room.store.transaction((writer) =>
    moveBatch(
      room,
      writer,
      mustSee(writer, id, revision),
      "read-again",
      { readFrom },
      { ...deedOf(room, context), text: "Began to read it again in another way", facts: { reading } },
    ),
  );
  room.tried.set(id, reading);
  room.announce();
  room.progress.forget(id);
  room.progress.tell({ id, state: "reading", rowsDone: 0 }, true);
  room.runs.start(id, async (signal) => {
    try {
      const went = await whatGoes(room, seen);
      const staged = await stageAnew(room, seen, source, reading, signal);
      signal.throwIfAborted();
      room.store.transaction((writer) => keepReadAgain(room, id, staged, went, writer));
    } catch (error) {
      return stayAsRead(room, seen, error, signal);
    }
    room.tried.delete(id);
    letGo(room, seen);
    room.announce();
  });
}

/** Lets go what was read before. Nobody waits for it, so that the next thing asked of the batch can begin at once. */
function letGo(room: BatchRoom, { id, stagingNo }: BatchRecord): void {
  room.pool
    .close(id)
    .then(() => room.files.remove(id, stagingNo))
    .catch((error: unknown) => room.log.warn("An earlier reading was not let go cleanly.", { batch: id, error }));
}

async function stageAnew(
  room: BatchRoom,
  { id, stagingNo }: BatchRecord,
  source: StagingSource,
  reading: ParsedInputOf<"batches.setReading">["reading"],
  signal: AbortSignal,
): Promise<StagedFile> {
  const staging = room.files.open(id, stagingNo + 1);
  try {
    return await watched(room, id, (progress) => staging.read(source, reading, progress, signal));
  } finally {
    await staging.close();
  }
}

/**
 * Columns read in another way, taken for what they were taken for before. Whether amounts are dollars or cents holds
 * only for the file it was said of: when its content changed, it is found or asked anew.
 */
function asBefore({ columns, sha256 }: StagedFile, before: Pick<BatchRecord, "columns" | "sha256">): BatchColumn[] {
  const mapped = mappedOf(before);
  const chosen = sha256 === before.sha256 ? mapped : mapped.map(({ index, target }) => ({ index, target }));
  return withTargets(columns, chosen, "person").map((column, at) => {
    const { matchedBy = column.matchedBy } = before.columns[at] ?? {};
    return { ...column, matchedBy };
  });
}

/** Whether the file names the same columns as before: what somebody chose for them then still holds. */
function hasSameHeadings(batch: BatchRecord, staged: StagedFile): boolean {
  return (
    batch.staged?.headerFingerprint === staged.headerFingerprint &&
    hasHeadings({ reading: batch.staged.reading, columns: batch.columns }) &&
    hasHeadings(staged)
  );
}

/** The columns of the new reading; nothing is checked before a person says so, also where a saved map fits. */
function columnsFor(room: BatchRoom, writer: Writer, batch: BatchRecord, staged: StagedFile): BatchPatch {
  if (hasSameHeadings(batch, staged)) {
    return { columns: asBefore(staged, batch), ...(staged.sha256 === batch.sha256 ? {} : { columnDraft: null }) };
  }
  const map = usableMap(room, writer, staged);
  const connectionId = map?.connectionId ?? batch.connectionId ?? onlyConnection(room);
  const key = map?.key ?? staged.keyChoices.find(({ possible }) => possible)?.kind;
  return {
    columns: map === undefined ? staged.columns : withTargets(staged.columns, map.columns, "saved-map"),
    columnDraft: null,
    mapName: map?.name ?? null,
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(key === undefined ? {} : { key }),
  };
}

function keepReadAgain(
  room: BatchRoom,
  id: BatchId,
  staged: StagedFile,
  went: Handwork | undefined,
  writer: Writer,
): void {
  const batch = mustFind(writer, id);
  const { columns: _columns, sha256, bytes, rows, ...facts } = staged;
  const patch: BatchPatch = {
    ...columnsFor(room, writer, batch, staged),
    sha256,
    bytes,
    rows,
    staged: facts,
    stagingNo: batch.stagingNo + 1,
    readFrom: null,
    counts: {},
    totals: null,
    largestIncreaseTenths: null,
  };
  const text = `Read again: ${counted(rows, "row")}${handworkWords(went)}`;
  moveBatch(room, writer, batch, "read", patch, { ...ownDeed(room), text, facts: { rows, bytes, sha256, went } });
}

/** Puts a batch back to how it was read before it was read again. */
export function keepAsRead(
  room: Pick<BatchRoom, "audit">,
  writer: Writer,
  batch: BatchRecord,
  message: string,
  deed: ChangeDeed,
): void {
  const told = { ...deed, text: `Not read in another way. ${message}` };
  if (batch.readFrom === "failed") {
    moveBatch(room, writer, batch, "fail", { message, readFrom: null }, told);
  } else {
    const event = batch.readFrom === "compare" ? "keep-compare" : "keep-columns";
    moveBatch(room, writer, batch, event, { readMessage: message, readFrom: null }, told);
  }
}

/** Lets go what was read of it in another way; that somebody ended it is told by whoever did. */
async function stayAsRead(room: BatchRoom, seen: BatchRecord, error: unknown, signal: AbortSignal): Promise<void> {
  const { id, stagingNo } = seen;
  if (mustFind(room.store.read, id).state !== "reading") throw error;
  await room.files.remove(id, stagingNo + 1);
  if (signal.aborted) return;
  const message = whyNotRead(room, id, error);
  room.store.transaction((writer) => keepAsRead(room, writer, mustFind(writer, id), message, ownDeed(room)));
  room.announce();
}

/** Ends reading it again: it is as it was read before. */
export async function endReadingAgain(room: BatchRoom, id: BatchId, context: CallContext): Promise<void> {
  await room.runs.cancel(id);
  room.store.transaction((writer) => {
    const batch = mustFind(writer, id);
    if (batch.state !== "reading") return;
    keepAsRead(room, writer, batch, "Reading was cancelled.", deedOf(room, context));
  });
  room.announce();
}
