import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FIXTURE_APP, newUserData, openFixture, removeUserData } from "./fixture.ts";
import { LaunchFailure, launchVostro } from "../../support/launch.ts";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("ending", () => {
  it("quits in Electron's order and leaves no process or profile behind", async () => {
    const app = await openFixture();
    const browser = await app.host.browser();
    await app.close();
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(app.output()).toMatch(/before-quit\n[^]*will-quit/);
    expect(isAlive(browser.pid)).toBe(false);
    expect(existsSync(browser.profileDir)).toBe(false);
    removeUserData(app.userData);
  });

  it("takes Chromium along when it is killed, even when nobody tidies up", async () => {
    const app = await openFixture();
    const browser = await app.host.browser();
    process.kill(app.pid, "SIGKILL");
    await expect.poll(() => isAlive(browser.pid), { timeout: 10_000 }).toBe(false);
    expect(await app.exited).toEqual({ code: null, signal: "SIGKILL" });
    removeUserData(app.userData);
  });

  it("ends at once and completely on kill()", async () => {
    const app = await openFixture();
    const browser = await app.host.browser();
    await app.kill();
    expect([isAlive(app.pid), isAlive(browser.pid)]).toEqual([false, false]);
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
  it("fails with what it printed", async () => {
    const userData = newUserData();
    const app = await openFixture({ userData });
    const failure = await launchVostro({ appRoot: FIXTURE_APP, userData, onStandIn: true }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(LaunchFailure);
    expect(failure).toMatchObject({ exit: { code: 7 }, output: expect.stringContaining("another instance holds the lock") });
    await app.close();
    removeUserData(userData);
  });
});

describe("the launcher", () => {
  it("passes arguments, environment, size and colour scheme on", async () => {
    const app = await openFixture({ args: ["--one=1"], viewport: { width: 640, height: 480 }, colorScheme: "dark" });
    const size = await app.page.evaluate(() => [innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches]);
    expect(size).toEqual([640, 480, true]);
    expect(await app.run("tryCall", "app", "getPath", "userData")).toEqual({ value: app.userData });
    expect(existsSync(join(app.userData))).toBe(true);
    await app.close();
    removeUserData(app.userData);
  });
});
