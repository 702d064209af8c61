import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Exit, LaunchOptions } from "../launch.ts";
import type { FromHost } from "./control.ts";

export const PROJECT = resolve(import.meta.dirname, "../../..");
export const HOST = join(import.meta.dirname, "run.ts");

/** A running host and what it says. */
export interface HostProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  output(): string;
}

/** Starts the host on a project or app.asar, with its control channel open. */
export function startHost(options: LaunchOptions): HostProcess {
  const { userData, env = {}, args = [], appRoot = PROJECT } = options;
  const settings: Record<string, string> = {
    NODE_COMPILE_CACHE: join(PROJECT, "out", "compile-cache"),
    VOSTRO_HOST_WINDOW: options.headless === false ? "headed" : "headless",
    VOSTRO_HOST_KEYRING: options.keyring ?? "basic_text",
    VOSTRO_HOST_COLOR_SCHEME: options.colorScheme ?? "light",
    VOSTRO_HOST_VIEWPORT: options.viewport ? `${options.viewport.width}x${options.viewport.height}` : "",
  };
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...inherited } = process.env;
  const child = fork(HOST, [appRoot, `--user-data-dir=${userData}`, ...args], {
    execPath: nodeExecutable(),
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: { ...inherited, ...settings, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
  });
  return { child, exited: exitOf(child), output: collectOutput(child) };
}

/** The project's own Node, whatever runs the tests. */
export function nodeExecutable(): string {
  const own = join(PROJECT, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  return existsSync(own) ? own : process.execPath;
}

export function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export function collectOutput(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8");
    stream?.on("data", (chunk: string) => chunks.push(chunk));
  }
  return () => chunks.join("");
}

export function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((done) => {
    child.once("close", (code, signal) => done({ code, signal }));
    child.once("error", () => done({ code: null, signal: null }));
  });
}

/** The control channel, seen from the test. */
export interface Conversation {
  readonly browser: Promise<FromHost & { event: "browser" }>;
  readonly loaded: Promise<string>;
  call(name: string, args: readonly unknown[]): Promise<unknown>;
}

export function converse({ child, exited }: HostProcess): Conversation {
  const browser = Promise.withResolvers<FromHost & { event: "browser" }>();
  const loaded = Promise.withResolvers<string>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let hasEnded = false;
  child.on("message", (message: FromHost) => {
    if (message.event === "browser") browser.resolve(message);
    else if (message.event === "loaded") loaded.resolve(message.targetId);
    else {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) call?.resolve(message.value);
      else call?.reject(new Error(String(message.value)));
    }
  });
  void exited.then(() => {
    hasEnded = true;
    for (const call of waiting.values()) call.reject(new Error("the app has ended"));
  });
  return {
    browser: browser.promise,
    loaded: loaded.promise,
    call: (name, args) => {
      if (hasEnded || !child.connected) return Promise.reject(new Error("the app has ended"));
      lastId += 1;
      const call = Promise.withResolvers<unknown>();
      waiting.set(lastId, call);
      child.send({ id: lastId, call: name, args });
      return call.promise;
    },
  };
}
