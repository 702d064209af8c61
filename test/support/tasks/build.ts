import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plainEnvironment, runProcess, type ProcessEnd } from "./run-process.ts";
import { sourceFingerprint } from "./source-fingerprint.ts";

const bundles = ["out/main/index.js", "out/preload/index.cjs", "out/renderer/index.html"];

function stampFile(root: string): string {
  return join(root, "out", ".built-from");
}

/** Whether out/ was built from exactly the sources that are there now. */
export function isBuilt(root: string): boolean {
  if (!bundles.every((bundle) => existsSync(join(root, bundle)))) return false;
  const stamp = stampFile(root);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceFingerprint(root);
}

/** Builds main, preload and renderer into out/ for production. The output is kept, not shown. */
export async function build(root: string): Promise<ProcessEnd> {
  rmSync(stampFile(root), { force: true });
  const before = sourceFingerprint(root);
  const cli = join(root, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const end = await runProcess(process.execPath, [cli, "build"], {
    cwd: root,
    env: plainEnvironment(),
    output: "keep",
  });
  if (end.code !== 0) return end;
  const missing = bundles.filter((bundle) => !existsSync(join(root, bundle)));
  if (missing.length > 0) return { code: 1, output: `${end.output}\nThe build left out ${missing.join(", ")}.\n` };
  mkdirSync(join(root, "out"), { recursive: true });
  writeFileSync(stampFile(root), before);
  return end;
}

/** Builds only when the sources changed since the last build; prints one line, or the whole output on failure. */
export async function buildWhenStale(root: string): Promise<boolean> {
  if (isBuilt(root)) return true;
  console.log("Building…");
  const end = await build(root);
  if (end.code !== 0) console.error(end.output);
  return end.code === 0;
}

/** `npm run build`: always builds. */
export async function buildTask(root: string): Promise<number> {
  const end = await build(root);
  console.log(end.output.trimEnd());
  return end.code;
}
