import { existsSync, readFileSync } from "node:fs";

export type SuiteCount = { readonly passed: number; readonly failed: number; readonly skipped: number };

type JsonReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
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
