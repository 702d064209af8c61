import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { electronBinary } from "../../support/tasks/electron-binary.ts";
import { runProcess } from "../../support/tasks/run-process.ts";
import { startTask } from "../../support/tasks/start.ts";
import { electronArguments, hasDisplay } from "../../support/tasks/window.ts";

describe("electronBinary", () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    vi.spyOn(console, "log").mockReturnValue(undefined);
    root = mkdtempSync(join(tmpdir(), "vostro-electron-"));
    folder = join(root, "node_modules", "electron");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.2.3" }));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(root, { recursive: true, force: true });
  });

  /** Stands for Electron's own download script, which counts how often it ran. */
  const installer = (body: string) =>
    writeFileSync(
      join(folder, "install.js"),
      `const fs = require("node:fs"); fs.appendFileSync(${JSON.stringify(join(root, "runs"))}, "x");\n${body}`,
    );
  const runs = () => readFileSync(join(root, "runs"), "utf8").length;

  const succeed = `
    fs.mkdirSync(__dirname + "/dist");
    fs.writeFileSync(__dirname + "/dist/electron", "");
    fs.writeFileSync(__dirname + "/path.txt", "electron");`;

  it("downloads the binary once and finds it from then on", async () => {
    installer(succeed);
    const path = join(folder, "dist", "electron");
    expect(await electronBinary(root)).toEqual({ path });
    expect(await electronBinary(root)).toEqual({ path });
    expect(runs()).toBe(1);
  });

  it("says why the download failed and does not try again the same day", async () => {
    installer('console.error("RequestError: getaddrinfo ENOTFOUND example.test"); process.exit(1);');
    const first = await electronBinary(root);
    expect(first).toEqual({ why: "its download failed (RequestError: getaddrinfo ENOTFOUND example.test)" });
    expect(await electronBinary(root)).toEqual(first);
    expect(runs()).toBe(1);
  });

  it("tries again after a day and for another version", async () => {
    installer("process.exit(1);");
    await electronBinary(root);
    const note = join(root, ".cache", "electron-download.json");
    const failed = JSON.parse(readFileSync(note, "utf8"));
    writeFileSync(note, JSON.stringify({ ...failed, atMs: failed.atMs - 25 * 60 * 60 * 1000 }));
    await electronBinary(root);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.2.4" }));
    await electronBinary(root);
    expect(runs()).toBe(3);
  });

  it("does not take a download without a binary for one that worked", async () => {
    installer("");
    expect(await electronBinary(root)).toHaveProperty("why");
  });
});

describe("runProcess", () => {
  const node = (script: string, timeoutMs?: number) =>
    runProcess(process.execPath, ["-e", script], {
      cwd: tmpdir(),
      output: "keep",
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });

  it("keeps both outputs and the exit code", async () => {
    expect(await node('console.log("out"); console.error("err"); process.exitCode = 5;')).toMatchObject({
      code: 5,
      output: expect.stringMatching(/out[\s\S]*err|err[\s\S]*out/),
    });
  });

  it("ends a program that takes too long", async () => {
    expect((await node("setInterval(() => undefined, 1000)", 200)).code).toBe(124);
  });

  it("tells a program that is not there from one that fails", async () => {
    const end = await runProcess("vostro-no-such-program", [], { cwd: tmpdir(), output: "keep" });
    expect(end.code).toBe(127);
    expect(end.output).toContain("ENOENT");
  });
});

describe("npm start", () => {
  it("needs a display on Linux only", () => {
    expect(hasDisplay("linux", {})).toBe(false);
    expect(hasDisplay("linux", { DISPLAY: "" })).toBe(false);
    expect(hasDisplay("linux", { DISPLAY: ":0" })).toBe(true);
    expect(hasDisplay("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe(true);
    expect(hasDisplay("darwin", {})).toBe(true);
  });

  it.runIf(process.platform === "linux")("says so where there is none, points to the tour, and starts nothing", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue(undefined);
    vi.stubEnv("DISPLAY", "");
    vi.stubEnv("WAYLAND_DISPLAY", "");
    try {
      expect(await startTask("/no/such/folder", [])).toBe(1);
      expect(said.mock.calls.flat().join("\n")).toMatch(/There is no display here.*`npm run tour`/su);
    } finally {
      vi.unstubAllEnvs();
      said.mockRestore();
    }
  });

  it("opens the training workspace, without Chromium's sandbox only for root", () => {
    expect(electronArguments("/app", [], false)).toEqual(["/app", "--training"]);
    expect(electronArguments("/app", ["x"], true)).toEqual(["--no-sandbox", "/app", "--training", "x"]);
  });
});
