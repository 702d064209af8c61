import { mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createCommandLine } from "./command-line.ts";
import { createInstanceLock } from "./lock.ts";
import type { SecondInstance } from "./lock.ts";
import { hostEvent, strict, strictEmitter, withMembers } from "./strict.ts";

const EVENTS = [
  "ready",
  "will-finish-launching",
  "window-all-closed",
  "activate",
  "second-instance",
  "before-quit",
  "will-quit",
  "quit",
  "web-contents-created",
  "browser-window-created",
  "browser-window-focus",
  "browser-window-blur",
  "render-process-gone",
  "child-process-gone",
  "certificate-error",
];

export interface AppSettings {
  readonly appPath: string;
  readonly name: string;
  readonly version: string;
  readonly isPackaged: boolean;
  readonly argv: readonly string[];
}

/** The windows the app has, as far as quitting concerns them. */
export interface OpenWindows {
  count(): number;
  /** Asks every window to close; false when one of them refused. */
  closeAll(): boolean;
  destroyAll(): void;
}

export interface Records {
  add(what: string, detail: unknown): void;
}

export type HostApp = ReturnType<typeof createApp>;

/** Electron's `app`, with the order of events that quitting has there. */
export function createApp(settings: AppSettings, windows: OpenWindows, records: Records) {
  const emitter = strictEmitter("app", EVENTS);
  const commandLine = createCommandLine(settings.argv);
  const ready = Promise.withResolvers<void>();
  const paths = new Map<string, string>();
  let name = settings.name;
  let isReady = false;
  let isQuitting = false;
  let lateSeconds: SecondInstance[] = [];

  const appData = (): string => {
    if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
    if (process.platform === "win32") return process.env["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
    return process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");
  };
  const defaults: Readonly<Record<string, () => string>> = {
    home: homedir,
    appData,
    userData: () => commandLine.getSwitchValue("user-data-dir") || join(getPath("appData"), name),
    sessionData: () => getPath("userData"),
    logs: () => join(getPath("userData"), "logs"),
    temp: tmpdir,
    exe: () => process.execPath,
    documents: () => join(homedir(), "Documents"),
    downloads: () => join(homedir(), "Downloads"),
    crashDumps: () => join(getPath("userData"), "Crashpad"),
  };
  const getPath = (key: string): string => {
    const path = paths.get(key) ?? defaults[key]?.();
    if (path === undefined) throw new Error(`Failed to get '${key}' path`);
    return path;
  };
  const beforeReady = (call: string): void => {
    if (isReady) throw new Error(`${call} can only be called before app is ready`);
  };
  const deliver = (second: SecondInstance): void => {
    if (!isReady) lateSeconds.push(second);
    else emitter.emit("second-instance", hostEvent({}), second.argv, second.workingDirectory, second.additionalData);
  };
  const lock = createInstanceLock(deliver);
  const leave = (exitCode: number): void => {
    emitter.emit("quit", hostEvent({}), exitCode);
    lock.release();
    process.exit(exitCode);
  };
  const finishQuitting = (): void => {
    const willQuit = hostEvent({});
    emitter.emit("will-quit", willQuit);
    isQuitting = false;
    if (!willQuit.defaultPrevented) leave(0);
  };
  const quit = (): void => {
    if (isQuitting) return;
    isQuitting = true;
    const beforeQuit = hostEvent({});
    emitter.emit("before-quit", beforeQuit);
    if (beforeQuit.defaultPrevented || !windows.closeAll()) isQuitting = false;
    else finishQuitting();
  };

  const app = strict(
    "app",
    withMembers(emitter, {
      commandLine,
      isPackaged: settings.isPackaged,
      whenReady: () => ready.promise,
      isReady: () => isReady,
      getName: () => name,
      setName: (value: string) => {
        name = value;
      },
      getVersion: () => settings.version,
      getAppPath: () => settings.appPath,
      getLocale: () => (isReady ? "en-US" : ""),
      getPath,
      setPath: (key: string, path: string) => {
        if (defaults[key] === undefined) throw new Error(`Failed to set path`);
        paths.set(key, path);
      },
      setAppLogsPath: (path?: string) => {
        paths.set("logs", path ?? join(getPath("userData"), "logs"));
      },
      requestSingleInstanceLock: (additionalData?: Record<string, unknown>) => {
        const argv = [...settings.argv];
        return lock.request(getPath("userData"), { argv, workingDirectory: process.cwd(), additionalData });
      },
      releaseSingleInstanceLock: () => lock.release(),
      enableSandbox: () => beforeReady("app.enableSandbox()"),
      setAppUserModelId: (id: string) => records.add("app.setAppUserModelId", id),
      setAboutPanelOptions: (options: object) => records.add("app.setAboutPanelOptions", options),
      focus: () => records.add("app.focus", undefined),
      relaunch: (options?: object) => records.add("app.relaunch", options),
      quit,
      exit: (exitCode = 0) => {
        windows.destroyAll();
        leave(exitCode);
      },
    }),
  );

  return {
    app,
    isReady: () => isReady,
    emit: (event: string, ...args: unknown[]) => emitter.emit(event, ...args),
    listens: (event: string) => emitter.listenerCount(event) > 0,
    becomeReady: () => {
      isReady = true;
      mkdirSync(getPath("userData"), { recursive: true });
      emitter.emit("will-finish-launching");
      emitter.emit("ready", hostEvent({}), {});
      ready.resolve();
      for (const second of lateSeconds) deliver(second);
      lateSeconds = [];
    },
    /** Electron quits when the last window has gone, unless the app says otherwise. */
    windowClosed: () => {
      if (windows.count() > 0 || isQuitting) return;
      if (emitter.listenerCount("window-all-closed") > 0) emitter.emit("window-all-closed");
      else quit();
    },
  };
}
