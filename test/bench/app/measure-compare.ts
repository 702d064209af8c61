import { join } from "node:path";
import type { BatchDetail } from "@contract";
import type { Page } from "playwright-core";
import type { LaunchedApp } from "../../support/launch.ts";
import { startChild } from "../child-process.ts";
import { ms, type BenchContext, type Line, type Measured, type Measurement } from "../measurement.ts";
import { median, percentile } from "../statistics.ts";
import { drawnCells, filterTimes, firstLook, scrolled, type Frames } from "./in-page-times.ts";
import type { FillQuestion } from "./fill-process.ts";
import { heapMegabytes } from "./page-heap.ts";
import { plainFrames } from "./plain-page.ts";
import { ask, launchTraining, signInMaker } from "./training-app.ts";
import { loopDelay, loopDelayEnv, watchTasks, type LoopDelay } from "./while-working.ts";

const figure = (count: number): string => count.toLocaleString("en-US");

async function newest(page: Page): Promise<BatchDetail> {
  const { rows } = await ask(page, "batches.page", { limit: 1 });
  const [row] = rows;
  if (row === undefined) throw new Error("There is no batch.");
  return ask(page, "batches.detail", { id: row.id });
}

const askEveryMs = 500;
/** How long the app stands still, to compare with. */
const restMs = 3000;
/** A million rows are read and compared in a minute or two. */
const longestMs = 600_000;

/** Signs in and goes to the Import screen. */
async function atImport({ page }: LaunchedApp): Promise<void> {
  await page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
  await signInMaker(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Import/u }).click();
  await page.getByRole("button", { name: "Choose a CSV file" }).first().waitFor();
}

/** Asks main seldom and in few words, so that the waiting is no load of its own. */
async function untilState(page: Page, left: BatchDetail["state"]): Promise<void> {
  const endMs = performance.now() + longestMs;
  for (;;) {
    const { rows } = await ask(page, "batches.page", { limit: 1 });
    if (rows[0]?.state !== left) return;
    if (performance.now() > endMs) throw new Error(`The batch is ${left} for ever.`);
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

async function isRead(page: Page): Promise<void> {
  await untilState(page, "reading");
  const { state, message } = await newest(page);
  if (state === "failed") throw new Error(`The file was not read: ${message ?? ""}`);
  await page.getByRole("button", { name: "Continue to Columns" }).waitFor();
}

/** A person needs at least this long to find a file in a dialog. */
const atLeastMs = 1000;

/** Chooses the file and takes the time to its first rows; the reading is ended unless it is the last. */
async function chosen(app: LaunchedApp, path: string, isLast: boolean): Promise<number> {
  const { page, host } = app;
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Import/u }).click();
  await page.getByRole("button", { name: "Choose a CSV file" }).first().waitFor();
  if (host === undefined) throw new Error("Only the stand-in for Electron can choose a file by itself.");
  await host.answerNextDialog({ filePaths: [path] });
  await new Promise((resolve) => setTimeout(resolve, atLeastMs));
  const tookMs = await page.evaluate(firstLook);
  if (!isLast) {
    const { id, state } = await newest(page);
    const isEnded = ask(page, "batches.cancel", { id }).then(
      () => true,
      () => false,
    );
    if (state === "reading" && !(await isEnded)) await isRead(page);
  }
  return tookMs;
}

/** From the file as it was read to its plan. */
async function toPlan(page: Page): Promise<void> {
  const read = await newest(page);
  const [connection] = await ask(page, "connections.list", {});
  if (connection === undefined) throw new Error("The training workspace has no connection.");
  const columns = read.columns.map(({ index, target, unit }) => ({
    index,
    target,
    ...(unit === undefined ? {} : { unit: "dollars" as const }),
  }));
  const { id, revision } = await ask(page, "batches.setColumns", {
    id: read.id,
    revision: read.revision,
    columns,
    key: "customer-and-account",
    connectionId: connection.id,
  });
  await ask(page, "batches.check", { id, revision });
}

/** What one long piece of work does to the app meanwhile. */
interface Meanwhile {
  readonly tookMs: number;
  readonly loop: LoopDelay;
  readonly taskMs: readonly number[];
}

async function meanwhile(app: LaunchedApp, folder: string, work: () => Promise<unknown>): Promise<Meanwhile> {
  const tasks = await watchTasks(app.page);
  await loopDelay(app, folder);
  const startMs = performance.now();
  await work();
  return { tookMs: performance.now() - startMs, loop: await loopDelay(app, folder), taskMs: await tasks() };
}

function meanwhileLine(what: string, { tookMs, loop, taskMs }: Meanwhile, still: Meanwhile): Line {
  const longest = (from: Meanwhile): string => ms(Math.max(0, ...from.taskMs));
  return {
    what: `${what} (${(tookMs / 1000).toFixed(1)} s): main's longest block; longest task of the page`,
    value:
      `${ms(loop.maxMs)} (p99 ${ms(loop.p99Ms)}); ` +
      `${longest({ tookMs, loop, taskMs })}, ${taskMs.length} over 50 ms`,
    beside: `standing still ${ms(still.loop.maxMs)}; ${longest(still)}`,
    goal: "≤ 50 ms; ≤ 100 ms",
  };
}

const slow = ({ frameMs }: Frames): number => frameMs.filter((each) => each > 33).length;
const p95 = ({ frameMs }: Frames): string => ms(percentile(frameMs, 0.95));
const told = (frames: Frames): string => `${frames.perSecond.toFixed(0)} fps, p95 ${p95(frames)}, ${slow(frames)} over`;

function frameLines(what: string, frames: Frames, beside: Frames | undefined, still: Frames): Line[] {
  return [
    {
      what: `${what}: frames over 33 ms of ${figure(frames.frameMs.length)}`,
      value: `${slow(frames)}, p95 frame ${p95(frames)}, ${frames.perSecond.toFixed(0)} fps`,
      beside: `${beside === undefined ? "" : `plain rows ${told(beside)}; `}standing still ${told(still)}`,
      ...(beside === undefined ? {} : { ratio: frames.perSecond / beside.perSecond }),
      goal: "p95 ≤ 17 ms, ≥ 55 fps",
    },
    {
      what: `${what}: longest task`,
      value: ms(Math.max(0, ...frames.taskMs)),
      beside: `${frames.taskMs.length} over 50 ms; rows blank at most ${ms(Math.max(0, ...frames.blankMs))}`,
      goal: "≤ 100 ms, blank ≤ 50 ms",
    },
  ];
}

async function run(context: BenchContext): Promise<Measured> {
  const rows = context.quick ? 20_000 : 1_000_000;
  context.say(`first rows of a file on screen, and Compare with ${figure(rows)} rows`);
  const userData = context.scratch("compare");
  const path = join(context.scratch("compare-file"), "rows.csv");
  await (await launchTraining(userData)).close();
  const child = startChild<FillQuestion, number>("app/fill-process.ts");
  await child.ask({ userData, accounts: rows, bulkFile: path }).finally(() => child.end());
  const folder = context.scratch("compare-loop");
  const app = await launchTraining(userData, loopDelayEnv(folder));
  try {
    const { page, kind } = app;
    await atImport(app);
    const firstMs: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) firstMs.push(await chosen(app, path, false));
    const resting = await meanwhile(app, folder, () => new Promise((resolve) => setTimeout(resolve, restMs)));
    const whileRead = await meanwhile(app, folder, async () => {
      firstMs.push(await chosen(app, path, true));
      await isRead(page);
    });
    const whilePlanned = await meanwhile(app, folder, async () => {
      await toPlan(page);
      await untilState(page, "checking");
    });
    const on = page.getByRole("button", { name: "Continue to Compare" });
    const tab = page.getByRole("tab", { name: /No change/u });
    await on.or(tab).first().waitFor({ timeout: longestMs });
    if (await on.isVisible()) await on.click();
    await tab.click();
    const grid = page.getByRole("grid", { name: "Rows: No change" });
    await grid.getByRole("gridcell").first().waitFor();
    const still = await page.evaluate(scrolled, { label: "Rows: No change", stepPx: 0, frames: 400 });
    const wheel = await page.evaluate(scrolled, { label: "Rows: No change", stepPx: 120, frames: 400 });
    const jumps = await page.evaluate(scrolled, { label: "Rows: No change", stepPx: undefined, frames: 400 });
    const filters = await page.evaluate(filterTimes, ["Operating 77", "9000123", "customer 1", ""]);
    const heap = await heapMegabytes(page);
    const { columns, widthPx, heightPx } = await page.evaluate(drawnCells, "Rows: No change");
    await app.close();
    const plain = await plainFrames({ rows, columns, widthPx, heightPx, frames: 400 });
    const what = `Compare, ${figure(rows)} rows (${kind})`;
    const lines: Line[] = [
      {
        what: `file chosen to its first 100 rows and first problem on screen, ${figure(rows)} rows`,
        value: `p50 ${ms(median(firstMs))}, longest ${ms(Math.max(...firstMs))}`,
        goal: "< 300 ms",
      },
      meanwhileLine(`while ${figure(rows)} rows are read`, whileRead, resting),
      meanwhileLine("while they are checked and compared", whilePlanned, resting),
      ...frameLines(`${what}, wheel`, wheel, plain, still),
      ...frameLines(`${what}, jumps over the whole file`, jumps, undefined, still),
      {
        what: `${what}: filter typed to its rows on screen`,
        value: `p50 ${ms(median(filters.shownMs))}, longest ${ms(Math.max(...filters.shownMs))}`,
        beside: `longest task ${ms(Math.max(0, ...filters.taskMs))}`,
        goal: "no task over 100 ms",
      },
      { what: `${what}: heap of the page after all that`, value: `${heap.toFixed(1)} MB`, goal: "≤ 60 MB" },
    ];
    const work = { resting, whileRead, whilePlanned };
    return { lines, data: { kind, rows, firstMs, ...work, still, wheel, plain, jumps, filters, heap } };
  } catch (error) {
    await app.kill();
    throw error;
  }
}

/** From the file to its first rows, and the grid of a whole plan, in the running app. */
export const compare: Measurement = { name: "compare", title: "A bulk file on screen", run };
