import type { HostFrame } from "./frames.ts";
import { createCloneCodec } from "./page/codec.ts";
import { isGone } from "./requests.ts";
import type { BlockedRequest } from "./requests.ts";
import { takeOver } from "./renderer.ts";
import type { Invocation, Renderer, RendererOwner } from "./renderer.ts";
import type { Origins } from "./origins.ts";
import { hostEvent, notImplemented, strict, strictEmitter, withMembers } from "./strict.ts";
import type { Chromium } from "./chromium.ts";

const EVENTS = [
  "will-navigate",
  "will-frame-navigate",
  "will-redirect",
  "will-attach-webview",
  "did-finish-load",
  "did-fail-load",
  "render-process-gone",
  "before-input-event",
  "console-message",
  "unresponsive",
  "responsive",
  "destroyed",
  "preload-error",
  "will-prevent-unload",
  "dom-ready",
  "did-start-loading",
  "did-stop-loading",
];

/** What a window needs of the world around it. */
export interface WindowWorld {
  readonly origins: Origins;
  readonly blocked: BlockedRequest[];
  chromium(): Chromium;
  /** A page target for a new window: the empty one Chromium started with, or a new one. */
  openTarget(size: {
    readonly widthPx: number;
    readonly heightPx: number;
  }): Promise<{ targetId: string; sessionId: string }>;
  prepare(renderer: Renderer): Promise<void>;
  handler(): ((request: Request) => Response | Promise<Response>) | undefined;
  invoke(invocation: Invocation, sender: object): Promise<unknown>;
  session: object;
  appEvent(event: string, ...args: unknown[]): void;
  record(what: string, detail: unknown): void;
  print(line: string): void;
  complain(error: unknown): void;
  loaded(targetId: string): void;
  /** How large the page is: a fixed size, the window's, or whatever Chromium's own window gives it. */
  readonly viewport: { readonly widthPx: number; readonly heightPx: number } | "window" | "browser";
}

type OpenHandler = (details: object) => { readonly action: string };
export type HostWebContents = ReturnType<typeof createWebContents>;

export function createWebContents(
  id: number,
  preloadPath: string,
  size: { readonly widthPx: number; readonly heightPx: number },
  world: WindowWorld,
  onLoaded: () => void,
) {
  const emitter = strictEmitter("webContents", EVENTS);
  const codec = createCloneCodec();
  let renderer: Renderer | undefined;
  let openHandler: OpenHandler | undefined;
  let isDestroyed = false;
  let zoomLevel = 0;
  let sizeNow = size;
  let loads: PromiseWithResolvers<void>[] = [];
  let shownPage = Promise.withResolvers<void>();
  let crash = Promise.withResolvers<void>();

  const alive = (): void => {
    if (isDestroyed) throw new Error("Object has been destroyed");
  };
  const owner: RendererOwner = {
    invoke: (invocation) => world.invoke(invocation, webContents),
    loaded: () => {
      onLoaded();
      emitter.emit("did-finish-load");
      for (const load of loads.splice(0)) load.resolve();
      shownPage.resolve();
      if (renderer) world.loaded(renderer.targetId);
    },
    preloadError: (error) => {
      world.print(`[preload] ${error.stack ?? error.message}`);
      emitter.emit("preload-error", hostEvent({}), preloadPath, error);
    },
    consoleMessage: (details) => {
      if (details.level === "error") world.print(`[renderer] ${details.message}`);
      emitter.emit("console-message", hostEvent({ ...details, frame: renderer?.frames.main() ?? null }));
    },
    crashed: () => {
      shownPage = Promise.withResolvers<void>();
      crash.resolve();
      const details = { reason: "crashed", exitCode: 5 };
      emitter.emit("render-process-gone", hostEvent({}), details);
      world.appEvent("render-process-gone", hostEvent({}), webContents, details);
    },
    opened: ({ url, frameName, features }) => {
      const details = {
        url,
        frameName,
        features,
        disposition: features === "" ? "foreground-tab" : "new-window",
        referrer: { url: "", policy: "default" },
      };
      const answer = openHandler === undefined ? { action: "allow" } : openHandler(details);
      if (answer.action !== "deny")
        world.complain(notImplemented(`a second page by window.open(${JSON.stringify(url)})`));
    },
    mayNavigate: ({ url, isMainFrame, frame }) => {
      const fields = { url, isMainFrame, isSameDocument: false, frame, initiator: frame };
      const anyFrame = hostEvent(fields);
      emitter.emit("will-frame-navigate", anyFrame);
      if (anyFrame.defaultPrevented) return false;
      if (!isMainFrame) return true;
      const mainFrame = hostEvent(fields);
      emitter.emit("will-navigate", mainFrame, url, false, true, 1, 1);
      return !mainFrame.defaultPrevented;
    },
  };
  const layOut = async ({ session }: Renderer): Promise<void> => {
    const zoom = 1.2 ** zoomLevel;
    if (world.viewport === "browser" && zoom === 1) {
      const { windowId } = await session.send("Browser.getWindowForTarget");
      const bounds = { width: sizeNow.widthPx, height: sizeNow.heightPx };
      await Promise.all([
        session.send("Browser.setWindowBounds", { windowId, bounds }),
        session.send("Emulation.clearDeviceMetricsOverride"),
      ]);
      return;
    }
    const { widthPx, heightPx } = typeof world.viewport === "object" ? world.viewport : sizeNow;
    const [width, height] = [Math.round(widthPx / zoom), Math.round(heightPx / zoom)];
    await session.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: zoom, mobile: false });
  };
  const started = (async (): Promise<Renderer> => {
    const target = await world.openTarget(size);
    const gate = { origins: world.origins, blocked: world.blocked, handler: world.handler, complain: world.complain };
    const taken = await takeOver(world.chromium().cdp, target, preloadPath, gate, owner);
    await Promise.all([world.prepare(taken), layOut(taken)]);
    renderer = taken;
    return taken;
  })();
  started.catch((error: unknown) => {
    if (!isDestroyed && !isGone(error)) world.complain(error);
  });

  const loadURL = async (url: string): Promise<void> => {
    alive();
    const browserUrl = world.origins.toBrowser(url);
    if (browserUrl === undefined) throw notImplemented(`loadURL of anything but the app's own scheme: ${url}`);
    const load = Promise.withResolvers<void>();
    loads.push(load);
    try {
      await (await started).load(browserUrl);
    } catch (error) {
      loads = loads.filter((other) => other !== load);
      if (isDestroyed) return;
      const description = error instanceof Error ? error.message.replace(/^net::/, "") : String(error);
      emitter.emit("did-fail-load", hostEvent({}), -2, description, url, true, 1, 1);
      throw Object.assign(new Error(`${description} (-2) loading '${url}'`), { code: description, errno: -2, url });
    }
    await load.promise;
  };
  const later = (work: (renderer: Renderer) => Promise<unknown>): void => {
    started.then(work).catch((error: unknown) => {
      if (!isDestroyed && !isGone(error)) world.complain(error);
    });
  };

  const webContents = strict(
    "webContents",
    withMembers(emitter, {
      id,
      session: world.session,
      get mainFrame(): HostFrame {
        alive();
        if (renderer === undefined) throw new Error("the stand-in's page is not there yet");
        return renderer.frames.main();
      },
      loadURL,
      send: (channel: string, ...args: unknown[]) => {
        alive();
        if (typeof channel !== "string") throw new TypeError("Missing required channel argument");
        codec.encode(args);
        renderer?.send(channel, args);
      },
      getURL: () => {
        alive();
        const url = renderer?.frames.main().url ?? "";
        return url.startsWith("data:") ? "" : url;
      },
      isDestroyed: () => isDestroyed,
      isCrashed: () => false,
      isLoading: () => loads.length > 0,
      focus: () => world.record("webContents.focus", id),
      setWindowOpenHandler: (handler: OpenHandler) => {
        openHandler = handler;
      },
      reload: () => later((page) => page.reload()),
      setZoomLevel: (level: number) => {
        zoomLevel = level;
        later(layOut);
      },
      getZoomLevel: () => zoomLevel,
      setZoomFactor: (factor: number) => {
        if (factor <= 0) throw new Error("'zoomFactor' must be a double greater than 0.0");
        zoomLevel = Math.log(factor) / Math.log(1.2);
        later(layOut);
      },
      getZoomFactor: () => 1.2 ** zoomLevel,
      print: (options: object, done?: (success: boolean, reason: string) => void) => {
        world.record("webContents.print", options);
        done?.(true, "");
      },
      openDevTools: () => world.record("webContents.openDevTools", id),
      setIgnoreMenuShortcuts: () => undefined,
    }),
  );

  return {
    webContents,
    started,
    renderer: () => renderer,
    /** Resolves when a page is there to see: at once, or when the next one has loaded. */
    whenShown: () => shownPage.promise,
    /** Ends the renderer process as a crash does; resolves when the app has been told. */
    crash: async () => {
      crash = Promise.withResolvers<void>();
      const { session } = await started;
      session.send("Page.crash").catch(() => undefined);
      await crash.promise;
    },
    emit: (event: string, ...args: unknown[]) => emitter.emit(event, ...args),
    resize: (newSize: { readonly widthPx: number; readonly heightPx: number }) => {
      sizeNow = newSize;
      later(layOut);
    },
    destroy: () => {
      if (isDestroyed) return;
      isDestroyed = true;
      for (const load of loads.splice(0)) load.resolve();
      const targetId = renderer?.targetId;
      if (targetId !== undefined) {
        world
          .chromium()
          .cdp.browser.send("Target.closeTarget", { targetId })
          .catch((error: unknown) => {
            if (!isGone(error)) world.complain(error);
          });
      }
      emitter.emit("destroyed");
    },
  };
}
