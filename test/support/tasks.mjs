import { resolve } from "node:path";

/** @typedef {(root: string, args: readonly string[]) => Promise<number>} Task */

/** @type {Record<string, () => Promise<Task>>} */
const tasks = {
  start: async () => (await import("./tasks/start.ts")).startTask,
  test: async () => (await import("./tasks/test.ts")).testTask,
  build: async () => (await import("./tasks/build.ts")).buildTask,
  dev: async () => (await import("./tasks/dev.ts")).devTask,
  tour: async () => (await import("./tasks/scripts.ts")).tourTask,
  bench: async () => (await import("./tasks/scripts.ts")).benchTask,
  faults: async () => (await import("./tasks/scripts.ts")).faultsTask,
  package: async () => (await import("./tasks/package.ts")).packageTask,
};

const [name = "", ...given] = process.argv.slice(2);
const args = given[0] === "--" ? given.slice(1) : given;
const load = tasks[name];
if (load === undefined) {
  console.error(`Unknown task "${name}". Known: ${Object.keys(tasks).join(", ")}.`);
  process.exitCode = 1;
} else {
  const task = await load();
  process.exitCode = await task(resolve(import.meta.dirname, "../.."), args);
}
