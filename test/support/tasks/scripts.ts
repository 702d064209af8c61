import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "../electron-host/find-chromium.ts";
import { buildWhenStale } from "./build.ts";
import { ensureChromium } from "./chromium.ts";
import { runProcess } from "./run-process.ts";

async function runScript(root: string, script: string, args: readonly string[], nodeArgs: readonly string[] = []) {
  return (await runProcess(process.execPath, [...nodeArgs, join(root, script), ...args], { cwd: root })).code;
}

async function withChromium(root: string): Promise<boolean> {
  const chromium = await ensureChromium(root, findChromium);
  if (!chromium.found) console.error(chromium.why);
  return chromium.found;
}

/** `npm run tour`: the main job without a window, one picture per step in out/tour/. */
export async function tourTask(root: string, args: readonly string[]): Promise<number> {
  if (!(await buildWhenStale(root)) || !(await withChromium(root))) return 1;
  return runScript(root, "test/support/tour.ts", args);
}

/** Whether the packages of the lock file are there, and none of an older one. */
function isInstalled(folder: string): boolean {
  const [wanted, there] = [join(folder, "package-lock.json"), join(folder, "node_modules", ".package-lock.json")];
  return existsSync(there) && statSync(there).mtimeMs >= statSync(wanted).mtimeMs;
}

/** `npm run bench`: installs the benchmark's own packages where it has any, then measures the built app. */
export async function benchTask(root: string, args: readonly string[]): Promise<number> {
  if (!(await buildWhenStale(root)) || !(await withChromium(root))) return 1;
  const folder = join(root, "test", "bench");
  if (!isInstalled(folder)) {
    console.log("Installing the benchmark's own packages…");
    const npm = process.env["npm_execpath"];
    const [command, ...first] = npm === undefined ? ["npm"] : [process.execPath, npm];
    const end = await runProcess(command, [...first, "ci", "--no-audit", "--no-fund"], { cwd: folder });
    if (end.code !== 0) return end.code;
  }
  return runScript(root, "test/bench/main.ts", args, ["--expose-gc"]);
}

/** `npm run faults -- --runs N --seed S`: kills and disturbs the app while it sends and checks that nothing is lost. */
export async function faultsTask(root: string, args: readonly string[]): Promise<number> {
  if (!(await buildWhenStale(root)) || !(await withChromium(root))) return 1;
  return runScript(root, "test/support/fault-harness/main.ts", args);
}
