import { existsSync, rmSync } from "node:fs";
import { VostroFailure } from "../../../core/failures.ts";
import { openReader, type ReadingConnection } from "../../../database/open-reader.ts";
import { openWorkspaceFile, type WorkspaceFile } from "../../../database/open.ts";
import type { PlannedFile, Staging, StagedFile, StagingSource } from "../staging.ts";
import { createAccountCache, type AccountCache, type AccountRules } from "./account-cache.ts";
import { exportFile } from "./export-file.ts";
import type { ReadColumn } from "./file-columns.ts";
import { openFileSource, textSource } from "./file-source.ts";
import { limits as usualLimits, type Limits } from "./limits.ts";
import { applyFix, applyFixTo, fixCell, includePlaces, noteMade, placesOf, type PlanEdit } from "./plan-edits.ts";
import { planFile } from "./plan-file.ts";
import { chosenAfter, filteredPlaces, pageOf, planRow, problemsOf, type PlanView } from "./plan-pages.ts";
import { setUpPlan, type PlanSetup } from "./plan-setup.ts";
import { editionOf, isPlanned, loadPlan, type PlanState } from "./plan-state.ts";
import { readFile } from "./read-file.ts";
import { readGiven, readRowsOf } from "./read-rows.ts";
import { countUnticked, placeOf } from "./row-facts.ts";
import { createFilterCache } from "./row-filter.ts";
import type { Run } from "./run.ts";
import { anyMade, correctedRows, fact } from "./staging-store.ts";
import { stagingMigrations } from "./staging-migrations.ts";

export interface SessionOptions {
  readonly stagingFile: string;
  readonly workspaceFile: string;
  /** 32 bytes; both files have it. */
  readonly key: Buffer;
  readonly rules: AccountRules;
  readonly limits?: Limits;
  /** Lets the staging file grow to at most so many pages, as on a full disk. */
  readonly limitPages?: number;
}

/** Calls that take long: watched by a `Run`, which stands in the place of progress and signal. */
export type WatchedCall = "read" | "plan" | "applyFix" | "exportTo";

type Watched<Method> = Method extends (
  ...args: [...infer Args, progress: infer _P, signal: AbortSignal]
) => infer Answer
  ? (...args: [...Args, run: Run]) => Answer
  : never;

/** What `Staging` promises, in the worker's own thread. */
export type StagingSession = {
  readonly [Name in keyof Staging]: Name extends WatchedCall ? Watched<Staging[Name]> : Staging[Name];
};

function notYet(what: string): VostroFailure {
  return new VostroFailure(
    "conflict",
    `The rows of this batch are not ${what} yet. ${what === "read" ? "Read" : "Check"} them first.`,
  );
}

function removeFiles(file: string): void {
  for (const end of ["", "-wal", "-shm", "-journal", "-open"]) rmSync(`${file}${end}`, { force: true });
}

/** Opens what is there: the plan is loaded only when somebody asks for it. Failures storage-failed. */
export function createStagingSession(options: SessionOptions): StagingSession {
  const { stagingFile, workspaceFile, key, rules, limits = usualLimits } = options;
  let opened: WorkspaceFile | undefined;
  let connected: ReadingConnection | undefined;
  let plan: PlanState | undefined;
  let setup: PlanSetup | undefined;
  /** Ticks survive a check that was cancelled. */
  let ticked: PlanState | undefined;
  const filters = createFilterCache();

  const file = (): WorkspaceFile => {
    if (opened !== undefined) return opened;
    const create = !existsSync(stagingFile);
    opened = openWorkspaceFile({
      file: stagingFile,
      key,
      create,
      nowMs: Date.now(),
      migrations: stagingMigrations,
      keyProven: true,
      journal: "rollback",
    });
    if (options.limitPages !== undefined) opened.limitPages(options.limitPages);
    return opened;
  };
  const connection = (): ReadingConnection => (connected ??= openReader(workspaceFile, key));
  const workspace = () => connection().read;
  const letGo = (): void => {
    plan = undefined;
    setup = undefined;
    filters.forget();
  };
  /** Whatever an earlier reading left is gone; a new staging file is made when something is to be written. */
  const empty = (): void => {
    letGo();
    ticked = undefined;
    opened?.close();
    opened = undefined;
    removeFiles(stagingFile);
  };
  const whenNeeded: Pick<WorkspaceFile["store"], "transaction"> = {
    transaction: (work) => file().store.transaction(work),
  };
  const staged = (): StagedFile => {
    const known = fact<StagedFile>(file().store.read, "staged");
    if (known === undefined) throw notYet("read");
    return known;
  };
  const planNow = (): PlanState => {
    staged();
    plan ??= loadPlan(file().store);
    if (plan === undefined) throw notYet("checked");
    return plan;
  };
  const view = (): PlanView => ({ plan: planNow(), store: file().store, workspace });
  const cacheNow = (): AccountCache => createAccountCache(workspace(), rules);
  const columns = (): readonly ReadColumn[] => fact<ReadColumn[]>(file().store.read, "stats") ?? [];
  const edit = (): PlanEdit => {
    const now = planNow();
    const cache = cacheNow();
    setup ??= setUpPlan(now.settings, columns(), cache, workspace(), () => undefined);
    return { store: file().store, plan: now, setup, cache, quote: staged().reading.quote };
  };
  const changed = (now: PlanState): PlannedFile => {
    filters.forget();
    return now.planned();
  };

  /** What is kept in memory never stays ahead of the file: when a step fails, the plan is loaded anew. */
  const whole = async <Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      letGo();
      throw error;
    }
  };

  const readInto = async (
    store: typeof whenNeeded,
    source: StagingSource,
    reading: Parameters<Staging["read"]>[1],
    run: Run,
  ) => {
    if (source.kind === "rows") return readGiven(store, source.rows, limits, run);
    if (source.kind === "rows-of") {
      const other = openReader(source.stagingFile, key);
      try {
        return await readRowsOf(store, other.read, source.rows, limits, run);
      } finally {
        other.close();
      }
    }
    const bytes = source.kind === "file" ? await openFileSource(source.path) : textSource(source.text);
    try {
      return await readFile(store, bytes, reading, limits, run);
    } finally {
      await bytes.close();
    }
  };

  return {
    async read(source, reading, run) {
      if (existsSync(stagingFile) && anyMade(file().store.read)) {
        throw new VostroFailure(
          "conflict",
          "Rows of this batch were already made into changes; they cannot be read again.",
        );
      }
      empty();
      try {
        const read = await readInto(whenNeeded, source, reading, run);
        file().checkpoint();
        return read;
      } catch (error) {
        empty();
        file();
        throw error;
      }
    },
    async plan(settings, run) {
      staged();
      const { store, checkpoint } = file();
      ticked = plan ?? loadPlan(store) ?? ticked;
      letGo();
      const cache = cacheNow();
      const ready = setUpPlan(settings, columns(), cache, workspace(), run.goOn);
      const { snapshot } = connection();
      plan = await planFile({ store, snapshot, settings, setup: ready, cache, before: ticked }, run);
      ticked = undefined;
      setup = ready;
      checkpoint();
      return changed(plan);
    },
    fixCell: (row, column, text) =>
      whole(() => {
        const work = edit();
        fixCell(work, row, column, text);
        return { row: planRow(view(), placeOf(work.plan.facts, row)), planned: changed(work.plan) };
      }),
    applyFix: (group, row, run) =>
      whole(async () => {
        const work = edit();
        filters.forget();
        if (row === undefined) await applyFix(work, group, run);
        else applyFixTo(work, group, row);
        return changed(work.plan);
      }),
    include: (rows, filter, included) =>
      whole(() => {
        const now = view();
        const places = rows === undefined ? filteredPlaces(now, filters, filter ?? {}) : placesOf(now.plan, rows);
        includePlaces(now.store, now.plan, places ?? Array(now.plan.facts.length).keys(), included);
        return changed(now.plan);
      }),
    async handwork() {
      if (!existsSync(stagingFile)) return { corrected: 0, unticked: 0 };
      const { store } = file();
      plan ??= loadPlan(store);
      const known = plan ?? ticked;
      return { corrected: correctedRows(store.read), unticked: known === undefined ? 0 : countUnticked(known.facts) };
    },
    async plannedUnless(edition) {
      if (!existsSync(stagingFile)) return { kind: "missing" };
      const { read } = file().store;
      if (!isPlanned(read)) return { kind: "none" };
      return editionOf(read) === edition ? { kind: "same" } : { kind: "other", planned: planNow().planned() };
    },
    rows: async (filter, offset, limit) =>
      file().store.snapshot(() => pageOf(view(), filters, filter, offset, limit)),
    problems: async () => problemsOf(view()),
    chosen: async (afterRow, limit) => chosenAfter(view(), afterRow, limit),
    noteMade: (made) =>
      whole(() => {
        noteMade(file().store, planNow(), made);
        filters.forget();
      }),
    exportTo: async (path, what, run) => exportFile(view(), path, what, run),
    async close() {
      letGo();
      opened?.close();
      opened = undefined;
      connected?.close();
      connected = undefined;
    },
  };
}
