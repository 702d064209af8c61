/**
 * First step of every npm script. Runs on any Node from 20.19 on with nothing installed: checks the Node version,
 * installs the packages of package-lock.json where they are missing or out of date, then runs test/support/tasks.mjs
 * on the project's own Node 24. Arguments, exit code and signals pass through.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { isInstalled, rememberInstall } from "./installed-packages.mjs";

const root = resolve(import.meta.dirname ?? ".", "../..");

/** @param {string} version */
function isOldNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 20 || (major === 20 && minor < 19);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdin: "inherit" | "ignore", shell?: boolean }} options
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function runThrough(command, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: [options.stdin, "inherit", "inherit"],
      shell: options.shell ?? false,
    });
    /** @type {NodeJS.Signals[]} */
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal already sends Ctrl-C to the whole group; twice would read as "at once".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    // npm runs a script in a shell; a signal sent to npm ends npm and that shell but never reaches this process.
    const parent = process.ppid;
    const orphanCheck = setInterval(() => {
      if (process.env["npm_lifecycle_event"] === undefined || process.ppid === parent) return;
      clearInterval(orphanCheck);
      child.kill("SIGTERM");
    }, 500);
    const settle = () => {
      clearInterval(orphanCheck);
      for (const signal of signals) process.off(signal, forward);
    };
    child.once("error", (error) => {
      settle();
      fail(error);
    });
    child.once("exit", (code, signal) => {
      settle();
      done({ code, signal });
    });
  });
}

/** @param {{ code: number | null, signal: NodeJS.Signals | null }} end */
function endLike(end) {
  if (end.signal !== null) process.kill(process.pid, end.signal);
  else process.exitCode = end.code ?? 1;
}

async function install() {
  const fresh = !existsSync(join(root, "node_modules"));
  console.log(fresh ? "Installing packages (first run)…" : "Packages changed: installing…");
  const npmArgs = [...(fresh ? ["ci"] : ["install", "--no-save"]), "--no-audit", "--no-fund", "--loglevel=error"];
  const cli = process.env["npm_execpath"];
  const node = process.env["npm_node_execpath"] ?? process.execPath;
  const end =
    cli !== undefined && /\.c?js$/.test(cli)
      ? await runThrough(node, [cli, ...npmArgs], { stdin: "ignore" })
      : await runThrough("npm", npmArgs, { stdin: "ignore", shell: process.platform === "win32" });
  if (end.code === 0) rememberInstall(root);
  else console.error("Installing the packages failed; the lines above say why. Nothing else was started.");
  return end;
}

async function main() {
  if (isOldNode(process.versions.node)) {
    console.error(`Vostro needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and try again.`);
    process.exitCode = 1;
    return;
  }
  if (!isInstalled(root)) {
    const end = await install();
    if (end.code !== 0) return endLike(end);
  }
  const bin = join(root, "node_modules", ".bin");
  const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const env = { ...process.env, [pathName]: `${bin}${delimiter}${process.env[pathName] ?? ""}` };
  endLike(
    await runThrough(node, [join(root, "test", "support", "tasks.mjs"), ...process.argv.slice(2)], {
      stdin: "inherit",
      env,
    }),
  );
}

await main();
