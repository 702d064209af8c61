import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

export const project = resolve(import.meta.dirname, "../../..");

/**
 * A copy of the built app under out/faults, so that a build going on beside does not change what is run. With `mainFrom`
 * the bundle of main is taken from there instead.
 */
export function copyApp(name: string, mainFrom: string = join(project, "out", "main")): string {
  const root = join(project, "out", "faults", name);
  if (!existsSync(join(mainFrom, "index.js"))) throw new Error("The app is not built: npm run build");
  dropCopy(root);
  mkdirSync(join(root, "out"), { recursive: true });
  const withoutMaps = (source: string): boolean => !source.endsWith(".map");
  cpSync(join(project, "package.json"), join(root, "package.json"));
  cpSync(mainFrom, join(root, "out", "main"), { recursive: true, filter: withoutMaps });
  for (const part of ["preload", "renderer"]) {
    cpSync(join(project, "out", part), join(root, "out", part), { recursive: true, filter: withoutMaps });
  }
  return root;
}

/** Removes a copy of the app. */
export function dropCopy(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
