import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isInstalled, rememberInstall } from "../../support/installed-packages.mjs";

type Locked = { readonly version: string; readonly integrity: string; readonly optional?: boolean };

describe("isInstalled", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "vostro-install-"));
    mkdirSync(join(root, "node_modules", "node", "bin"), { recursive: true });
    writeFileSync(join(root, "node_modules", "node", "bin", "node"), "");
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const lock = (packages: Record<string, Locked>) =>
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...packages } }));
  const record = (packages: Record<string, Locked>) =>
    writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
  const zod = { version: "4.0.0", integrity: "sha512-a" };

  it("is false before anything was installed", () => {
    lock({ "node_modules/zod": zod });
    expect(isInstalled(root)).toBe(false);
  });

  it("accepts what npm recorded when it is what the lock asks for", () => {
    lock({ "node_modules/zod": zod });
    record({ "node_modules/zod": zod });
    expect(isInstalled(root)).toBe(true);
  });

  it("sees a package that is missing, of another version or of other content", () => {
    lock({ "node_modules/zod": zod });
    for (const found of [undefined, { ...zod, version: "3.9.0" }, { ...zod, integrity: "sha512-b" }]) {
      record(found === undefined ? {} : { "node_modules/zod": found });
      expect(isInstalled(root)).toBe(false);
    }
  });

  it("does not miss a package that is only for other systems", () => {
    lock({ "node_modules/zod": zod, "node_modules/mac-only": { ...zod, optional: true } });
    record({ "node_modules/zod": zod });
    expect(isInstalled(root)).toBe(true);
  });

  it("notices that the lock changed after an install", () => {
    lock({ "node_modules/zod": zod });
    record({ "node_modules/zod": zod });
    rememberInstall(root);
    expect(isInstalled(root)).toBe(true);
    lock({ "node_modules/zod": { ...zod, version: "4.0.1" } });
    expect(isInstalled(root)).toBe(false);
  });

  it("does not trust a stamp when the project's Node is gone", () => {
    lock({});
    rememberInstall(root);
    rmSync(join(root, "node_modules", "node", "bin", "node"));
    expect(isInstalled(root)).toBe(false);
  });
});
