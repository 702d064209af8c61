import { existsSync, readFileSync } from "node:fs";

export type SuiteCount = { readonly passed: number; readonly failed: number; readonly skipped: number };

type JsonReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name?: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/**
 * Counts of one suite from Vitest's JSON report. A file that could not be loaded counts as one failure, and so does a
 * run that ended badly although each test passed (an unhandled error) or left no report.
 */
export function countSuite(reportFile: string, exitCode: number): SuiteCount {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const report: JsonReport = JSON.parse(readFileSync(reportFile, "utf8"));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Files whose process ended while they ran, none of their tests having failed: a fault of the engine under them, as
 * V8's "Check failed: jit_page.has_value()" with worker threads. Nothing when the run has any other failure.
 */
export function unfinishedFiles(reportFile: string): readonly string[] {
  if (!existsSync(reportFile)) return [];
  const report: JsonReport = JSON.parse(readFileSync(reportFile, "utf8"));
  const failed = report.testResults.filter((file) => file.status === "failed");
  const cutOff = failed.filter((file) => {
    const statuses = file.assertionResults.map((test) => test.status);
    return statuses.includes("pending") && !statuses.includes("failed");
  });
  return cutOff.length === failed.length ? cutOff.flatMap((file) => file.name ?? []) : [];
}

/** The counts of a run whose unfinished files ran once more: they count as they ended the second time. */
export function countWithSecondRun(reportFile: string, files: readonly string[], second: SuiteCount): SuiteCount {
  const report: JsonReport = JSON.parse(readFileSync(reportFile, "utf8"));
  const others = report.testResults.filter((file) => file.name === undefined || !files.includes(file.name));
  const passed = others.flatMap((file) => file.assertionResults).filter((test) => test.status === "passed").length;
  const ranNothing = second.passed + second.failed === 0;
  return { passed: passed + second.passed, failed: ranNothing ? 1 : second.failed, skipped: second.skipped };
}
