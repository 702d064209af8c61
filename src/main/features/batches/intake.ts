import { basename } from "node:path";
import { hasHeadings, type BatchId, type BatchProgress, type ConnectionId } from "@contract";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import { batchName } from "./batch-name.ts";
import { takesBulk } from "./bulk-connections.ts";
import { counted } from "./counted.ts";
import { planNow } from "./planning.ts";
import type { BatchRoom } from "./room.ts";
import { findMap, noteMapUsed, withTargets, type SavedMap } from "./saved-maps.ts";
import type { FirstLook, StagedFile, StagingProgress, StagingSource } from "./staging.ts";
import { insertBatch, type NewBatch } from "./store.ts";
import { deedOf, moveBatch, mustFind, note, ownDeed } from "./transition.ts";

/** Rows from Vostro itself are given by a function, so that they are gathered in the background. */
export type RowsSource = (signal: AbortSignal) => Promise<Extract<StagingSource, { kind: "rows" | "rows-of" }>>;

type Wanted = Omit<NewBatch, "madeBy" | "atMs">;

/** Puts a new batch down, in state reading, with its audit row. */
export function beginBatch(room: BatchRoom, wanted: Wanted, text: string, context: CallContext): BatchId {
  const madeBy = signedIn(context);
  const deed = deedOf(room, context);
  const id = room.store.transaction((writer) => {
    const made = insertBatch(writer, { ...wanted, madeBy, atMs: deed.atMs });
    const after = { state: "reading", source: wanted.source, file: wanted.fileName, parent: wanted.parent?.id };
    note(room, writer, { id: made }, { action: "begin", text, after }, deed);
    return made;
  });
  room.announce();
  return id;
}

export function importFile(room: BatchRoom, path: string, context: CallContext): BatchId {
  const fileName = basename(path);
  const wanted: Wanted = { name: batchName(fileName), source: "file", sourcePath: path, fileName };
  const id = beginBatch(room, wanted, `Began to read the file ${fileName}`, context);
  readInBackground(room, id, { kind: "file", path });
  return id;
}

export async function importClipboard(room: BatchRoom, context: CallContext): Promise<BatchId> {
  const text = await room.dialogs.clipboardText();
  if (text.trim() === "") {
    const message = "The clipboard holds no text. Copy the rows in the spreadsheet first, with their header.";
    throw new VostroFailure("input-invalid", message);
  }
  const id = beginBatch(
    room,
    { name: "Pasted rows", source: "paste" },
    "Began to read rows from the clipboard",
    context,
  );
  room.pasted.set(id, text);
  readInBackground(room, id, { kind: "text", text });
  return id;
}

function readInBackground(room: BatchRoom, id: BatchId, source: StagingSource): void {
  room.progress.forget(id);
  room.progress.tell({ id, state: "reading", rowsDone: 0 }, true);
  room.runs.start(id, async (signal) => {
    try {
      const staged = await stage(room, id, source, signal);
      const map = room.store.transaction((writer) => keepStaged(room, id, staged, writer));
      room.tried.delete(id);
      room.announce();
      if (map !== undefined) await planNow(room, id, signal);
    } catch (error) {
      await failed(room, id, error, signal);
    }
  });
}

/** The first rows are shown while the rest is read; they are kept in memory, so that nothing waits for a busy disk. */
export async function watched(
  room: BatchRoom,
  id: BatchId,
  read: (progress: StagingProgress) => Promise<StagedFile>,
): Promise<StagedFile> {
  const progress: StagingProgress = (told) => {
    const { first, reading } = told;
    const rows = { id, state: "reading", ...rowsOf(told) } as const;
    if (reading !== undefined) room.tried.set(id, reading);
    if (first === undefined) return room.progress.tell(rows);
    room.firstLooks.set(id, first);
    room.progress.tell({ ...rows, first: shownFirst(first) }, true);
  };
  try {
    return await read(progress);
  } finally {
    room.firstLooks.delete(id);
  }
}

function stage(room: BatchRoom, id: BatchId, source: StagingSource, signal: AbortSignal): Promise<StagedFile> {
  return watched(room, id, (progress) =>
    room.pool.use(id, (staging) => staging.read(source, undefined, progress, signal)),
  );
}

function shownFirst({ preview, columns, keyChoices, readProblems, ...facts }: FirstLook): BatchProgress["first"] {
  return {
    ...facts,
    preview: preview.map((cells) => [...cells]),
    columns: [...columns],
    keyChoices: [...keyChoices],
    readProblems: [...readProblems],
  };
}

function rowsOf({ rowsDone, rowsTotal, bytesDone = 0, bytesTotal = 0 }: Parameters<StagingProgress>[0]) {
  if (rowsTotal !== undefined) return { rowsDone, rowsTotal };
  return bytesDone === 0 ? { rowsDone } : { rowsDone, rowsAbout: Math.ceil((rowsDone * bytesTotal) / bytesDone) };
}

type Transaction = Parameters<Parameters<BatchRoom["store"]["transaction"]>[0]>[0];

export function onlyConnection(room: BatchRoom): ConnectionId | undefined {
  const all = room.connections.list().filter(takesBulk);
  return all.length === 1 ? all[0]?.id : undefined;
}

/** The map kept for these headings, where it says all that is to be said of these columns. */
export function usableMap(
  room: BatchRoom,
  writer: Transaction,
  { headerFingerprint, columns, reading }: StagedFile,
): SavedMap | undefined {
  if (!hasHeadings({ reading, columns })) return undefined;
  const map = findMap(writer, headerFingerprint);
  if (map === undefined || !room.connections.list().some(({ id }) => id === map.connectionId)) return undefined;
  return withTargets(columns, map.columns, "saved-map").some(({ unit }) => unit === "ask") ? undefined : map;
}

/** Keeps what was read. Returns the saved map of the same header, which then skips the step of the columns. */
function keepStaged(room: BatchRoom, id: BatchId, staged: StagedFile, writer: Transaction): SavedMap | undefined {
  const { columns, sha256, bytes, rows, ...facts } = staged;
  const map = usableMap(room, writer, staged);
  const connectionId = map?.connectionId ?? onlyConnection(room);
  const key = map?.key ?? facts.keyChoices.find(({ possible }) => possible)?.kind;
  const batch = moveBatch(
    room,
    writer,
    mustFind(writer, id),
    "read",
    {
      sha256,
      bytes,
      rows,
      staged: facts,
      columns: map === undefined ? columns : withTargets(columns, map.columns, "saved-map"),
      mapName: map?.name ?? null,
      ...(connectionId === undefined ? {} : { connectionId }),
      ...(key === undefined ? {} : { key }),
    },
    { ...ownDeed(room), text: `Read ${counted(rows, "row")}`, facts: { rows, bytes, sha256, map: map?.name } },
  );
  if (map === undefined) return undefined;
  const deed = ownDeed(room);
  noteMapUsed(writer, map.id, deed.atMs);
  moveBatch(room, writer, batch, "check", {}, { ...deed, text: `Checking with the saved map “${map.name}”` });
  return map;
}

/** Stages rows that come from Vostro itself and compares them: the batch comes out at Compare. */
export function stageRows(room: BatchRoom, id: BatchId, gather: RowsSource): void {
  room.runs.start(id, async (signal) => {
    try {
      const source = await gather(signal);
      signal.throwIfAborted();
      const staged = await stage(room, id, source, signal);
      const { columns, sha256: _sha256, bytes: _bytes, rows, ...facts } = staged;
      room.store.transaction((writer) => {
        const batch = mustFind(writer, id);
        const kept = batch.columns.length > 0 ? batch.columns : columns;
        moveBatch(
          room,
          writer,
          batch,
          "read-rows",
          { rows, staged: facts, columns: kept, key: batch.key ?? "customer-and-account" },
          {
            ...ownDeed(room),
            text: `Took ${counted(rows, "row")}`,
            facts: { rows },
          },
        );
      });
      await planNow(room, id, signal);
    } catch (error) {
      await failed(room, id, error, signal);
    }
  });
}

export function whyNotRead(room: BatchRoom, id: BatchId, error: unknown): string {
  if (error instanceof VostroFailure) return error.message;
  room.log.error("Reading a batch failed", { batch: id, error });
  return "Something in Vostro went wrong while reading.";
}

/** Nothing half-read stays; a read that somebody ended is told of by whoever ended it. */
async function failed(room: BatchRoom, id: BatchId, error: unknown, signal: AbortSignal): Promise<void> {
  if (mustFind(room.store.read, id).state !== "reading") throw error;
  await room.pool.close(id);
  await room.files.remove(id, mustFind(room.store.read, id).stagingNo);
  if (signal.aborted) return;
  const message = whyNotRead(room, id, error);
  room.store.transaction((writer) =>
    moveBatch(
      room,
      writer,
      mustFind(writer, id),
      "fail",
      { message },
      { ...ownDeed(room), text: `Could not be read. ${message}` },
    ),
  );
  room.announce();
}
