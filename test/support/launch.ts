import { fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { _electron, chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { endGroupAndWait, removeProfile } from "./electron-host/chromium.ts";
import type { ControlCalls } from "./electron-host/control.ts";
import type { DialogAnswer } from "./electron-host/dialog.ts";
import {
  collectOutput,
  converse,
  definedOnly,
  exitOf,
  HOST,
  nodeExecutable,
  PROJECT,
  startHost,
} from "./electron-host/host-process.ts";
import type { Keyring } from "./electron-host/safe-storage.ts";

export type { DialogAnswer, ShownDialog } from "./electron-host/dialog.ts";

export interface LaunchOptions {
  /** The folder the app keeps everything in. */
  readonly userData: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly headless?: boolean;
  readonly args?: readonly string[];
  /** The project folder, or a packed app.asar. Its bundles must be built. */
  readonly appRoot?: string;
  /** Stand-in only: whether the system has a keyring. None by default. */
  readonly keyring?: Keyring;
  readonly colorScheme?: "light" | "dark";
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Stand-in only: answers to the first dialogs, in order. */
  readonly dialogAnswers?: readonly DialogAnswer[];
  /** Use the stand-in even where Electron's binary is present. */
  readonly onStandIn?: boolean;
  /** How long the app may take to show its page. */
  readonly timeoutMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type Remote<Call> = Call extends (...args: infer Args) => infer Result
  ? (...args: Args) => Promise<Awaited<Result>>
  : never;

/** What a test can do to the desktop around the app, and see of it. */
export type DesktopControl = { readonly [Name in Exclude<keyof ControlCalls, "quit">]: Remote<ControlCalls[Name]> } & {
  /** Starts the app once more on the same userData and resolves when that second process has ended. */
  secondInstance(args?: readonly string[]): Promise<Exit>;
  /** The Chromium behind the stand-in. */
  browser(): Promise<{ readonly pid: number; readonly profileDir: string }>;
};

export interface LaunchedApp {
  readonly page: Page;
  readonly kind: "electron" | "stand-in";
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Undefined on the real Electron, where a test cannot stand in for the desktop. */
  readonly host: DesktopControl | undefined;
  /** Quits as a person would, and waits until everything has ended. */
  close(): Promise<void>;
  /** SIGKILL for the app and its browser; waits until everything has ended. */
  kill(): Promise<void>;
  /** The page anew, for a driver that gave up on it when its renderer crashed. */
  reconnect(): Promise<Page>;
  /** All that the app has written to stdout and stderr so far. */
  output(): string;
}

/** The app ended, or stood still, before it showed a page. */
export class LaunchFailure extends Error {
  override readonly name = "LaunchFailure";
  readonly exit: Exit | undefined;
  readonly output: string;

  constructor(message: string, exit: Exit | undefined, output: string) {
    super(`${message}\n${output}`);
    this.exit = exit;
    this.output = output;
  }
}

/** The path of Electron's own binary, only if it is already on this machine: nothing is downloaded. */
export function findElectron(appRoot: string = PROJECT): string | undefined {
  try {
    const folder = join(createRequire(join(appRoot, "package.json")).resolve("electron/package.json"), "..");
    const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
    const path = join(override ?? join(folder, "dist"), readFileSync(join(folder, "path.txt"), "utf8"));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Starts the built app, on Electron where its binary is present, else on the stand-in, and waits for its page. */
export async function launchVostro(options: LaunchOptions): Promise<LaunchedApp> {
  const electron = options.onStandIn === true ? undefined : findElectron();
  sayOnce(
    electron === undefined ? "the Electron stand-in (no Electron binary on this machine)" : `Electron: ${electron}`,
  );
  return electron === undefined ? await launchOnStandIn(options) : await launchOnElectron(electron, options);
}

function sayOnce(which: string): void {
  const said = Symbol.for("vostro.launch.said");
  if (Reflect.get(globalThis, said) === true) return;
  Reflect.set(globalThis, said, true);
  process.stderr.write(`End-to-end on ${which}\n`);
}

async function launchOnElectron(executablePath: string, options: LaunchOptions): Promise<LaunchedApp> {
  const { userData, env = {}, args = [], appRoot = PROJECT } = options;
  const app = await _electron.launch({
    executablePath,
    args: [appRoot, `--user-data-dir=${userData}`, ...args],
    env: { ...definedOnly(process.env), ...env },
    ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
  });
  const child = app.process();
  const output = collectOutput(child);
  const exited = exitOf(child);
  const page = await app.firstWindow({ timeout: options.timeoutMs ?? 30_000 });
  if (options.viewport) await page.setViewportSize(options.viewport);
  return {
    page,
    kind: "electron",
    pid: child.pid ?? 0,
    exited,
    host: undefined,
    close: () => app.close(),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    reconnect: () => app.firstWindow(),
    output,
  };
}

async function launchOnStandIn(options: LaunchOptions): Promise<LaunchedApp> {
  const started = startHost(options);
  const { child, exited, output } = started;
  const conversation = converse(started);
  const ownCalls = {
    secondInstance: async (args: readonly string[] = []) => await startHost({ ...options, args }).exited,
    browser: async () => {
      const { browserPid, profileDir } = await conversation.browser;
      return { pid: browserPid, profileDir };
    },
  };
  const host = new Proxy(ownCalls as DesktopControl, {
    get: (own, name) => {
      if (typeof name !== "string" || name === "then" || name in own) return Reflect.get(own, name) as unknown;
      return (...args: readonly unknown[]) => conversation.call(name, args);
    },
  });
  const tidy = async (): Promise<Exit> => {
    const exit = await exited;
    const running = await Promise.race([conversation.browser, delay(0, undefined)]);
    if (running !== undefined) {
      await endGroupAndWait(running.browserPid);
      removeProfile(running.profileDir);
    }
    return exit;
  };
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await tidy();
  };
  const timeoutMs = options.timeoutMs ?? 30_000;
  const stop = new AbortController();
  const failed = Promise.race([
    exited.then((exit) => new LaunchFailure("the app ended before it showed a page", exit, output())),
    delay(timeoutMs, undefined, { signal: stop.signal, ref: false }).then(
      () => new LaunchFailure(`no page after ${timeoutMs} ms`, undefined, output()),
      () => new LaunchFailure("launched", undefined, ""),
    ),
  ]);
  const orFail = async <T>(work: Promise<T>): Promise<T> => {
    const result = await Promise.race([work.then((value) => ({ value })), failed.then((failure) => ({ failure }))]);
    if ("value" in result) return result.value;
    throw result.failure;
  };
  const browsers: Browser[] = [];
  const connect = async (): Promise<Page> => {
    const { endpoint } = await conversation.browser;
    const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true, isLocal: true });
    browsers.push(browser);
    return await firstPage(browser);
  };
  const disconnect = async (): Promise<void> => {
    await Promise.allSettled(browsers.map((browser) => browser.close()));
  };
  let page: Page;
  try {
    for (const answer of options.dialogAnswers ?? []) await orFail(conversation.call("answerNextDialog", [answer]));
    page = await orFail(connect());
    await orFail(conversation.loaded);
  } catch (error) {
    await kill();
    await disconnect();
    throw error;
  } finally {
    stop.abort();
  }
  return {
    page,
    kind: "stand-in",
    pid: child.pid ?? 0,
    exited: exited.then(tidy),
    host,
    close: async () => {
      conversation.call("quit", []).catch(() => undefined);
      const inTime = await Promise.race([exited.then(() => true), delay(15_000, false, { ref: false })]);
      if (!inTime) await kill();
      await disconnect();
      await tidy();
      if (!inTime) throw new Error(`the app did not quit within 15 s\n${output()}`);
    },
    kill: async () => {
      await kill();
      await disconnect();
    },
    reconnect: async () => {
      await conversation.call("whenShown", []);
      return await connect();
    },
    output,
  };
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("the browser has no context");
  const [page] = context.pages();
  const shown = page ?? (await context.waitForEvent("page"));
  await shown.waitForURL(({ hostname }) => hostname.endsWith(".localhost"), { waitUntil: "load" });
  return shown;
}

/** Opens the app for a person, on the stand-in in a Chromium window, and resolves when it has ended. */
export async function openVostro(options: {
  readonly appRoot?: string;
  readonly userData?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Exit> {
  const { appRoot = PROJECT, userData, args = [], env = {} } = options;
  const folder = userData === undefined ? [] : [`--user-data-dir=${userData}`];
  const child = fork(HOST, [appRoot, ...folder, ...args], {
    execPath: nodeExecutable(),
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: { ...process.env, VOSTRO_HOST_WINDOW: "headed", ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  const exit = await exitOf(child);
  process.off("SIGINT", ignore);
  return exit;
}
