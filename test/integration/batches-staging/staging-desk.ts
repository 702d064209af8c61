import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountId, ColumnTarget, ConnectionId, PlanRow, RowFilter } from "../../../src/preload/contract/index.ts";
import { silentLog, type Log } from "../../../src/main/core/log.ts";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import type { Store } from "../../../src/main/database/sql.ts";
import { createStaging } from "../../../src/main/features/batches/staging-client.ts";
import { createStagingWorkers, type StagingWorkers } from "../../../src/main/features/batches/staging-workers.ts";
import type {
  PlannedFile,
  PlanSettings,
  StagedFile,
  Staging,
  StagingProgress,
} from "../../../src/main/features/batches/staging.ts";
import { addAccounts, addConnection, type NewAccount } from "./cached-accounts.ts";

/** A workspace with accounts in it, and stagings beside it, each with a real worker thread. */
export interface StagingDesk {
  readonly folder: string;
  readonly store: Store;
  readonly connectionId: ConnectionId;
  /** 32 bytes, of the workspace and of every staging file. */
  readonly key: Buffer;
  readonly workspaceFile: string;
  add(accounts: readonly NewAccount[]): AccountId[];
  /** A file of these bytes in the desk's folder. */
  csv(content: string | Buffer, name?: string): string;
  stagingFile(name?: string): string;
  open(options?: {
    readonly name?: string;
    readonly limitPages?: number;
    readonly log?: Log;
    readonly workers?: StagingWorkers;
  }): Staging;
  /** Threads for stagings of this desk; ended with it. */
  workers(options?: { readonly readyMs?: number; readonly log?: Log }): StagingWorkers;
  dispose(): Promise<void>;
}

export const unwatched: StagingProgress = () => undefined;
export const never = new AbortController().signal;

/**
 * The built worker, as the app starts it. Run from its sources, every thread would hold Node's WebAssembly type
 * stripper, and V8 ends the process now and then when several threads make and free code ("jit_page.has_value()").
 */
export const workerUrl = new URL("../../../out/main/batch-worker.js", import.meta.url);

export function openStagingDesk(): StagingDesk {
  const folder = mkdtempSync(join(tmpdir(), "vostro-staging-"));
  const key = randomBytes(32);
  const workspaceFile = join(folder, "vostro.db");
  const workspace = openWorkspaceFile({ file: workspaceFile, key, create: true, nowMs: Date.now() });
  const { store } = workspace;
  const connectionId = addConnection(store);
  const opened: Staging[] = [];
  let files = 0;
  const threads: StagingWorkers[] = [];
  const workers: StagingDesk["workers"] = ({ log = silentLog, ...more } = {}) => {
    const made = createStagingWorkers({ workspaceFile, key, workerUrl, log, ...more });
    threads.push(made);
    return made;
  };
  const stagingFile = (name = "batch-1"): string => join(folder, `${name}.db`);
  return {
    folder,
    store,
    connectionId,
    key,
    workspaceFile,
    add: (accounts) => addAccounts(store, connectionId, accounts),
    csv(content, name = `rows-${(files += 1)}.csv`) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    stagingFile,
    workers,
    open({ name, limitPages, log = silentLog, workers: own = workers({ log }) } = {}) {
      const staging = createStaging({
        stagingFile: stagingFile(name),
        workers: own,
        log,
        ...(limitPages === undefined ? {} : { limitPages }),
      });
      opened.push(staging);
      return staging;
    },
    async dispose() {
      await Promise.all(opened.map((staging) => staging.close()));
      await Promise.all(threads.map((each) => each.dismiss()));
      workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The columns as they were recognised, with the targets a person chose instead. */
export function settingsFor(
  staged: StagedFile,
  connectionId: ConnectionId,
  chosen: Readonly<Record<string, ColumnTarget>> = {},
  key: PlanSettings["key"] = "customer-and-account",
): PlanSettings {
  const columns = staged.columns.map(({ index, header, target, unit }) => {
    const wanted = Object.hasOwn(chosen, header) ? (chosen[header] ?? target) : target;
    return {
      index,
      target: wanted,
      ...(unit === undefined ? {} : { unit: unit === "ask" ? ("dollars" as const) : unit }),
    };
  });
  return { columns, key, connectionId };
}

export interface Planned {
  readonly staging: Staging;
  readonly staged: StagedFile;
  readonly planned: PlannedFile;
}

/** Reads a file and plans it with the columns as recognised. */
export async function planCsv(
  desk: StagingDesk,
  content: string | Buffer,
  chosen?: Readonly<Record<string, ColumnTarget>>,
  key?: PlanSettings["key"],
): Promise<Planned> {
  const staging = desk.open({ name: `batch-${Math.random().toString(36).slice(2)}` });
  const staged = await staging.read({ kind: "file", path: desk.csv(content) }, undefined, unwatched, never);
  const planned = await staging.plan(settingsFor(staged, desk.connectionId, chosen, key), unwatched, never);
  return { staging, staged, planned };
}

/** All rows of a filter, at most 200. */
export async function rowsOf(staging: Staging, filter: RowFilter = {}): Promise<PlanRow[]> {
  return (await staging.rows(filter, 0, 200)).rows;
}

export function csvOf(rows: readonly (readonly string[])[], end = "\r\n"): string {
  const quote = (cell: string): string => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(quote).join(",")}${end}`).join("");
}
