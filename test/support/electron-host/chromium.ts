import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { connectOverPipe } from "./cdp.ts";
import type { CdpConnection } from "./cdp.ts";

export interface Chromium {
  readonly cdp: CdpConnection;
  readonly pid: number;
  readonly profileDir: string;
  /** The loopback DevTools address a test connects to. */
  endpoint(): Promise<string>;
  /** Ends the whole process group at once and removes the profile. Safe to call twice. */
  killNow(): void;
}

const UNWANTED = [
  "AutofillServerCommunication",
  "HttpsUpgrades",
  "IsolateSandboxedIframes",
  "MediaRouter",
  "OptimizationHints",
  "Translate",
];

const QUIET = [
  "--disable-background-networking",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-breakpad",
  "--disable-client-side-phishing-detection",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-gpu",
  "--disable-popup-blocking",
  "--disable-renderer-backgrounding",
  "--disable-search-engine-choice-screen",
  "--disable-sync",
  "--enable-features=NetworkServiceInProcess2",
  `--disable-features=${UNWANTED.join(",")}`,
  "--metrics-recording-only",
  "--no-default-browser-check",
  "--no-first-run",
  "--no-service-autorun",
  "--password-store=basic",
  "--test-type",
  "--use-mock-keychain",
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/**
 * Starts Chromium with a throw-away profile and one empty application window.
 * The debugging pipe is its life line: it exits when this process goes, however it goes.
 */
export function startChromium(executable: string, options: { headless: boolean; widthPx: number; heightPx: number }) {
  const profileDir = mkdtempSync(join(tmpdir(), `vostro-chromium-${process.pid}-`));
  const isRoot = typeof process.getuid === "function" && process.getuid() === 0;
  const child = spawn(
    executable,
    [
      ...(options.headless ? ["--headless", "--hide-scrollbars", "--mute-audio"] : []),
      ...(isRoot ? ["--no-sandbox"] : []),
      ...QUIET,
      "--remote-debugging-pipe",
      "--remote-debugging-port=0",
      "--remote-debugging-address=127.0.0.1",
      `--user-data-dir=${profileDir}`,
      `--window-size=${options.widthPx},${options.heightPx}`,
      "--app=data:text/html,<title>Vostro</title>",
    ],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      env: withoutNodeSettings(process.env),
    },
  );
  const cdp = connectOverPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  let isGone = false;
  const gone = new Promise<void>((resolve) => {
    const end = (): void => {
      isGone = true;
      cdp.close();
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  child.unref();

  const chromium: Chromium = {
    cdp,
    pid: child.pid ?? 0,
    profileDir,
    endpoint: async () => {
      while (!isGone) {
        const endpoint = readEndpoint(profileDir);
        if (endpoint !== undefined) return endpoint;
        await Promise.race([delay(10), gone]);
      }
      throw new Error("Chromium ended before it opened its DevTools port");
    },
    killNow: () => {
      if (!isGone && child.pid !== undefined) endGroup(child.pid);
      isGone = true;
      removeProfile(profileDir);
    },
  };
  return chromium;
}

/** False when dying processes still held files in it; whoever started the host then tries again. */
export function removeProfile(profileDir: string): boolean {
  try {
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
    return true;
  } catch {
    return false;
  }
}

function readEndpoint(profileDir: string): string | undefined {
  try {
    const [port, path] = readFileSync(join(profileDir, "DevToolsActivePort"), "utf8").split("\n");
    return port !== undefined && path ? `ws://127.0.0.1:${port}${path}` : undefined;
  } catch {
    return undefined;
  }
}

/** Ends a process and, where the system has process groups, every process of its group. */
export function endGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The same, and waits until the process itself has ended. */
export async function endGroupAndWait(pid: number): Promise<void> {
  endGroup(pid);
  while (isRunning(pid)) await delay(5);
}

/** Whether a process still runs; one that has ended and was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
  return process.platform !== "linux" || !/^State:\s+[ZX]/m.test(readStatus(pid));
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "State: X (gone)";
  }
}

function withoutNodeSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("NODE_")));
}
