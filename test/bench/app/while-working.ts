import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import type { LaunchedApp } from "../../support/launch.ts";

/** How late the event loop of the app's process was. */
export interface LoopDelay {
  readonly count: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What the app's environment needs so that `loopDelay` can ask it. */
export function loopDelayEnv(folder: string): Readonly<Record<string, string>> {
  const script = pathToFileURL(join(import.meta.dirname, "loop-delay.ts")).href;
  return { VOSTRO_LOOP_DELAY: join(folder, "loop-delay.json"), NODE_OPTIONS: `--import=${script}` };
}

/** The delays since the last time this was asked. Only of the stand-in, whose process can be told to measure itself. */
export async function loopDelay({ pid }: LaunchedApp, folder: string): Promise<LoopDelay> {
  const { VOSTRO_LOOP_DELAY: file = "" } = loopDelayEnv(folder);
  rmSync(file, { force: true });
  process.kill(pid, "SIGUSR2");
  const endMs = performance.now() + 10_000;
  while (!existsSync(file)) {
    if (performance.now() > endMs) throw new Error("The app does not say how late its event loop was.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return JSON.parse(readFileSync(file, "utf8")) as LoopDelay;
}

/** Begins to note the page's long tasks; the function answers with those since then, in ms. */
export async function watchTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  const noted = await page.evaluateHandle(() => {
    const taskMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) taskMs.push(duration);
    });
    observer.observe({ type: "longtask" });
    return { taskMs, observer };
  });
  return () =>
    noted.evaluate(({ taskMs, observer }) => {
      observer.disconnect();
      return taskMs;
    });
}
