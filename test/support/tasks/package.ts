import { join } from "node:path";
import { buildWhenStale } from "./build.ts";
import { runProcess } from "./run-process.ts";

/** `npm run package -- --linux dir`: builds and packs with electron-builder, which downloads what it lacks. */
export async function packageTask(root: string, args: readonly string[]): Promise<number> {
  if (!(await buildWhenStale(root))) return 1;
  const cli = join(root, "node_modules", "electron-builder", "cli.js");
  return (await runProcess(process.execPath, [cli, "--publish", "never", ...args], { cwd: root })).code;
}
