import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { selectTests } from "../../support/tasks/test-selection.ts";
import { countSuite, countWithSecondRun, unfinishedFiles } from "../../support/tasks/vitest-report.ts";

describe("npm test -- …", () => {
  it("runs everything when nothing is named", () => {
    expect(selectTests([])).toEqual({
      checks: ["build", "typecheck", "lint"],
      suites: ["unit", "integration", "architecture", "e2e"],
      filters: [],
    });
  });

  it("takes suites and file filters apart", () => {
    expect(selectTests(["unit", "money"])).toEqual({ checks: [], suites: ["unit"], filters: ["money"] });
  });

  it("builds for every suite that looks at the bundles", () => {
    expect(selectTests(["e2e"]).checks).toEqual(["build"]);
    expect(selectTests(["architecture"]).checks).toEqual(["build"]);
  });

  it("runs a single check alone", () => {
    expect(selectTests(["lint"])).toEqual({ checks: ["lint"], suites: [], filters: [] });
  });
});

describe("countSuite", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vostro-report-"));
    file = join(folder, "report.json");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (counts: { passed: number; failed: number; pending?: number }, results: readonly object[]) =>
    writeFileSync(
      file,
      JSON.stringify({
        numPassedTests: counts.passed,
        numFailedTests: counts.failed,
        numPendingTests: counts.pending ?? 0,
        numTodoTests: 0,
        success: counts.failed === 0,
        testResults: results,
      }),
    );

  it("sums a clean run", () => {
    write({ passed: 12, failed: 0, pending: 2 }, [{ status: "passed", assertionResults: [] }]);
    expect(countSuite(file, 0)).toEqual({ passed: 12, failed: 0, skipped: 2 });
  });

  it("counts a file that could not be loaded", () => {
    write({ passed: 12, failed: 1 }, [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
    ]);
    expect(countSuite(file, 1)).toEqual({ passed: 12, failed: 2, skipped: 0 });
  });

  it("counts a bad end although every test passed, and a run without a report", () => {
    write({ passed: 12, failed: 0 }, []);
    expect(countSuite(file, 1).failed).toBe(1);
    expect(countSuite(join(folder, "absent.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("names the files whose process ended under them, but only when nothing else failed", () => {
    const cutOff = { name: "a.test.ts", status: "failed", assertionResults: [{ status: "passed" }, { status: "pending" }] };
    const fine = { name: "b.test.ts", status: "passed", assertionResults: [{ status: "passed" }, { status: "passed" }] };
    const wrong = { name: "c.test.ts", status: "failed", assertionResults: [{ status: "failed" }] };
    const unloaded = { name: "d.test.ts", status: "failed", assertionResults: [] };
    write({ passed: 3, failed: 0 }, [cutOff, fine]);
    expect(unfinishedFiles(file)).toEqual(["a.test.ts"]);
    expect(countWithSecondRun(file, ["a.test.ts"], { passed: 2, failed: 0, skipped: 0 })).toEqual({
      passed: 4,
      failed: 0,
      skipped: 0,
    });
    expect(countWithSecondRun(file, ["a.test.ts"], { passed: 1, failed: 1, skipped: 0 }).failed).toBe(1);
    for (const other of [wrong, unloaded]) {
      write({ passed: 3, failed: 1 }, [cutOff, fine, other]);
      expect(unfinishedFiles(file)).toEqual([]);
    }
  });
});
