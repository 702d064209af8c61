import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const root = resolve(import.meta.dirname, "../..");

/**
 * Longest time one test of a suite may take; a whole app is started in end-to-end and integration tests. Those wait for
 * real processes, sockets and browsers on a machine that may be busy, so one that fails is tried once more: what is
 * broken fails twice. Files of suites that start nothing outside their own rooms share a process (`isolate: false`):
 * loading the product again for each takes most of their time, and the product keeps no state of its own in its modules.
 */
const suites = [
  { name: "unit", testTimeout: 60_000, maxWorkers: "100%", retry: 0, isolate: false },
  { name: "integration", testTimeout: 60_000, maxWorkers: "100%", retry: 1, isolate: false },
  { name: "architecture", testTimeout: 120_000, maxWorkers: 1, retry: 0, isolate: true },
  { name: "e2e", testTimeout: 120_000, maxWorkers: 2, retry: 1, isolate: true },
];

export default defineConfig({
  root,
  resolve: { alias: { "@contract": resolve(root, "src/preload/contract") } },
  test: {
    pool: "forks",
    projects: suites.map((suite, index) => ({
      extends: true,
      test: {
        name: suite.name,
        include: [`test/${suite.name}/**/*.test.{ts,tsx}`],
        testTimeout: suite.testTimeout,
        hookTimeout: suite.testTimeout,
        maxWorkers: suite.maxWorkers,
        retry: suite.retry,
        isolate: suite.isolate,
        expect: { poll: { timeout: 15_000 } },
        sequence: { groupOrder: index },
      },
    })),
  },
});
