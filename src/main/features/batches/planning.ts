import { hasHeadings, type BatchId, type ParsedInputOf, type PlanRow, type RowFilter } from "@contract";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import { mustTakeBulk } from "./bulk-connections.ts";
import type { BatchPatch, BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import type { BatchRoom } from "./room.ts";
import { isMap, mapFor, mappedOf, saveMap, withTargets, type MappedColumn } from "./saved-maps.ts";
import type { PlannedFile, PlanSettings, Staging } from "./staging.ts";
import { deedOf, movedOn, moveBatch, mustFind, ownDeed } from "./transition.ts";

type Facts = Readonly<Record<string, unknown>>;

/** The batch as the person saw it. Failure conflict when it was touched since. */
export function mustSee(writer: Writer, id: BatchId, revision: number): BatchRecord {
  const batch = mustFind(writer, id);
  if (batch.revision === revision) return batch;
  throw notAsSeen(batch);
}

export function notAsSeen({ name }: Pick<BatchRecord, "name">): VostroFailure {
  return new VostroFailure("conflict", `The batch “${name}” changed since you looked. Nothing was done. Look at it again.`);
}

/** Failure conflict while something that was asked of the batch before has not come to its end. */
export function mustBeIdle(room: BatchRoom, { id, name }: Pick<BatchRecord, "id" | "name">): void {
  if (!room.runs.isRunning(id)) return;
  throw new VostroFailure("conflict", `“${name}” still ends what was asked of it before. Try again in a moment.`);
}

function twice(columns: readonly MappedColumn[]): MappedColumn | undefined {
  const targets = columns.filter(({ target }) => target !== "ignore").map(({ target }) => target);
  return columns.find(({ target }) => target !== "ignore" && targets.indexOf(target) !== targets.lastIndexOf(target));
}

const noHeadings = "This file has no headings to know it by again, so its map cannot be remembered.";

/**
 * Sets what each column is taken for. Failures conflict, not-found, input-invalid (one field from two columns; a map to
 * remember of a file without headings).
 */
export function setColumns(room: BatchRoom, input: ParsedInputOf<"batches.setColumns">, context: CallContext): void {
  mustTakeBulk(room.connections.get(input.connectionId));
  const doubled = twice(input.columns);
  if (doubled !== undefined) {
    throw new VostroFailure("input-invalid", `Two columns are taken for ${doubled.target}. Choose one of them.`, {
      fields: [{ path: `columns.${doubled.index}`, message: "Another column is taken for the same field." }],
    });
  }
  const deed = deedOf(room, context);
  room.store.transaction((writer) => {
    const batch = mustSee(writer, input.id, input.revision);
    const { key, connectionId, saveMapAs } = input;
    const columns = withTargets(batch.columns, input.columns, "person");
    const name = saveMapAs?.trim() ?? "";
    if (name !== "" && !hasHeadings({ reading: batch.staged?.reading, columns: batch.columns })) {
      throw new VostroFailure("input-invalid", noHeadings, { fields: [{ path: "saveMapAs", message: noHeadings }] });
    }
    const chosen = { key, connectionId, columns: mappedOf({ columns }) };
    const after = { ...chosen, ...(name === "" ? {} : { savedAs: name }) };
    const map = mapFor(writer, batch);
    const isKept = map !== undefined && isMap(map, { ...chosen, columns });
    moveBatch(
      room,
      writer,
      batch,
      "set-columns",
      { columns, key, connectionId, columnDraft: null, mapName: name !== "" ? name : isKept ? map.name : null },
      {
        ...deed,
        text: "Chose what the columns are",
        facts: after,
      },
    );
    const fingerprint = batch.staged?.headerFingerprint;
    if (name === "" || fingerprint === undefined) return;
    saveMap(writer, fingerprint, { name, ...chosen, usedAtMs: deed.atMs });
  });
  room.announce();
}

function settingsOf(batch: BatchRecord): PlanSettings {
  const { key, connectionId } = batch;
  if (key === undefined || connectionId === undefined) {
    throw new VostroFailure("input-invalid", "Choose the connection, and how the rows name their accounts.");
  }
  const open = batch.columns.find(({ unit, target }) => unit === "ask" && target !== "ignore");
  if (open !== undefined) {
    throw new VostroFailure("input-invalid", `Say whether the column “${open.header}” is in dollars or in cents.`, {
      fields: [{ path: `columns.${open.index}`, message: "Dollars or cents?" }],
    });
  }
  const columns = mappedOf(batch).map(({ index, target, unit }) => ({
    index,
    target,
    ...(unit === undefined ? {} : { unit }),
  }));
  return { columns, key, connectionId };
}

/** Checks and compares in the background. Failures conflict, input-invalid. */
export function check(
  room: BatchRoom,
  input: { readonly id: BatchId; readonly revision: number },
  context: CallContext,
): void {
  mustBeIdle(room, mustFind(room.store.read, input.id));
  room.store.transaction((writer) => {
    const batch = mustSee(writer, input.id, input.revision);
    settingsOf(batch);
    moveBatch(room, writer, batch, "check", {}, { ...deedOf(room, context), text: "Began to check and compare" });
  });
  room.announce();
  room.runs.start(input.id, (signal) => planNow(room, input.id, signal));
}

export const planPatch = ({ counts, totals, largestIncreaseTenths, edition }: PlannedFile): BatchPatch => ({
  counts,
  totals,
  planEdition: edition,
  largestIncreaseTenths: largestIncreaseTenths ?? null,
});

/** Checks and compares a batch in state checking. When that fails the batch is back at its columns and says why. */
export async function planNow(room: BatchRoom, id: BatchId, signal: AbortSignal): Promise<void> {
  room.progress.forget(id);
  try {
    const settings = settingsOf(mustFind(room.store.read, id));
    const compared = { comparedAtMs: room.clock.nowMs(), comparedWith: room.accounts.mark(room.store.read) };
    const planned = await room.pool.use(id, (staging) =>
      staging.plan(
        settings,
        ({ rowsDone, rowsTotal }) =>
          room.progress.tell({ id, state: "checking", rowsDone, ...(rowsTotal === undefined ? {} : { rowsTotal }) }),
        signal,
      ),
    );
    signal.throwIfAborted();
    room.store.transaction((writer) =>
      moveBatch(room, writer, mustFind(writer, id), "compare", { ...planPatch(planned), ...compared }, {
        ...ownDeed(room),
        text: `Compared. ${planned.totals.sentence}`.trim(),
        facts: { counts: planned.counts },
      }),
    );
  } catch (error) {
    if (signal.aborted || mustFind(room.store.read, id).state !== "checking") return;
    if (!(error instanceof VostroFailure)) room.log.error("Checking a batch failed", { batch: id, error });
    const message = error instanceof VostroFailure ? error.message : "Something in Vostro went wrong while checking.";
    room.store.transaction((writer) =>
      moveBatch(
        room,
        writer,
        mustFind(writer, id),
        "leave-check",
        { message },
        { ...ownDeed(room), text: `Not checked. ${message}` },
      ),
    );
  } finally {
    room.progress.forget(id);
    room.announce();
  }
}

/** Lets the plan of a batch at Compare be edited; until what came of it is kept, the batch cannot be confirmed. */
async function editPlan<Answer>(
  room: BatchRoom,
  id: BatchId,
  edit: (staging: Staging) => Promise<Answer>,
  keep: (answer: Answer) => void,
): Promise<Answer> {
  const batch = mustFind(room.store.read, id);
  if (batch.state !== "compare") throw movedOn(batch);
  const { edits } = room;
  edits.set(id, (edits.get(id) ?? 0) + 1);
  try {
    const answer = await room.pool.use(id, edit);
    keep(answer);
    return answer;
  } catch (error) {
    room.surePlans.delete(id);
    room.announce();
    throw error;
  } finally {
    const others = (edits.get(id) ?? 1) - 1;
    if (others === 0) edits.delete(id);
    else edits.set(id, others);
  }
}

function keepPlan(
  room: BatchRoom,
  id: BatchId,
  planned: PlannedFile,
  action: string,
  text: string,
  context: CallContext,
  facts: Facts,
): void {
  room.store.transaction((writer) => {
    const batch = mustFind(writer, id);
    moveBatch(room, writer, batch, "check-again", planPatch(planned), {
      ...deedOf(room, context),
      text,
      facts: { ...facts, action, counts: planned.counts },
    });
  });
  room.announce();
}

/** Replaces one cell; what it held is not written down, because it may be a full account number. */
export async function fixCell(
  room: BatchRoom,
  input: ParsedInputOf<"batches.fixCell">,
  context: CallContext,
): Promise<PlanRow> {
  const { id, row: line, column, text } = input;
  const words = `Put a cell of row ${line} right`;
  const { row } = await editPlan(
    room,
    id,
    (staging) => staging.fixCell(line, column, text),
    ({ planned }) => keepPlan(room, id, planned, "fix-cell", words, context, { row: line, column }),
  );
  return row;
}

/** What a fix did, for the trail: never what the cells held. */
function fixText(code: string, column: string, rows: string): string {
  if (code === "CSV-SHORT-ROW") return `Took the missing last cells of ${rows} as blank`;
  if (code === "CSV-LONG-ROW") return `Left out what stood beyond the last heading in ${rows}`;
  return `Put cells of “${column}” right in ${rows}`;
}

export async function applyFix(
  room: BatchRoom,
  input: ParsedInputOf<"batches.applyFix">,
  context: CallContext,
): Promise<void> {
  const { id, group, row } = input;
  const none = new AbortController().signal;
  await editPlan(
    room,
    id,
    async (staging) => {
      const { groups } = await staging.problems();
      const fixed = groups.find((one) => one.id === group);
      return { fixed, planned: await staging.applyFix(group, row, () => undefined, none) };
    },
    ({ fixed, planned }) => {
      const { column = "", code = "", count = 0 } = fixed ?? {};
      const rows = row === undefined ? counted(count, "row") : `row ${row}`;
      const which = row === undefined ? { rows: count } : { row };
      keepPlan(room, id, planned, "apply-fix", fixText(code, column, rows), context, { code, column, ...which });
    },
  );
}

const mostRanges = 100;

/** "2-40, 55": row numbers for the trail, cut where they are many pieces. */
function rowRanges(rows: readonly number[]): string {
  const ranges: { readonly first: number; last: number }[] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    const before = ranges.at(-1);
    if (before !== undefined && row <= before.last + 1) before.last = row;
    else ranges.push({ first: row, last: row });
  }
  const shown = ranges.slice(0, mostRanges).map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return ranges.length > mostRanges ? `${shown.join(", ")}, …` : shown.join(", ");
}

/** A filter without what was searched for: that may be an account number. */
function unsearched(filter: RowFilter = {}): Facts {
  return { ...filter, ...(filter.search === undefined ? {} : { search: "…" }) };
}

/** Ticks or unticks rows; the trail says which. */
export async function include(
  room: BatchRoom,
  input: ParsedInputOf<"batches.include">,
  context: CallContext,
): Promise<void> {
  const { id, rows, filter, included } = input;
  if (rows === undefined && filter === undefined) {
    throw new VostroFailure("input-invalid", "Say which rows: by number or by a filter.");
  }
  const which = rows === undefined ? "the rows of a filter" : counted(rows.length, "row");
  const text = `${included ? "Ticked" : "Unticked"} ${which}`;
  const named = rows === undefined ? { filter: unsearched(filter) } : { rows: rowRanges(rows) };
  await editPlan(
    room,
    id,
    (staging) => staging.include(rows, filter, included),
    (planned) => keepPlan(room, id, planned, "include", text, context, { chosen: planned.totals.chosen, ...named }),
  );
}
