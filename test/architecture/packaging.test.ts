import { listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packOnDummyElectron } from "../support/pack-on-dummy-electron.ts";
import { filesBelow, root } from "./tracked-files.ts";

describe("the packaged app", () => {
  let folder: string;
  let app: string;
  let packed: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vostro-package-"));
    app = await packOnDummyElectron(root, folder);
    const archive = join(app, "resources", "app.asar");
    packed = listPackage(archive, { isPack: false }).map((path) => path.replaceAll("\\", "/"));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has every fuse set as intended", async () => {
    const wire = await getCurrentFuseWire(join(app, "vostro"));
    const states = Object.fromEntries(
      Object.entries(FuseV1Options)
        .filter(([, index]) => typeof index === "number")
        .map(([name, index]) => [name, wire[index as FuseV1Options] === FuseState.ENABLE]),
    );
    expect(states).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
  });

  it("holds the built bundles, complete", () => {
    const bundles = [...filesBelow("out/main"), ...filesBelow("out/preload"), ...filesBelow("out/renderer")];
    const expected = bundles.filter((file) => !file.endsWith(".map")).map((file) => `/${file}`);
    expect(expected).toContain("/out/main/index.js");
    expect(packed).toEqual(expect.arrayContaining(expected));
  });

  it("holds nothing else: no source, test, map, document or development package", () => {
    const allowed = /^\/(package\.json|out(\/(main|preload|renderer)(\/.*)?)?|node_modules(\/better-sqlite3(\/.*)?)?)$/;
    expect(packed.filter((path) => !allowed.test(path))).toEqual([]);
    expect(packed.filter((path) => /\.(tsx?|map|md|cpp|gyp)$/.test(path))).toEqual([]);
  });

  it("carries the database for its own platform only, outside the archive", async () => {
    const native = packed.filter((path) => path.endsWith(".node"));
    expect(native).toEqual([`/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`]);
    const unpacked = await readFile(join(app, "resources", "app.asar.unpacked", native[0] ?? ""));
    expect(unpacked.equals(await readFile(join(root, native[0] ?? "")))).toBe(true);
  });
});

describe("the fuse hook", () => {
  it("refuses an Electron with a fuse nobody decided on", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vostro-package-"));
    try {
      await expect(packOnDummyElectron(root, folder, 10)).rejects.toThrow(/strictlyRequireAllFuses/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
