import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { createWebContents } from "./web-contents.ts";
import type { HostWebContents, WindowWorld } from "./web-contents.ts";
import { hostEvent, notImplemented, strict, strictEmitter, withMembers } from "./strict.ts";

const EVENTS = [
  "close",
  "closed",
  "ready-to-show",
  "show",
  "hide",
  "focus",
  "blur",
  "maximize",
  "unmaximize",
  "minimize",
  "restore",
  "resize",
  "resized",
  "move",
  "moved",
  "page-title-updated",
  "unresponsive",
  "responsive",
  "session-end",
  "query-session-end",
];

const WINDOW_OPTIONS = new Set([
  "width",
  "height",
  "x",
  "y",
  "minWidth",
  "minHeight",
  "maxWidth",
  "maxHeight",
  "show",
  "title",
  "icon",
  "backgroundColor",
  "autoHideMenuBar",
  "webPreferences",
  "center",
  "resizable",
  "useContentSize",
  "titleBarStyle",
  "titleBarOverlay",
  "trafficLightPosition",
  "darkTheme",
  "acceptFirstMouse",
  "paintWhenInitiallyHidden",
]);

const HARMLESS_PREFERENCES = new Set([
  "preload",
  "nodeIntegration",
  "nodeIntegrationInWorker",
  "nodeIntegrationInSubFrames",
  "contextIsolation",
  "sandbox",
  "webSecurity",
  "allowRunningInsecureContent",
  "experimentalFeatures",
  "webviewTag",
  "navigateOnDragDrop",
  "spellcheck",
  "devTools",
  "backgroundThrottling",
  "safeDialogs",
  "disableDialogs",
  "enableWebSQL",
  "v8CacheOptions",
  "images",
  "defaultFontFamily",
  "defaultFontSize",
  "minimumFontSize",
  "zoomFactor",
  "webgl",
  "plugins",
  "enableBlinkFeatures",
  "disableBlinkFeatures",
  "autoplayPolicy",
  "scrollBounce",
  "textAreasAreResizable",
  "javascript",
  "additionalArguments",
]);

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface HostWindow {
  readonly id: number;
  readonly shown: object;
  readonly contents: HostWebContents;
  isVisible(): boolean;
  isFocused(): boolean;
  title(): string;
  focus(): void;
  /** Its page has closed by itself, as when a person closes Chromium's window. */
  targetGone(): void;
  /** False when the app prevented it. */
  close(): boolean;
  /** As Windows does when the person signs out or the machine ends. */
  endSession(): void;
  destroy(): void;
}

export interface WindowList {
  readonly all: Map<number, HostWindow>;
  nextId(): number;
  focused(): HostWindow | undefined;
  focusChanged(window: HostWindow | undefined): void;
  windowClosed(): void;
}

/** Refuses every web preference that opens a door, and any that the stand-in does not know. */
export function checkPreferences(preferences: Readonly<Record<string, unknown>>): string {
  const mustNot = [
    "nodeIntegration",
    "nodeIntegrationInWorker",
    "nodeIntegrationInSubFrames",
    "allowRunningInsecureContent",
    "experimentalFeatures",
    "webviewTag",
    "navigateOnDragDrop",
    "plugins",
  ];
  const mustBeOn = ["contextIsolation", "sandbox", "webSecurity", "javascript"];
  for (const name of Object.keys(preferences)) {
    if (!HARMLESS_PREFERENCES.has(name)) throw notImplemented(`webPreferences.${name}`);
  }
  for (const name of mustNot) if (preferences[name] === true) throw new Error(`insecure webPreferences: ${name} is on`);
  for (const name of mustBeOn)
    if (preferences[name] === false) throw new Error(`insecure webPreferences: ${name} is off`);
  if (preferences["enableBlinkFeatures"]) throw new Error("insecure webPreferences: enableBlinkFeatures is set");
  const preload = preferences["preload"];
  if (typeof preload !== "string") throw new Error("insecure webPreferences: no preload");
  if (!isAbsolute(preload)) throw new Error("webPreferences.preload must be an absolute path");
  readFileSync(preload);
  return preload;
}

export function createWindow(
  options: Readonly<Record<string, unknown>>,
  world: WindowWorld,
  list: WindowList,
): HostWindow {
  for (const name of Object.keys(options)) {
    if (!WINDOW_OPTIONS.has(name)) throw notImplemented(`BrowserWindow option ${name}`);
  }
  const preload = checkPreferences((options["webPreferences"] ?? {}) as Record<string, unknown>);
  const emitter = strictEmitter("BrowserWindow", EVENTS);
  const id = list.nextId();
  const size = { widthPx: Number(options["width"] ?? 800), heightPx: Number(options["height"] ?? 600) };
  let bounds: Bounds = {
    x: Number(options["x"] ?? 0),
    y: Number(options["y"] ?? 0),
    width: size.widthPx,
    height: size.heightPx,
  };
  let title = String(options["title"] ?? "");
  let isShown = options["show"] !== false;
  let isMinimized = false;
  let isMaximized = false;
  let isDestroyed = false;
  let isReadyToShow = false;

  const alive = (): void => {
    if (isDestroyed) throw new TypeError("Object has been destroyed");
  };
  const contents = createWebContents(id, preload, size, world, () => {
    if (isReadyToShow) return;
    isReadyToShow = true;
    emitter.emit("ready-to-show", hostEvent({}));
  });
  const focus = (): void => {
    alive();
    const before = list.focused();
    if (!isShown || isMinimized || before === window) return;
    list.focusChanged(window);
    emitter.emit("focus", hostEvent({}));
  };
  const blur = (): void => {
    if (list.focused() !== window) return;
    list.focusChanged(undefined);
    emitter.emit("blur", hostEvent({}));
  };
  const destroy = (): void => {
    if (isDestroyed) return;
    blur();
    isDestroyed = true;
    list.all.delete(id);
    contents.destroy();
    emitter.emit("closed", hostEvent({}));
    if (list.focused() === undefined) [...list.all.values()].findLast((other) => other.isVisible())?.focus();
    list.windowClosed();
  };
  const close = (): boolean => {
    if (isDestroyed) return true;
    const event = hostEvent({});
    emitter.emit("close", event);
    if (event.defaultPrevented) return false;
    destroy();
    return true;
  };
  const change = (event: string, apply: () => void): void => {
    alive();
    apply();
    emitter.emit(event, hostEvent({}));
  };

  const setBounds = (value: Partial<Bounds>): void => {
    bounds = { ...bounds, ...value };
    contents.resize({ widthPx: bounds.width, heightPx: bounds.height });
  };

  const shown = strict(
    "BrowserWindow",
    withMembers(emitter, {
      id,
      webContents: contents.webContents,
      loadURL: (url: string) => {
        alive();
        return contents.webContents.loadURL(url);
      },
      show: () => {
        alive();
        if (!isShown) change("show", () => (isShown = true));
        focus();
      },
      showInactive: () => {
        if (!isShown) change("show", () => (isShown = true));
      },
      hide: () => {
        blur();
        if (isShown) change("hide", () => (isShown = false));
      },
      focus,
      blur,
      isFocused: () => list.focused() === window,
      isVisible: () => isShown,
      isMinimized: () => isMinimized,
      minimize: () => {
        blur();
        if (!isMinimized) change("minimize", () => (isMinimized = true));
      },
      restore: () => {
        if (isMinimized) change("restore", () => (isMinimized = false));
        focus();
      },
      maximize: () => {
        if (!isMaximized) change("maximize", () => (isMaximized = true));
      },
      unmaximize: () => {
        if (isMaximized) change("unmaximize", () => (isMaximized = false));
      },
      isMaximized: () => isMaximized,
      isFullScreen: () => false,
      isDestroyed: () => isDestroyed,
      close: () => {
        alive();
        close();
      },
      destroy,
      setTitle: (value: string) => {
        alive();
        title = value;
      },
      getTitle: () => {
        alive();
        return title;
      },
      setBounds: (value: Partial<Bounds>) => change("resize", () => setBounds(value)),
      getBounds: () => ({ ...bounds }),
      getNormalBounds: () => ({ ...bounds }),
      setSize: (width: number, height: number) => change("resize", () => setBounds({ width, height })),
      getSize: () => [bounds.width, bounds.height],
      setMinimumSize: () => alive(),
      setBackgroundColor: () => alive(),
      setMenuBarVisibility: () => alive(),
      setAutoHideMenuBar: () => alive(),
      setProgressBar: () => alive(),
      flashFrame: () => alive(),
    }),
  );
  const window: HostWindow = {
    id,
    shown,
    contents,
    isVisible: () => isShown,
    isFocused: () => list.focused() === window,
    title: () => title,
    focus,
    targetGone: () => {
      if (!isDestroyed) emitter.emit("close", hostEvent({}));
      destroy();
    },
    close,
    endSession: () => void emitter.emit("session-end", hostEvent({ reasons: ["shutdown"] })),
    destroy,
  };
  list.all.set(id, window);
  if (isShown) list.focusChanged(window);
  world.appEvent("browser-window-created", hostEvent({}), shown);
  world.appEvent("web-contents-created", hostEvent({}), contents.webContents);
  return window;
}
