import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createApp } from "./app.ts";
import { createWindow } from "./browser-window.ts";
import type { HostWindow, WindowList } from "./browser-window.ts";
import { startChromium } from "./chromium.ts";
import type { Chromium } from "./chromium.ts";
import {
  createClipboard,
  createCrashReporter,
  createNativeTheme,
  createNet,
  createNotification,
  createPowerMonitor,
  createScreen,
  createShell,
} from "./desktop.ts";
import { createDialog } from "./dialog.ts";
import { findChromium } from "./find-chromium.ts";
import { createIpcMain } from "./ipc-main.ts";
import { createMenu } from "./menu.ts";
import { createOrigins } from "./origins.ts";
import { createProtocol } from "./protocol.ts";
import { isGone } from "./requests.ts";
import type { BlockedRequest } from "./requests.ts";
import type { Renderer } from "./renderer.ts";
import { createSafeStorage } from "./safe-storage.ts";
import { createSession } from "./session.ts";
import type { HostSettings } from "./settings.ts";
import { strict } from "./strict.ts";
import { createTargets } from "./targets.ts";
import type { WindowWorld } from "./web-contents.ts";

export type Host = ReturnType<typeof createHost>;

/** Everything the stand-in is, for one run of one app. */
export function createHost(settings: HostSettings) {
  const manifest = JSON.parse(readFileSync(join(settings.appRoot, "package.json"), "utf8")) as Readonly<
    Record<string, string>
  >;
  const records: { what: string; detail: unknown }[] = [];
  const record = (what: string, detail: unknown): void => {
    records.push({ what, detail });
  };
  const print = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const complain = (error: unknown): void => {
    print(`[stand-in] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  let chromium: Chromium | undefined;
  let lastId = 0;
  let focused: HostWindow | undefined;
  const all = new Map<number, HostWindow>();
  const app = createApp(
    {
      appPath: settings.appRoot,
      name: manifest["productName"] ?? manifest["name"] ?? "Electron",
      version: manifest["version"] ?? "0.0.0",
      isPackaged: settings.isPackaged,
      argv: settings.argv,
    },
    {
      count: () => all.size,
      closeAll: () => [...all.values()].every((window) => window.close()),
      destroyAll: () => [...all.values()].forEach((window) => window.destroy()),
    },
    { add: record },
  );
  const { isReady } = app;
  const blocked: BlockedRequest[] = [];
  const loadListeners: ((targetId: string) => void)[] = [];
  const renderers = (): Renderer[] => [...all.values()].flatMap((window) => window.contents.renderer() ?? []);
  const toEach = (work: (renderer: Renderer) => Promise<unknown>): void => {
    for (const renderer of renderers()) {
      work(renderer).catch((error: unknown) => {
        if (!isGone(error)) complain(error);
      });
    }
  };

  const ipc = createIpcMain();
  const protocol = createProtocol(isReady);
  const session = createSession(protocol.protocol, isReady, record);
  const dialog = createDialog(isReady, print);
  const clipboard = createClipboard();
  const shell = createShell();
  const power = createPowerMonitor(isReady);
  const showTheme = async ({ session: page }: Renderer): Promise<void> => {
    await page.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: theme.theme() }],
    });
  };
  const showOnline = async ({ session: page }: Renderer): Promise<void> => {
    const offline = !net.isOnline();
    await page.send("Network.overrideNetworkState", {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  };
  const theme = createNativeTheme(settings.colorScheme, () => toEach(showTheme));
  const net = createNet(() => toEach(showOnline));
  const targets = createTargets(() => {
    if (chromium === undefined) throw new Error("Chromium is not running");
    return chromium.cdp;
  });

  const world: WindowWorld = {
    origins: createOrigins(protocol.scheme),
    blocked,
    chromium: () => {
      if (chromium === undefined) throw new Error("Chromium is not running");
      return chromium;
    },
    openTarget: targets.open,
    viewport: settings.headless ? (settings.viewport ?? "window") : "browser",
    prepare: async (renderer) => {
      await Promise.all([showTheme(renderer), net.isOnline() ? undefined : showOnline(renderer)]);
    },
    handler: protocol.handler,
    invoke: ipc.invoke,
    session: session.defaultSession,
    appEvent: app.emit,
    record,
    print,
    complain,
    loaded: (targetId) => loadListeners.forEach((listener) => listener(targetId)),
  };
  const list: WindowList = {
    all,
    nextId: () => {
      lastId += 1;
      return lastId;
    },
    focused: () => focused,
    focusChanged: (window) => {
      focused = window;
    },
    windowClosed: app.windowClosed,
  };
  const BrowserWindow = strict(
    "BrowserWindow",
    class BrowserWindow {
      constructor(options: Readonly<Record<string, unknown>> = {}) {
        if (!isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
        return createWindow(options, world, list).shown;
      }

      static getAllWindows(): object[] {
        return [...all.values()].map((window) => window.shown);
      }

      static fromWebContents(webContents: object): object | null {
        return [...all.values()].find((window) => window.contents.webContents === webContents)?.shown ?? null;
      }

      static fromId(id: number): object | null {
        return all.get(id)?.shown ?? null;
      }

      static getFocusedWindow(): object | null {
        return focused?.shown ?? null;
      }
    },
  );
  const toFocused = (act: (window: HostWindow) => void) => () => {
    if (focused) act(focused);
  };
  const menu = createMenu(() => focused?.shown, {
    quit: () => app.app.quit(),
    close: toFocused((window) => window.close()),
    reload: toFocused((window) => window.contents.webContents.reload()),
    zoomin: toFocused(({ contents }) => contents.webContents.setZoomLevel(contents.webContents.getZoomLevel() + 0.5)),
    zoomout: toFocused(({ contents }) => contents.webContents.setZoomLevel(contents.webContents.getZoomLevel() - 0.5)),
    resetzoom: toFocused(({ contents }) => contents.webContents.setZoomLevel(0)),
  });
  const keyringFile = (): string => settings.keyringFile ?? `${resolve(app.app.getPath("userData"))}.keyring`;

  return {
    settings,
    manifest,
    app,
    all,
    blocked,
    records,
    dialog,
    clipboard,
    shell,
    power,
    net,
    menu,
    session,
    complain,
    onLoaded: (listener: (targetId: string) => void) => void loadListeners.push(listener),
    /** Ends Chromium and removes its profile, however far it has come. */
    killBrowser: () => chromium?.killNow(),
    startBrowser: async (): Promise<Chromium> => {
      const executable = findChromium();
      if (executable === undefined) throw new Error("no Chromium found: set VOSTRO_CHROMIUM to its path");
      chromium = startChromium(executable, {
        headless: settings.headless,
        ...(settings.viewport ?? { widthPx: 1440, heightPx: 900 }),
      });
      await targets.watch(chromium.cdp, (targetId) => {
        for (const window of Array.from(all.values())) {
          if (window.contents.renderer()?.targetId === targetId) window.targetGone();
        }
      });
      return chromium;
    },
    modules: {
      app: app.app,
      BrowserWindow,
      Menu: menu.Menu,
      Notification: createNotification(isReady, record),
      clipboard: clipboard.clipboard,
      crashReporter: createCrashReporter(record),
      dialog: dialog.dialog,
      ipcMain: ipc.ipcMain,
      nativeTheme: theme.nativeTheme,
      net: net.net,
      powerMonitor: power.powerMonitor,
      protocol: protocol.protocol,
      safeStorage: createSafeStorage(settings.keyring, keyringFile, isReady),
      screen: createScreen(isReady, settings.viewport ?? { widthPx: 1440, heightPx: 900 }),
      session: session.session,
      shell: shell.shell,
    },
  };
}
