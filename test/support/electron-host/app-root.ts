import type * as Asar from "@electron/asar";
import { createRequire } from "node:module";
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export interface AppRoot {
  readonly path: string;
  readonly isPackaged: boolean;
}

/**
 * The folder to run: a project as it is, or a packed app.asar, unpacked for the length of the run because Node cannot
 * read inside one.
 */
export function prepareAppRoot(given: string): AppRoot {
  const path = resolve(given);
  if (!path.endsWith(".asar") || !statSync(path).isFile()) {
    Object.defineProperty(process, "defaultApp", { value: true, configurable: true });
    return { path, isPackaged: false };
  }
  const folder = mkdtempSync(join(tmpdir(), "vostro-asar-"));
  const asar = createRequire(import.meta.url)("@electron/asar") as typeof Asar;
  asar.extractAll(path, folder);
  if (existsSync(`${path}.unpacked`)) cpSync(`${path}.unpacked`, folder, { recursive: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  Object.defineProperty(process, "resourcesPath", { value: dirname(path), configurable: true });
  return { path: folder, isPackaged: true };
}
