import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIXTURE_APP, newUserData, openFixture, removeUserData } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";

let app: Fixture;

beforeAll(async () => {
  app = await openFixture();
});
afterAll(async () => {
  await app.close();
  removeUserData(app.userData);
});

describe("app", () => {
  it("knows itself from its package.json", async () => {
    expect(await app.run("facts")).toEqual([true, "Fixture", "1.2.3", FIXTURE_APP, false]);
  });
});

describe("safeStorage", () => {
  it("is honest about a box without a keyring", async () => {
    expect(await app.run("tryCall", "safeStorage", "getSelectedStorageBackend")).toEqual({ value: "basic_text" });
    expect(await app.run("tryCall", "safeStorage", "isAsyncEncryptionAvailable")).toEqual({ value: true });
    expect(await app.run("tryCall", "safeStorage", "isEncryptionAvailable")).toEqual({ value: false });
    expect(await app.run("open", await app.run("seal", "secret"))).toEqual({
      shouldReEncrypt: false,
      result: "secret",
    });
  });

  it("has no synchronous calls", async () => {
    expect(await app.run("tryCall", "safeStorage", "encryptString", "x")).toMatchObject({
      error: expect.stringContaining("not implemented"),
    });
  });

  it("keeps a keyring's key outside userData, through a restart", async () => {
    const userData = newUserData();
    const first = await openFixture({ userData, keyring: "gnome_libsecret" });
    const sealed = (await first.run("seal", "ключ ✓")) as string;
    await first.close();
    expect(readdirSync(userData).filter((name) => name.includes("keyring"))).toEqual([]);
    expect(readdirSync(join(userData, "..")).toSorted()).toEqual(["data", "data.keyring"]);

    const second = await openFixture({ userData, keyring: "gnome_libsecret" });
    expect(await second.run("open", sealed)).toEqual({ shouldReEncrypt: false, result: "ключ ✓" });
    const broken = Buffer.from(sealed, "base64");
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    await expect(second.run("open", broken.toString("base64"))).rejects.toThrow(/authenticate/);
    await second.close();
    await expect(app.run("open", sealed)).rejects.toThrow(/decrypting/);
    removeUserData(userData);
  });
});

describe("what the desktop answers", () => {
  it("dialogs: as told, otherwise cancelled", async () => {
    expect(await app.run("ask")).toEqual({ canceled: true, filePaths: [] });
    await app.host.answerNextDialog({ filePaths: ["/some/file.csv"] });
    expect(await app.run("ask")).toEqual({ canceled: false, filePaths: ["/some/file.csv"] });
    expect(await app.host.dialogs()).toMatchObject([
      { kind: "open" },
      { kind: "open", options: { properties: ["openFile"] } },
    ]);
  });

  it("the clipboard, external addresses and the menu", async () => {
    await app.run("copy", "GB33BUKB20201555555555");
    expect(await app.host.clipboardText()).toBe("GB33BUKB20201555555555");
    await app.run("external", "https://docs.example/");
    expect(await app.host.openedExternal()).toEqual(["https://docs.example/"]);
    await app.host.clickMenu("Say");
    await app.noted("clicked Say");
    await expect(app.host.clickMenu("Nowhere")).rejects.toThrow(/no menu item/);
  });

  it("power and idleness", async () => {
    await app.host.idleSeconds(90);
    expect(await app.run("idle")).toEqual([90, "idle"]);
    await app.host.idleSeconds(5);
    expect(await app.run("idle")).toEqual([5, "active"]);
    await app.host.emitPower("suspend");
    await app.noted("suspend");
    await app.host.endSession();
    await app.noted("session-end");
  });

  it("the network, for main and for the page", async () => {
    await app.host.setOnline(false);
    expect(await app.run("online")).toBe(false);
    await app.page.waitForFunction(() => !navigator.onLine);
    expect(await app.page.evaluate(async () => (await fetch("/sub.html")).status)).toBe(200);
    await app.host.setOnline(true);
    await app.page.waitForFunction(() => navigator.onLine);
  });

  it("the theme, for main and for the page", async () => {
    expect(await app.run("theme", "dark")).toBe(true);
    await app.page.waitForFunction(() => matchMedia("(prefers-color-scheme: dark)").matches);
    await app.noted("theme updated");
    expect(await app.run("theme", "system")).toBe(false);
    await app.page.waitForFunction(() => matchMedia("(prefers-color-scheme: light)").matches);
  });
});

describe("what the stand-in lacks", () => {
  it.each([
    ["app", "getGPUInfo"],
    ["autoUpdater", "checkForUpdates"],
    ["Tray", "anything"],
    ["clipboard", "readHTML"],
    ["net", "fetch"],
    ["session", "fromPartition"],
    ["shell", "openPath"],
  ])("throws: %s.%s", async (module, member) => {
    expect(await app.run("tryCall", module, member)).toMatchObject({
      error: expect.stringMatching(/not implemented by the stand-in/),
    });
  });

  it.each([
    ["app", "on", "gpu-info-update"],
    ["nativeTheme", "on", "changed"],
    ["powerMonitor", "on", "thermal-state-change"],
  ])("does not pretend to listen: %s.%s(%s)", async (module, member, event) => {
    expect(await app.run("tryCall", module, member, event)).toMatchObject({
      error: expect.stringContaining("not implemented"),
    });
  });

  it.each([
    ["app", "enableSandbox"],
    ["protocol", "registerSchemesAsPrivileged"],
  ])("refuses what may only be called before ready: %s.%s", async (module, member) => {
    expect(await app.run("tryCall", module, member, [])).toMatchObject({
      error: expect.stringContaining("before app is ready"),
    });
  });
});
