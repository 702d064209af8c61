import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, type Rolldown } from "vite";
import { endGroupAndWait, startChromium } from "../../support/electron-host/chromium.ts";
import { findChromium } from "../../support/electron-host/find-chromium.ts";
import { scrolled, type Frames } from "./in-page-times.ts";

export interface PlainGrid {
  readonly rows: number;
  readonly columns: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frames: number;
}

async function bundled(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, "plain-rows.ts"), formats: ["iife"], name: "plainRows" },
    },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [first] = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  const [chunk] = first?.output ?? [];
  if (chunk === undefined) throw new Error("The plain page was not built.");
  return chunk.code;
}

/** What the same Chromium with the same switches reaches with plain rows; undefined where there is none. */
export async function plainFrames({ rows, columns, widthPx, heightPx, frames }: PlainGrid): Promise<Frames | undefined> {
  const executable = findChromium();
  if (executable === undefined) return undefined;
  const code = await bundled();
  const started = startChromium(executable, { headless: true, widthPx, heightPx });
  try {
    const browser = await chromium.connectOverCDP(await started.endpoint(), { noDefaults: true, isLocal: true });
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error("Chromium shows no page.");
    await page.setViewportSize({ width: widthPx, height: heightPx });
    await page.setContent(`<body style="margin: 0" data-rows="${rows}" data-columns="${columns}">`);
    await page.addScriptTag({ content: code });
    await page.locator("[role=row]").first().waitFor();
    const result = await page.evaluate(scrolled, { label: "Plain", stepPx: 120, frames });
    await browser.close();
    return result;
  } finally {
    started.killNow();
    await endGroupAndWait(started.pid);
  }
}
