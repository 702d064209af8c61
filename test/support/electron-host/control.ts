import type { Chromium } from "./chromium.ts";
import type { PowerEvent } from "./desktop.ts";
import type { DialogAnswer } from "./dialog.ts";
import type { Host } from "./host.ts";

/** What a test may ask of the host, by name. Arguments and results are plain data. */
export function controlCalls(host: Host) {
  const firstWindow = () => {
    const [window] = host.all.values();
    if (window === undefined) throw new Error("the app has no window");
    return window;
  };
  return {
    answerNextDialog: (answer: DialogAnswer) => void host.dialog.answerNext(answer),
    dialogs: () => [...host.dialog.shown],
    openedExternal: () => [...host.shell.external],
    shownInFolder: () => [...host.shell.folders],
    setOnline: (isOnline: boolean) => host.net.setOnline(isOnline),
    emitPower: (event: PowerEvent) => host.power.emit(event),
    idleSeconds: (seconds: number) => host.power.setIdle(seconds),
    clickMenu: (name: string) => host.menu.click(name),
    clipboardText: () => host.clipboard.text(),
    copyText: (text: string) => host.clipboard.hold(text),
    blockedRequests: () => [...host.blocked],
    records: () => host.records.map(({ what, detail }) => ({ what, detail: detail ?? null })),
    windows: () =>
      [...host.all.values()].map((window) => ({
        id: window.id,
        title: window.title(),
        isVisible: window.isVisible(),
        isFocused: window.isFocused(),
      })),
    closeWindow: () => void setImmediate(() => firstWindow().close()),
    endSession: () => firstWindow().endSession(),
    askPermission: async (name: string) => {
      const { webContents } = firstWindow().contents;
      return await host.session.permission(webContents, name, webContents.mainFrame.origin);
    },
    crashRenderer: () => firstWindow().contents.crash(),
    whenShown: () => firstWindow().contents.whenShown(),
    quit: () => void setImmediate(() => host.app.app.quit()),
  };
}

export type ControlCalls = ReturnType<typeof controlCalls>;

export type FromHost =
  | { readonly event: "browser"; readonly browserPid: number; readonly profileDir: string; readonly endpoint: string }
  | { readonly event: "loaded"; readonly targetId: string }
  | { readonly event: "answer"; readonly id: number; readonly ok: boolean; readonly value: unknown };
export interface ToHost {
  readonly id: number;
  readonly call: keyof ControlCalls;
  readonly args: readonly unknown[];
}

/** Serves the control channel over child-process IPC, if there is one, and ends when the other side goes away. */
export function serveControl(host: Host, browser: Promise<Chromium>): void {
  const calls = controlCalls(host) as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
  const tell = (message: FromHost): void => {
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  const answer = async ({ id, call, args }: ToHost): Promise<void> => {
    try {
      const value = await calls[call]?.(...args);
      tell({ event: "answer", id, ok: true, value: value ?? null });
    } catch (error) {
      tell({ event: "answer", id, ok: false, value: error instanceof Error ? error.message : String(error) });
    }
  };
  browser
    .then(async (chromium) => {
      const endpoint = await chromium.endpoint();
      tell({ event: "browser", browserPid: chromium.pid, profileDir: chromium.profileDir, endpoint });
    })
    .catch((error: unknown) => {
      host.complain(error);
      process.exit(1);
    });
  host.onLoaded((targetId) => tell({ event: "loaded", targetId }));
  process.on("message", (message: ToHost) => void answer(message));
  process.once("disconnect", () => host.app.app.exit(1));
  if (process.send === undefined) process.channel?.unref();
}
