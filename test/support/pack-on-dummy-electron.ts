import { createPackage } from "@electron/asar";
import { build, Platform } from "electron-builder";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Marks the fuse wire in an Electron binary (@electron/fuses, src/constants.ts). */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** Number of fuses of the pinned Electron. */
const fuseCount = 9;

/**
 * A folder that electron-builder accepts as Electron's for Linux: an executable file with a fuse wire, every fuse off,
 * and the default app. It can be packed but not run.
 */
async function writeDummyElectron(folder: string, version: string, fuses: number): Promise<void> {
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

/**
 * Packs the built bundles for Linux as `npm run package -- --linux dir` does, on a dummy Electron instead of a
 * downloaded one.
 * @param folder an empty folder to work in
 * @param fuses how many fuses the dummy has
 * @returns the folder of the packed app; its archive is resources/app.asar
 */
export async function packOnDummyElectron(root: string, folder: string, fuses = fuseCount): Promise<string> {
  const manifest = await readFile(join(root, "node_modules", "electron", "package.json"), "utf8");
  const electronDist = join(folder, "electron");
  await writeDummyElectron(electronDist, JSON.parse(manifest).version, fuses);
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget("dir"),
    publish: "never",
    config: { electronDist, directories: { output: join(folder, "packages") } },
  });
  return join(folder, "packages", "linux-unpacked");
}
