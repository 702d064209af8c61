import { createReadStream, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse";
import { openReader } from "../../../src/main/database/open-reader.ts";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { knownOf, storedValues } from "../../../src/main/features/accounts/stored-values.ts";
import type { PlanSettings } from "../../../src/main/features/batches/staging.ts";
import { createAccountCache } from "../../../src/main/features/batches/worker/account-cache.ts";
import { createStagingSession } from "../../../src/main/features/batches/worker/session.ts";
import { openStates } from "../../../src/main/features/changes/lifecycle.ts";
import { answerParent } from "../child-process.ts";
import { cacheRows, uidsOf, writeRows } from "./reading-files.ts";

export interface ReadingQuestion {
  readonly ask: "fill" | "csv-parse" | "papaparse" | "lookups" | "vostro";
  readonly folder: string;
  readonly rows: number;
}

export interface ReadingAnswer {
  readonly elapsedMs: number;
  /** Time this process spent computing; what other programs did meanwhile does not count. */
  readonly cpuMs: number;
  readonly peakMegabytes: number;
  /** Vostro only: how the computing time splits, and pages of the plan afterwards. */
  readonly readMs?: number;
  readonly planMs?: number;
  readonly stagedMegabytes?: number;
  readonly pagesMs?: readonly number[];
}

const key = Buffer.alloc(32, 7);
const quiet = { progress: () => undefined, goOn: () => undefined };

interface Extras extends Omit<ReadingAnswer, "elapsedMs" | "cpuMs" | "peakMegabytes" | "pagesMs"> {
  /** What is looked at once the time is taken. */
  readonly afterwards?: () => Promise<readonly number[]>;
}

function openWorkspace(folder: string) {
  const file = join(folder, "vostro.db");
  return openWorkspaceFile({ file, key, create: !existsSync(file), nowMs: Date.now() });
}

async function fill(folder: string, rows: number): Promise<Extras> {
  const workspace = openWorkspace(folder);
  cacheRows(workspace.store, rows);
  workspace.close();
  writeRows(join(folder, "rows.csv"), rows);
  return {};
}

async function bareCsvParse(path: string): Promise<Extras> {
  let cells = 0;
  for await (const record of createReadStream(path).pipe(parse())) cells += (record as string[]).length;
  if (cells === 0) throw new Error("csv-parse read nothing");
  return {};
}

interface PapaParse {
  readonly NODE_STREAM_INPUT: symbol;
  readonly parse: (input: symbol) => NodeJS.ReadWriteStream;
}

/** Installed for the benchmarks only, so it is not there when sources are checked. */
const papaparsePackage: string = "papaparse";

async function barePapaparse(path: string): Promise<Extras> {
  const { default: papa } = (await import(papaparsePackage)) as { readonly default: PapaParse };
  let cells = 0;
  const stream = createReadStream(path).pipe(papa.parse(papa.NODE_STREAM_INPUT));
  for await (const record of stream) cells += record.length;
  if (cells === 0) throw new Error("papaparse read nothing");
  return {};
}

/** Computing time of this process so far. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function vostro(folder: string, rows: number): Promise<Extras> {
  const stagingFile = join(folder, `staging-${process.pid}.db`);
  const rules = { storedValues, knownOf, openChangeStates: openStates };
  const session = createStagingSession({ stagingFile, workspaceFile: join(folder, "vostro.db"), key, rules });
  const startMs = cpuMs();
  const staged = await session.read({ kind: "file", path: join(folder, "rows.csv") }, undefined, quiet);
  const readMs = cpuMs() - startMs;
  const columns: PlanSettings["columns"] = staged.columns.map(({ index, target }) => ({
    index,
    target,
    unit: "dollars",
  }));
  const settings: PlanSettings = { columns, key: "customer-and-account", connectionId: connectionOf(folder) };
  const planned = await session.plan(settings, quiet);
  const planMs = cpuMs() - startMs - readMs;
  if (planned.totals.chosen !== Math.ceil(rows / 10)) throw new Error(`planned ${JSON.stringify(planned.counts)}`);
  const stagedMegabytes = statSync(stagingFile).size / 1e6;
  return { readMs, planMs, stagedMegabytes, afterwards: () => pages(session, rows) };
}

async function pages(session: ReturnType<typeof createStagingSession>, rows: number): Promise<number[]> {
  await session.rows({ bucket: "will-change" }, 0, 100);
  const found: number[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const offset = Math.floor((((turn * 7919) % 1000) / 1000) * (rows / 10 - 100));
    const startMs = performance.now();
    await session.rows({ bucket: "will-change" }, offset, 100);
    found.push(performance.now() - startMs);
  }
  return found;
}

/** The part of a plan that only finds, decrypts and decodes the accounts the rows mean. */
async function lookups(folder: string, rows: number): Promise<Extras> {
  const connectionId = connectionOf(folder);
  const reader = openReader(join(folder, "vostro.db"), key);
  const cache = createAccountCache(reader.read, {
    storedValues,
    knownOf,
    openChangeStates: openStates,
  });
  const look = (from: number): void => {
    for (let index = from; index < Math.min(rows, from + 4096); index += 1) {
      const { customerUid, accountUid } = uidsOf(index);
      if (cache.byUids(connectionId, customerUid, accountUid) === undefined) throw new Error(`no ${accountUid}`);
    }
  };
  for (let from = 0; from < rows; from += 4096) reader.snapshot(() => look(from));
  reader.close();
  return {};
}

function connectionOf(folder: string): PlanSettings["connectionId"] {
  const workspace = openWorkspace(folder);
  const row = workspace.store.read.get<{ id: PlanSettings["connectionId"] }>(
    sql`SELECT max(id) AS id FROM work_connections`,
  );
  workspace.close();
  if (row === undefined) throw new Error("no connection");
  return row.id;
}

async function answer({ ask, folder, rows }: ReadingQuestion): Promise<ReadingAnswer> {
  const path = join(folder, "rows.csv");
  const before = cpuMs();
  const startMs = performance.now();
  const work = {
    fill: () => fill(folder, rows),
    "csv-parse": () => bareCsvParse(path),
    papaparse: () => barePapaparse(path),
    lookups: () => lookups(folder, rows),
    vostro: () => vostro(folder, rows),
  };
  const { afterwards, ...extras } = await work[ask]();
  const elapsedMs = performance.now() - startMs;
  const used = cpuMs() - before;
  const pagesMs = await afterwards?.();
  return {
    elapsedMs,
    cpuMs: used,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    ...extras,
    ...(pagesMs === undefined ? {} : { pagesMs }),
  };
}

answerParent<ReadingQuestion, ReadingAnswer>(answer, async () => undefined);
