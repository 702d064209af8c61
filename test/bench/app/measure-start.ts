import { spawn } from "node:child_process";
import { chromium } from "playwright-core";
import { startChild } from "../child-process.ts";
import { findChromium } from "../../support/electron-host/find-chromium.ts";
import { ms, type BenchContext, type Measured, type Measurement } from "../measurement.ts";
import { median } from "../statistics.ts";
import type { FillQuestion } from "./fill-process.ts";
import { launchTraining, signInMaker } from "./training-app.ts";

interface Start {
  readonly kind: string;
  /** From starting the process to the sign-in screen. */
  readonly firstScreenMs: number;
  /** From signing in (scrypt included) to rows, or to the sentence that there are none. */
  readonly rowsMs: number;
}

async function startOnce(userData: string, accounts: number): Promise<Start> {
  const startMs = performance.now();
  const app = await launchTraining(userData);
  try {
    const { page } = app;
    await page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
    const firstScreenMs = performance.now() - startMs;
    const signInMs = performance.now();
    await signInMaker(page);
    await page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: /^Accounts/u })
      .click();
    const rows = page.getByRole("grid", { name: "Accounts" }).getByRole("gridcell").first();
    await (accounts === 0 ? page.getByText("No accounts yet.").first() : rows).waitFor();
    return { kind: app.kind, firstScreenMs, rowsMs: performance.now() - signInMs };
  } finally {
    await app.close();
  }
}

function nodeAlone(): Promise<number> {
  const startMs = performance.now();
  return new Promise((resolve) => {
    spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }).once("exit", () => resolve(performance.now() - startMs));
  });
}

async function emptyPage(executablePath: string): Promise<number> {
  const startMs = performance.now();
  const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage();
  await page.setContent("<main>Ready</main>");
  await page.getByText("Ready").waitFor();
  const elapsedMs = performance.now() - startMs;
  await browser.close();
  return elapsedMs;
}

async function repeated<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < count; turn += 1) results.push(await work());
  return results;
}

async function startsWith(context: BenchContext, accounts: number, rounds: number): Promise<Start[]> {
  context.say(`start with ${accounts} accounts in the cache`);
  const userData = context.scratch(`start-${accounts}`);
  await startOnce(userData, 0);
  if (accounts > 0) {
    const child = startChild<FillQuestion, number>("app/fill-process.ts");
    await child.ask({ userData, accounts }).finally(() => child.end());
  }
  return repeated(rounds, () => startOnce(userData, accounts));
}

async function run(context: BenchContext): Promise<Measured> {
  const rounds = context.quick ? 1 : 5;
  const executable = findChromium();
  const node = await repeated(rounds, nodeAlone);
  const browser = executable === undefined ? [] : await repeated(rounds, () => emptyPage(executable));
  const results = [
    { accounts: 0, starts: await startsWith(context, 0, rounds) },
    { accounts: 100_000, starts: await startsWith(context, 100_000, rounds) },
  ];
  const beside = `node -e 0 ${ms(median(node))}, empty page ${ms(median(browser))}`;
  const lines = results.flatMap(({ accounts, starts }) => {
    const first = median(starts.map((start) => start.firstScreenMs));
    const label = accounts === 0 ? "empty cache" : `${accounts.toLocaleString("en-US")} accounts`;
    return [
      {
        what: `start to first screen, ${label} (${starts[0]?.kind ?? ""})`,
        value: ms(first),
        beside,
        ratio: first / (median(node) + median(browser)),
      },
      {
        what: `sign-in to ${accounts === 0 ? "the empty list" : "first rows"}, ${label}`,
        value: ms(median(starts.map((start) => start.rowsMs))),
      },
      {
        what: `start to rows on screen, ${label}`,
        value: ms(median(starts.map((start) => start.firstScreenMs + start.rowsMs))),
      },
    ];
  });
  return { lines, data: { nodeMs: node, emptyPageMs: browser, results } };
}

/** From starting the built bundles to rows on screen. The ratio is to plain Node plus a browser with an empty page. */
export const start: Measurement = { name: "start", title: "Start of the built app", run };
