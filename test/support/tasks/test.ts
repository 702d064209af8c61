import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "../electron-host/find-chromium.ts";
import { build, isBuilt } from "./build.ts";
import { ensureChromium } from "./chromium.ts";
import { plainEnvironment, runProcess } from "./run-process.ts";
import { selectTests, type Check, type Suite } from "./test-selection.ts";
import { countSuite, countWithSecondRun, unfinishedFiles, type SuiteCount } from "./vitest-report.ts";

const labels: Record<Check | Suite, string> = {
  build: "build",
  typecheck: "type-check",
  lint: "lint",
  unit: "unit",
  integration: "integration",
  architecture: "architecture",
  e2e: "end-to-end",
};

const passed: SuiteCount = { passed: 1, failed: 0, skipped: 0 };
const failed: SuiteCount = { passed: 0, failed: 1, skipped: 0 };

function report(name: Check | Suite, count: SuiteCount, sinceMs: number): SuiteCount {
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1);
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  console.log(`${labels[name].padEnd(13)} ${count.passed} passed, ${count.failed} failed${skipped}  (${seconds} s)`);
  return count;
}

async function runCheck(root: string, check: Check): Promise<SuiteCount> {
  const startMs = performance.now();
  if (check === "build" && isBuilt(root)) return report(check, passed, startMs);
  const tool = { typecheck: ["typescript", "bin", "tsc"], lint: ["oxlint", "bin", "oxlint"] };
  const format = process.stdout.isTTY ? [] : ["--format=unix"];
  const args = { typecheck: ["--build"], lint: ["--deny-warnings", ...format] };
  const end =
    check === "build"
      ? await build(root)
      : await runProcess(process.execPath, [join(root, "node_modules", ...tool[check]), ...args[check]], {
          cwd: root,
          env: plainEnvironment(),
          output: "keep",
        });
  if (end.code !== 0) console.log(end.output);
  return report(check, end.code === 0 ? passed : failed, startMs);
}

async function runSuite(root: string, suite: Suite, filters: readonly string[]): Promise<SuiteCount> {
  const startMs = performance.now();
  const reportFile = join(root, "out", "test", `${suite}.json`);
  rmSync(reportFile, { force: true });
  if (suite === "e2e") {
    const chromium = await ensureChromium(root, findChromium);
    if (!chromium.found) {
      console.log(chromium.why);
      return report(suite, failed, startMs);
    }
  }
  const exitCode = await runVitest(root, suite, filters, reportFile);
  const unfinished = unfinishedFiles(reportFile);
  if (unfinished.length === 0) return report(suite, countSuite(reportFile, exitCode), startMs);
  console.log(`The process under ${unfinished.join(", ")} ended early; once more.`);
  const secondFile = join(root, "out", "test", `${suite}-again.json`);
  rmSync(secondFile, { force: true });
  const second = countSuite(secondFile, await runVitest(root, suite, unfinished, secondFile));
  return report(suite, countWithSecondRun(reportFile, unfinished, second), startMs);
}

/** Runs the suite's files that match; its output is shown at once on a terminal, elsewhere only when it ended badly. */
async function runVitest(root: string, suite: Suite, filters: readonly string[], reportFile: string): Promise<number> {
  const end = await runProcess(
    process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--config=test/support/vitest.config.ts",
      `--project=${suite}`,
      "--silent=passed-only",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
      ...(filters.length > 0 ? ["--passWithNoTests"] : []),
      ...filters,
    ],
    { cwd: root, env: plainEnvironment(), output: process.stdout.isTTY ? "both" : "keep" },
  );
  if (end.code !== 0 && !process.stdout.isTTY) console.log(end.output);
  return end.code;
}

/** `npm test`: runs what was asked for and ends with the line `N passed, N failed`. Nothing run is a failure. */
export async function testTask(root: string, args: readonly string[]): Promise<number> {
  const selection = selectTests(args);
  mkdirSync(join(root, "out", "test"), { recursive: true });
  const counts: SuiteCount[] = [];
  for (const check of selection.checks) counts.push(await runCheck(root, check));
  const built = !selection.checks.includes("build") || counts[0]?.failed === 0;
  for (const suite of selection.suites) {
    if (suite === "e2e" && !built) {
      console.log("The end-to-end tests were not run: there is no build to run them on.");
      counts.push(report(suite, failed, performance.now()));
    } else counts.push(await runSuite(root, suite, selection.filters));
  }
  const sum = (key: keyof SuiteCount) => counts.reduce((total, count) => total + count[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") > 0 || sum("passed") === 0 ? 1 : 0;
}
