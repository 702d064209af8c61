import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const support = resolve(import.meta.dirname, "../../support");

/** Stands for the tasks: says what it was given, then ends, or waits for a signal. */
const tasks = `
const [task, ...args] = process.argv.slice(2);
console.log(JSON.stringify({ task, args }));
if (task === "wait") {
  process.on("SIGTERM", () => { console.log("told to end"); process.exit(41); });
  console.log("waiting");
  setInterval(() => undefined, 1000);
} else if (task === "die") process.kill(process.pid, "SIGKILL");
else process.exitCode = Number(args[0] ?? 0);
`;

/** Stands for npm: leaves what an install leaves, or fails. */
const npm = `
const fs = require("node:fs");
console.log("npm", process.argv.slice(2).join(" "));
if (process.env.NPM_FAILS) process.exit(7);
fs.mkdirSync("node_modules/node/bin", { recursive: true });
fs.symlinkSync(process.execPath, "node_modules/node/bin/node");
`;

describe.runIf(process.platform !== "win32")("bootstrap", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "vostro-bootstrap-"));
    mkdirSync(join(root, "test", "support"), { recursive: true });
    for (const file of ["bootstrap.mjs", "installed-packages.mjs"]) {
      cpSync(join(support, file), join(root, "test", "support", file));
    }
    writeFileSync(join(root, "test", "support", "tasks.mjs"), tasks);
    writeFileSync(join(root, "npm.cjs"), npm);
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": {} } }));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [join(root, "test", "support", "bootstrap.mjs"), ...args], {
      env: { ...process.env, npm_execpath: join(root, "npm.cjs"), npm_node_execpath: process.execPath, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const ended = new Promise<{ code: number | null; signal: string | null; output: string }>((done) => {
      child.once("close", (code, signal) => done({ code, signal, output }));
    });
    const said = (text: string) =>
      new Promise<void>((done) => {
        const read = (chunk: Buffer) => {
          output += chunk.toString("utf8");
          if (output.includes(text)) done();
        };
        child.stdout.on("data", read);
        child.stderr.on("data", read);
      });
    return { child, ended, said };
  }

  async function run(args: readonly string[], env?: NodeJS.ProcessEnv) {
    const { ended, said } = start(args, env);
    void said("");
    return ended;
  }

  function installed() {
    mkdirSync(join(root, "node_modules", "node", "bin"), { recursive: true });
    symlinkSync(process.execPath, join(root, "node_modules", "node", "bin", "node"));
    writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages: {} }));
  }

  it("installs on a fresh clone, then runs the task", async () => {
    const first = await run(["test"]);
    expect(first.output).toContain("npm ci");
    expect(first.output).toContain('{"task":"test","args":[]}');
    expect(first.code).toBe(0);
    const second = await run(["test"]);
    expect(second.output).not.toContain("npm");
  });

  it("installs again when the lock file changed", async () => {
    await run(["test"]);
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": {}, "node_modules/zod": {} } }));
    rmSync(join(root, "node_modules", "node"), { recursive: true });
    expect((await run(["test"])).output).toContain("npm install --no-save");
  });

  it("starts nothing when the install fails, and ends with npm's code", async () => {
    const end = await run(["test"], { NPM_FAILS: "1" });
    expect(end.code).toBe(7);
    expect(end.output).not.toContain('"task"');
    expect(existsSync(join(root, "node_modules"))).toBe(false);
  });

  it("passes arguments and the exit code through", async () => {
    installed();
    const end = await run(["test", "3", "--", "a b", "$HOME"]);
    expect(end.output).toContain('{"task":"test","args":["3","--","a b","$HOME"]}');
    expect(end.code).toBe(3);
  });

  it("passes a signal on and waits for the task's own end", async () => {
    installed();
    const { child, ended, said } = start(["wait"]);
    await said("waiting");
    child.kill("SIGTERM");
    const end = await ended;
    expect(end.output).toContain("told to end");
    expect(end.code).toBe(41);
  });

  it("ends the task when npm and its shell were killed", async () => {
    installed();
    const bootstrap = join(root, "test", "support", "bootstrap.mjs");
    const shell = spawn("/bin/sh", ["-c", `"${process.execPath}" "${bootstrap}" wait; true`], {
      env: { ...process.env, npm_lifecycle_event: "start" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    const closed = new Promise<void>((done) => {
      shell.stdout.once("close", done);
      shell.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
        if (output.includes("waiting")) shell.kill("SIGKILL");
      });
    });
    await closed;
    expect(output).toContain("told to end");
  });

  it("ends by the signal that ended the task", async () => {
    installed();
    expect((await run(["die"])).signal).toBe("SIGKILL");
  });
});
