import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findElectron, launchVostro } from "../support/launch.ts";
import { packOnDummyElectron } from "../support/pack-on-dummy-electron.ts";

const root = resolve(import.meta.dirname, "../..");

describe.runIf(process.platform === "linux" && findElectron() === undefined)("the packed app.asar", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vostro-packed-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("starts and shows the first screen, with nothing but what was packed", async () => {
    const packed = await packOnDummyElectron(root, folder);
    const app = await launchVostro({
      appRoot: join(packed, "resources", "app.asar"),
      userData: join(folder, "data"),
    });
    try {
      await app.page.getByRole("heading").first().waitFor();
      await expect(app.page.title()).resolves.toContain("Vostro");
    } finally {
      await app.close();
    }
  });
});
