import { EventEmitter } from "node:events";
import type { Clipboard, NativeTheme, PowerMonitor, Shell } from "electron";
import { hostEvent, notImplemented, strict, strictEmitter, withMembers } from "./strict.ts";

export type Theme = "light" | "dark";

/** Electron's `nativeTheme` over a system theme that the test chooses. */
export function createNativeTheme(system: Theme, onChange: (theme: Theme) => void) {
  const emitter = strictEmitter("nativeTheme", ["updated"]);
  let source: NativeTheme["themeSource"] = "system";
  const theme = (): Theme => (source === "system" ? system : source);
  const nativeTheme = strict(
    "nativeTheme",
    Object.defineProperties(emitter, {
      shouldUseDarkColors: { get: () => theme() === "dark", enumerable: true },
      themeSource: {
        enumerable: true,
        get: () => source,
        set: (value: NativeTheme["themeSource"]) => {
          if (!["system", "light", "dark"].includes(value)) throw new TypeError(`not a theme source: ${String(value)}`);
          if (value === source) return;
          source = value;
          onChange(theme());
          emitter.emit("updated");
        },
      },
      shouldUseHighContrastColors: { get: () => false, enumerable: true },
      prefersReducedTransparency: { get: () => false, enumerable: true },
      inForcedColorsMode: { get: () => false, enumerable: true },
    }),
  );
  return { nativeTheme, theme };
}

export type PowerEvent = "suspend" | "resume" | "lock-screen" | "unlock-screen" | "shutdown";
const POWER_EVENTS: readonly PowerEvent[] = ["suspend", "resume", "lock-screen", "unlock-screen", "shutdown"];

/** Electron's `powerMonitor`, driven from the control channel. */
export function createPowerMonitor(isReady: () => boolean) {
  const emitter = strictEmitter("powerMonitor", POWER_EVENTS);
  let idleSeconds = 0;
  const ready = (): void => {
    if (!isReady()) throw new Error("The 'powerMonitor' module can't be used before the app 'ready' event");
  };
  const idle: Pick<PowerMonitor, "getSystemIdleTime" | "getSystemIdleState"> = {
    getSystemIdleTime: () => {
      ready();
      return idleSeconds;
    },
    getSystemIdleState: (thresholdSeconds) => {
      ready();
      return idleSeconds >= thresholdSeconds ? "idle" : "active";
    },
  };
  return {
    powerMonitor: strict("powerMonitor", withMembers(emitter, idle)),
    setIdle: (seconds: number) => {
      idleSeconds = seconds;
    },
    emit: (event: PowerEvent) => {
      if (!POWER_EVENTS.includes(event)) throw new Error(`not a power event: ${event}`);
      emitter.emit(event, hostEvent({}));
    },
  };
}

export function createClipboard() {
  let text = "";
  const clipboard: Pick<Clipboard, "writeText" | "readText" | "clear"> = {
    writeText: async (value) => {
      if (typeof value !== "string") throw new TypeError("clipboard.writeText takes a string");
      text = value;
    },
    readText: async () => text,
    clear: () => {
      text = "";
    },
  };
  const hold = (value: string): void => {
    text = value;
  };
  return { clipboard: strict("clipboard", clipboard), text: () => text, hold };
}

export function createShell() {
  const external: string[] = [];
  const folders: string[] = [];
  const shell: Pick<Shell, "openExternal" | "showItemInFolder"> = {
    openExternal: async (url) => {
      if (!URL.canParse(url)) throw new Error("Invalid URL");
      external.push(url);
    },
    showItemInFolder: (path) => {
      folders.push(path);
    },
  };
  return { shell: strict("shell", shell), external, folders };
}

export function createNet(onChange: (isOnline: boolean) => void) {
  let isOnline = true;
  return {
    net: strict("net", {
      isOnline: () => isOnline,
      get online() {
        return isOnline;
      },
    }),
    isOnline: () => isOnline,
    setOnline: (value: boolean) => {
      isOnline = value;
      onChange(value);
    },
  };
}

export interface HostNotificationClass {
  new (options?: { readonly title?: string; readonly body?: string }): { show(): void; close(): void };
  isSupported(): boolean;
}

const notificationOptions = new Set(["title", "body"]);

/** Electron's `Notification`: shown ones are kept. Stricter: only texts under known options, and none twice. */
export function createNotification(
  isReady: () => boolean,
  record: (what: string, detail: unknown) => void,
): HostNotificationClass {
  return class Notification extends EventEmitter {
    readonly title: string;
    readonly body: string;
    #isShown = false;

    constructor(options: { readonly title?: string; readonly body?: string } = {}) {
      super();
      if (!isReady()) throw new Error("Cannot create Notification before app is ready");
      for (const [name, value] of Object.entries(options)) {
        if (!notificationOptions.has(name)) throw new TypeError(`Notification: the stand-in does not know "${name}"`);
        if (typeof value !== "string") throw new TypeError(`Notification: "${name}" must be a string`);
      }
      this.title = options.title ?? "";
      this.body = options.body ?? "";
    }

    static isSupported(): boolean {
      return true;
    }

    show(): void {
      if (this.#isShown) throw new Error("Notification: shown already");
      this.#isShown = true;
      record("Notification", { title: this.title, body: this.body });
      this.emit("show", hostEvent({}));
    }

    close(): void {
      this.emit("close", hostEvent({}));
    }
  };
}

export function createScreen(isReady: () => boolean, size: { readonly widthPx: number; readonly heightPx: number }) {
  const area = { x: 0, y: 0, width: size.widthPx, height: size.heightPx };
  const display = {
    id: 1,
    bounds: area,
    workArea: area,
    size: { width: area.width, height: area.height },
    workAreaSize: { width: area.width, height: area.height },
    scaleFactor: 1,
    rotation: 0,
    internal: true,
  };
  const ready = (): void => {
    if (!isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
  };
  return strict("screen", {
    getPrimaryDisplay: () => {
      ready();
      return display;
    },
    getAllDisplays: () => {
      ready();
      return [display];
    },
    getDisplayMatching: () => {
      ready();
      return display;
    },
  });
}

export function createCrashReporter(record: (what: string, detail: unknown) => void) {
  return strict("crashReporter", {
    start: (options: { readonly uploadToServer?: boolean }) => {
      if (options.uploadToServer !== false) throw notImplemented("crashReporter.start with uploadToServer");
      record("crashReporter.start", options);
    },
  });
}
