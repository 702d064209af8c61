import { createPackage } from "@electron/asar";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Marks the fuse wire in an Electron binary (@electron/fuses, src/constants.ts). */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** Number of fuses of the pinned Electron. */
const fuseCount = 9;

/**
 * A folder that electron-builder accepts as Electron's for Linux: an executable file with a fuse wire, every fuse off,
 * and the default app. It can be packed but not run.
 */
export async function writeDummyElectron(folder: string, version: string, fuses = fuseCount): Promise<void> {
  const defaultApp = join(folder, "default-app-source");
  await mkdir(defaultApp, { recursive: true });
  await writeFile(join(defaultApp, "package.json"), JSON.stringify({ name: "default", main: "main.js" }));
  await writeFile(join(defaultApp, "main.js"), "");
  await mkdir(join(folder, "resources"), { recursive: true });
  await createPackage(defaultApp, join(folder, "resources", "default_app.asar"));
  const wire = Buffer.concat([
    Buffer.alloc(4096, 1),
    Buffer.from(sentinel),
    Buffer.from([1, fuses]),
    Buffer.alloc(fuses, "0"),
    Buffer.alloc(4096, 2),
  ]);
  await writeFile(join(folder, "electron"), wire, { mode: 0o755 });
  await writeFile(join(folder, "version"), version);
  await mkdir(join(folder, "locales"));
  for (const locale of ["de", "en-US"]) await writeFile(join(folder, "locales", `${locale}.pak`), "");
  await writeFile(join(folder, "LICENSE"), "");
  await writeFile(join(folder, "LICENSES.chromium.html"), "");
}
