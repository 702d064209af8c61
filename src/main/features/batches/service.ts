import type { BatchDetail, BatchId, OutputOf, ParsedInputOf, PlanRow } from "@contract";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import { confirmBatch } from "./confirm.ts";
import { exportProblems, exportResults, exportTemplate } from "./exports.ts";
import { batchFromAccounts, retryBatch, undoBatch } from "./follow-ups.ts";
import { cancelBatch, withdrawBatch } from "./giving-up.ts";
import { importClipboard, importFile } from "./intake.ts";
import { keepPlace } from "./place.ts";
import { makeSure } from "./plan-figures.ts";
import { applyFix, check, fixCell, include, setColumns } from "./planning.ts";
import { toDetail, toRow } from "./present.ts";
import { createProgressTeller } from "./progress.ts";
import { holdBatches, recoverIntake } from "./recovery.ts";
import type { BatchDependencies, BatchRoom } from "./room.ts";
import { handworkOf, readAgain } from "./reading-again.ts";
import { createRuns } from "./runs.ts";
import { deleteMap, listMaps } from "./saved-maps.ts";
import { createBatchWatch } from "./sending.ts";
import { createStagingPool } from "./staging-pool.ts";
import { batchesInState, findBatch, pageOfBatches, patchBatch } from "./store.ts";
import { deedOf, mustFind, note } from "./transition.ts";

export type BatchesService = ReturnType<typeof createBatchesService>;

/** Bulk edits: read, mapped, checked, compared, confirmed, and then made, sent and followed as ordinary changes. */
export function createBatchesService(deps: BatchDependencies) {
  const { store, changes, log } = deps;
  const announce = (): void => deps.publish("workspace.dataChanged", { topics: ["batches", "status", "audit"] });
  const room: BatchRoom = {
    ...deps,
    announce,
    pool: createStagingPool((id) => deps.files.open(id, mustFind(store.read, id).stagingNo), log),
    progress: createProgressTeller(deps.publish, deps.clock),
    runs: createRuns((id, error) => log.error("Work on a batch failed", { batch: id, error })),
    edits: new Map(),
    surePlans: new Set(),
    toSendAgain: new Map(),
    looks: new Map(),
    pasted: new Map(),
    tried: new Map(),
    firstLooks: new Map(),
  };
  const watch = createBatchWatch(room);
  const forget = [
    changes.onAnswer(watch.noteAnswer),
    changes.onMoved(() => {
      watch.look();
      deps.publish("workspace.dataChanged", { topics: ["batches"] });
    }),
  ];
  const detail = (id: BatchId): BatchDetail => {
    const batch = mustFind(store.read, id);
    makeSure(room, batch);
    return toDetail(room, store.read, batch);
  };

  const page = (query: ParsedInputOf<"batches.page">): OutputOf<"batches.page"> => {
    const beforeId = query.cursor === undefined ? undefined : Number.parseInt(query.cursor, 10);
    if (beforeId !== undefined && !Number.isSafeInteger(beforeId)) {
      throw new VostroFailure("input-invalid", "This list moved on. Open it again.");
    }
    const found = pageOfBatches(store.read, { search: query.search, beforeId, limit: query.limit + 1 });
    const shown = found.slice(0, query.limit);
    const last = shown.at(-1);
    const rows = shown.map((batch) => toRow(batch, changes.countsOf(store.read, batch.id)));
    return { rows, ...(found.length > shown.length && last !== undefined ? { nextCursor: String(last.id) } : {}) };
  };

  /** Rows of the plan, each with what became of it until now. */
  const rows = async (query: ParsedInputOf<"batches.rows">): Promise<OutputOf<"batches.rows">> => {
    const { id, filter, offset, limit } = query;
    const batch = mustFind(store.read, id);
    if (batch.staged === undefined || batch.state === "withdrawn") return { rows: [], matching: 0 };
    const found = await room.pool.use(id, (staging) => staging.rows(filter, offset, limit));
    const outcomes = changes.outcomesOf(
      store.read,
      id,
      found.rows.map(({ row }) => row),
    );
    const withOutcome = (row: PlanRow): PlanRow => {
      const outcome = outcomes.get(row.row);
      return outcome === undefined ? row : { ...row, outcome };
    };
    return { rows: found.rows.map(withOutcome), matching: found.matching };
  };

  return {
    page,
    detail,
    rows,
    problems: async (id: BatchId): Promise<OutputOf<"batches.problems">> => {
      const batch = mustFind(store.read, id);
      if (batch.totals === undefined || batch.state === "withdrawn") return { groups: [], columnSummaries: [] };
      return room.pool.use(id, (staging) => staging.problems());
    },
    getReady: () => {
      deps.files.prepare();
      return {};
    },
    /** Lets go what is held ready for a person who is no longer there. */
    rest: (): void => {
      deps.files.dismiss().catch((error: unknown) => log.warn("A staging worker did not end cleanly.", { error }));
    },
    chooseFile: async (context: CallContext) => {
      deps.files.prepare();
      const kinds = [
        { name: "CSV and text files", extensions: ["csv", "tsv", "txt"] },
        { name: "All files", extensions: ["*"] },
      ];
      const path = await room.dialogs.chooseFile({ title: "Choose a file of changes", kinds });
      return path === undefined ? {} : { id: importFile(room, path, context) };
    },
    importDropped: (path: string, context: CallContext) => ({ id: importFile(room, path, context) }),
    paste: async (context: CallContext) => ({ id: await importClipboard(room, context) }),
    fromAccounts: (input: ParsedInputOf<"batches.fromAccounts">, context: CallContext) => ({
      id: batchFromAccounts(room, input, context),
    }),
    handwork: (id: BatchId): Promise<OutputOf<"batches.handwork">> => handworkOf(room, mustFind(store.read, id)),
    setReading: (input: ParsedInputOf<"batches.setReading">, context: CallContext): BatchDetail => {
      readAgain(room, input, context);
      return detail(input.id);
    },
    setColumns: (input: ParsedInputOf<"batches.setColumns">, context: CallContext): BatchDetail => {
      setColumns(room, input, context);
      return detail(input.id);
    },
    check: (input: ParsedInputOf<"batches.check">, context: CallContext): BatchDetail => {
      check(room, input, context);
      return detail(input.id);
    },
    cancel: async (id: BatchId, context: CallContext): Promise<BatchDetail> => {
      await cancelBatch(room, id, context);
      return detail(id);
    },
    fixCell: (input: ParsedInputOf<"batches.fixCell">, context: CallContext) => fixCell(room, input, context),
    applyFix: async (input: ParsedInputOf<"batches.applyFix">, context: CallContext): Promise<BatchDetail> => {
      await applyFix(room, input, context);
      return detail(input.id);
    },
    include: async (input: ParsedInputOf<"batches.include">, context: CallContext): Promise<BatchDetail> => {
      await include(room, input, context);
      return detail(input.id);
    },
    exportProblems: (input: ParsedInputOf<"batches.exportProblems">, context: CallContext) =>
      exportProblems(room, input, context),
    exportResults: (input: ParsedInputOf<"batches.exportResults">, context: CallContext) =>
      exportResults(room, input, context),
    exportTemplate: (context: CallContext) => exportTemplate(room, context),
    confirm: async (input: ParsedInputOf<"batches.confirm">, context: CallContext): Promise<BatchDetail> => {
      await confirmBatch(room, input, context);
      return detail(input.id);
    },
    keepPlace: (input: ParsedInputOf<"batches.keepPlace">) => {
      keepPlace(room, input);
      return {};
    },
    pause: (id: BatchId, context: CallContext): BatchDetail => {
      watch.pause(id, context);
      return detail(id);
    },
    resume: (id: BatchId, context: CallContext): BatchDetail => {
      watch.resume(id, context);
      return detail(id);
    },
    stop: (id: BatchId, context: CallContext): BatchDetail => {
      watch.stop(id, context);
      return detail(id);
    },
    retry: (id: BatchId, context: CallContext) => ({ id: retryBatch(room, id, context) }),
    undo: (id: BatchId, context: CallContext) => ({ id: undoBatch(room, id, context) }),
    withdraw: async ({ id, reason }: ParsedInputOf<"batches.withdraw">, context: CallContext): Promise<BatchDetail> => {
      await withdrawBatch(room, id, reason, context);
      watch.look();
      return detail(id);
    },
    rename: ({ id, name }: ParsedInputOf<"batches.rename">, context: CallContext) => {
      const deed = deedOf(room, context);
      const given = name.trim();
      store.transaction((writer) => {
        const batch = mustFind(writer, id);
        patchBatch(writer, batch, { name: given }, deed.atMs);
        const what = { text: `Renamed to “${given}”`, before: { name: batch.name }, after: { name: given } };
        note(room, writer, batch, { action: "rename", ...what }, deed);
      });
      announce();
      return {};
    },
    savedMaps: (): OutputOf<"batches.savedMaps"> =>
      listMaps(store.read).map(({ id, name, columns, usedAtMs }) => ({ id, name, columns: columns.length, usedAtMs })),
    deleteMap: (id: number, context: CallContext) => {
      const { person, correlationId } = context;
      store.transaction((writer) => {
        const map = listMaps(writer).find((one) => one.id === id);
        if (map === undefined) throw new VostroFailure("not-found", "This map is no longer there.");
        deleteMap(writer, id);
        const summary = `Deleted the saved column map “${map.name}”`;
        deps.audit.append(writer, { action: "batch.delete-map", subject: "batches", summary, person, correlationId });
      });
      announce();
      return {};
    },
    /** Names of the batches that are being made or sent right now. */
    underWay: (): string[] => batchesInState(store.read, ["making", "sending"]).map(({ name }) => name),
    /** Holds back what a crash left on its way; to be called before changes are started. */
    recover: (): void => {
      holdBatches(room, "Vostro was closed in the middle of this batch. Nothing is sent until you resume it.");
      recoverIntake(room);
      deps.files.sweep((id) => findBatch(store.read, id)?.stagingNo);
    },
    /** Goes on taking back what batches that were stopped still hold. */
    start: (): void => watch.look(),
    /** Pauses what is on its way and ends every worker. */
    stopAll: async (): Promise<void> => {
      for (const end of forget) end();
      await room.runs.stopAll();
      holdBatches(room, "Vostro was closed. Nothing is sent until you resume this batch.");
      recoverIntake(room);
      await deps.files.dismiss();
      await room.pool.closeAll();
    },
  };
}
