import { createPackage } from "@electron/asar";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRunning } from "../../support/electron-host/chromium.ts";
import { FIXTURE_APP, newUserData, openFixture, removeUserData } from "./fixture.ts";
import { LaunchFailure, launchVostro, openVostro } from "../../support/launch.ts";

describe("ending", () => {
  it("quits in Electron's order and leaves no process or profile behind", async () => {
    const app = await openFixture();
    const browser = await app.host.browser();
    await app.close();
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(app.output()).toBe("before-quit\nwill-quit\nquit 0\n");
    expect(isRunning(browser.pid)).toBe(false);
    expect(existsSync(browser.profileDir)).toBe(false);
    removeUserData(app.userData);
  });

  it("takes Chromium along when it is killed, even when nobody tidies up", async () => {
    const app = await openFixture();
    const browser = await app.host.browser();
    process.kill(app.pid, "SIGKILL");
    await expect.poll(() => isRunning(browser.pid), { timeout: 10_000 }).toBe(false);
    expect(await app.exited).toEqual({ code: null, signal: "SIGKILL" });
    removeUserData(app.userData);
  });

  it("ends at once and completely on kill()", async () => {
    const app = await openFixture();
    const browser = await app.host.browser();
    await app.kill();
    expect([isRunning(app.pid), isRunning(browser.pid)]).toEqual([false, false]);
    removeUserData(app.userData);
  });

  it("tells the app that all windows are closed, and leaves it to the app then", async () => {
    const app = await openFixture({ args: ["--listen-to-all-closed"] });
    await app.host.closeWindow();
    expect((await app.exited).code).toBe(0);
    expect(app.output()).toBe("window-all-closed\nbefore-quit\nwill-quit\nquit 0\n");
    removeUserData(app.userData);
  });

  it("quits when the last window is closed, as Electron does by default", async () => {
    const app = await openFixture();
    await app.host.closeWindow();
    expect((await app.exited).code).toBe(0);
    removeUserData(app.userData);
  });
});

describe("one instance", () => {
  it("hands a second start on the same userData to the first", async () => {
    const app = await openFixture();
    expect((await app.host.secondInstance(["--open=this one"])).code).toBe(7);
    const seen = await app.noted("second-instance");
    const [, argv, folder, data] = seen.find(([kind]) => kind === "second-instance") ?? [];
    expect(argv).toContain("--open=this one");
    expect([folder, data]).toEqual([process.cwd(), { from: "fixture" }]);
    await app.close();
    removeUserData(app.userData);
  });

  it("lets another start once releaseSingleInstanceLock was called", async () => {
    const first = await openFixture();
    await first.run("tryCall", "app", "releaseSingleInstanceLock");
    const second = await openFixture({ userData: first.userData });
    await Promise.all([first.close(), second.close()]);
    removeUserData(first.userData);
  });

  it("frees the lock when the first is killed", async () => {
    const userData = newUserData();
    const first = await openFixture({ userData });
    await first.kill();
    const second = await openFixture({ userData });
    expect(await second.page.title()).toBe("Fixture");
    await second.close();
    removeUserData(userData);
  });
});

describe("an app that does not start", () => {
  it("fails with what it printed, and leaves nothing behind either", async () => {
    const userData = newUserData();
    const env = { TMPDIR: mkdtempSync(join(tmpdir(), "vostro-temp-")) };
    const app = await openFixture({ userData, env });
    const failure = await launchVostro({ appRoot: FIXTURE_APP, userData, env, onStandIn: true }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(LaunchFailure);
    expect(failure).toMatchObject({
      exit: { code: 7 },
      output: expect.stringContaining("another instance holds the lock"),
    });
    await app.close();
    expect(readdirSync(env.TMPDIR).filter((name) => name.startsWith("vostro-chromium-"))).toEqual([]);
    removeUserData(userData);
    rmSync(env.TMPDIR, { recursive: true, force: true });
  });
});

describe("a packed app", () => {
  it("runs from its app.asar and is told so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vostro-packed-"));
    const archive = join(folder, "app.asar");
    await createPackage(FIXTURE_APP, archive);
    const app = await openFixture({ appRoot: archive });
    const [, name, version, path, isPackaged] = (await app.run("facts")) as [boolean, string, string, string, boolean];
    expect([name, version, isPackaged]).toEqual(["Fixture", "1.2.3", true]);
    await app.close();
    expect(existsSync(path)).toBe(false);
    removeUserData(app.userData);
    rmSync(folder, { recursive: true });
  });
});

describe("openVostro", () => {
  it("resolves with the exit of an app that a person has closed", async () => {
    const userData = newUserData();
    const env = { VOSTRO_HOST_WINDOW: "headless" };
    const exit = await openVostro({ appRoot: FIXTURE_APP, userData, args: ["--quit-when-shown"], env });
    expect(exit).toEqual({ code: 0, signal: null });
    removeUserData(userData);
  });
});

describe("the launcher", () => {
  it("passes arguments, environment, size and colour scheme on", async () => {
    const app = await openFixture({ args: ["--one=1"], viewport: { width: 640, height: 480 }, colorScheme: "dark" });
    const size = await app.page.evaluate(() => [
      innerWidth,
      innerHeight,
      matchMedia("(prefers-color-scheme: dark)").matches,
    ]);
    expect(size).toEqual([640, 480, true]);
    expect(await app.run("tryCall", "app", "getPath", "userData")).toEqual({ value: app.userData });
    expect(existsSync(join(app.userData))).toBe(true);
    await app.close();
    removeUserData(app.userData);
  });
});
