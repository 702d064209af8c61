import { app, dialog, powerMonitor, type BrowserWindow } from "electron";
import type { Log } from "../core/log.ts";

export interface LeavingDependencies {
  /** How many changes are being sent right now. */
  readonly sending: () => number;
  readonly window: () => BrowserWindow | undefined;
  /** Ends everything; bounded in time by itself. */
  readonly end: () => Promise<void>;
  readonly log: Log;
}

async function confirmed(window: BrowserWindow, sending: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    title: "Close Vostro",
    message: sending === 1 ? "One change is being sent." : `${sending} changes are being sent.`,
    detail:
      "If you close Vostro now, a change without a clear answer becomes Outcome unknown and is settled the next time " +
      "the workspace is open. Nothing is sent twice.",
    buttons: ["Keep Vostro open", "Close Vostro"],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/**
 * Quitting, however it was asked for: the person is asked while changes are on their way, then everything ends in
 * order, then the app goes. A shutdown of the machine is not asked about.
 */
export function leaveInOrder({ sending, window, end, log }: LeavingDependencies): { readonly mayClose: () => boolean } {
  let state: "here" | "asking" | "ending" | "gone" = "here";
  const leave = async (ask: boolean): Promise<void> => {
    if (state !== "here") return;
    state = "asking";
    const shown = window();
    const count = sending();
    if (ask && count > 0 && shown?.isDestroyed() === false && !(await confirmed(shown, count))) {
      state = "here";
      return;
    }
    state = "ending";
    try {
      await end();
    } catch (error) {
      log.error("Vostro did not end cleanly.", { error });
    }
    state = "gone";
    app.quit();
  };
  const go = (ask: boolean): void => {
    leave(ask).catch((error: unknown) => {
      log.error("The question before leaving failed.", { error });
      state = "here";
    });
  };
  app.on("before-quit", (event) => {
    if (state === "gone") return;
    event.preventDefault();
    go(true);
  });
  app.on("window-all-closed", () => app.quit());
  powerMonitor.on("shutdown", () => go(false));
  return {
    mayClose: () => {
      if (state !== "gone") go(true);
      return state === "gone";
    },
  };
}
