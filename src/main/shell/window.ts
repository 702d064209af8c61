import { BrowserWindow } from "electron";
import type { Log } from "../core/log.ts";
import { appUrl } from "./app-address.ts";

const maxPageErrorChars = 2_000;

export interface WindowDependencies {
  /** Absolute path of the built preload script. */
  readonly preload: string;
  readonly dark: boolean;
  readonly log: Log;
  /** Asked when the person closes the window; false keeps it open. */
  readonly mayClose: () => boolean;
  /** Windows: the person signs out or the machine ends. Cannot be prevented; the process may be ended at any moment. */
  readonly sessionEnds: () => void;
  /** Told before the page loads, so that its first calls are known to come from this window. */
  readonly opened: (window: BrowserWindow) => void;
}

/** The one window: sandboxed, isolated, without Node; shows itself once the page has painted. */
export async function openWindow(options: WindowDependencies): Promise<BrowserWindow> {
  const { preload, dark, log } = options;
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1280,
    minHeight: 720,
    show: false,
    title: "Vostro",
    backgroundColor: dark ? "#0d1012" : "#f0f2f3",
    titleBarStyle: "hidden",
    titleBarOverlay: { color: "#00000000", symbolColor: "#7f8892", height: 34 },
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  options.opened(window);
  let reloaded = false;
  window.once("ready-to-show", () => window.show());
  window.on("close", (event) => {
    if (!options.mayClose()) event.preventDefault();
  });
  window.on("session-end", options.sessionEnds);
  window.webContents.on("console-message", ({ level, message }) => {
    if (level === "error") log.error("The page reported an error.", { error: message.slice(0, maxPageErrorChars) });
  });
  window.webContents.on("render-process-gone", (_event, { reason, exitCode }) => {
    log.error("The page ended unexpectedly.", { reason, exitCode });
    if (reloaded || window.isDestroyed() || reason === "clean-exit") return;
    reloaded = true;
    window.webContents.reload();
  });
  window.webContents.on("did-fail-load", (_event, errorCode, errorDescription) => {
    log.error("The page could not be loaded.", { errorCode, errorDescription });
  });
  await window.loadURL(appUrl);
  return window;
}
