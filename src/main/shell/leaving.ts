import { app, dialog, powerMonitor, type BrowserWindow } from "electron";
import type { Log } from "../core/log.ts";

export interface LeavingDependencies {
  /** Changes whose request is under way, those and the ones that go next, and the batches that are made or sent. */
  readonly underWay: () => { readonly sending: number; readonly changes: number; readonly batches: readonly string[] };
  readonly window: () => BrowserWindow | undefined;
  /** Ends everything; bounded in time by itself. */
  readonly end: () => Promise<void>;
  readonly log: Log;
}

/** What is on its way, in words: batches by name, then the changes. */
export function wordsUnderWay(changes: number, batches: readonly string[]): { message: string; detail: string } {
  const count = changes === 1 ? "One change is" : `${changes} changes are`;
  const named = batches.map((name) => `“${name}”`).join(", ");
  const which = batches.length === 1 ? `The batch ${named} is` : `The batches ${named} are`;
  const pauses = batches.length === 1 ? "the batch pauses and waits" : "the batches pause and wait";
  const unclear =
    "If you close Vostro now, a change without a clear answer becomes Outcome unknown and is settled the next time " +
    "the workspace is open. Nothing is sent twice.";
  if (batches.length === 0) return { message: `${count} being sent.`, detail: unclear };
  const detail = `Closing Vostro means that ${pauses} for you to resume. ${unclear}`;
  return { message: changes === 0 ? `${which} being prepared.` : `${which} being sent: ${changes} left.`, detail };
}

async function confirmed(window: BrowserWindow, words: ReturnType<typeof wordsUnderWay>): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    title: "Close Vostro",
    ...words,
    buttons: ["Keep Vostro open", "Close Vostro"],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/**
 * Quitting, however it was asked for: the person is asked while changes are on their way, then everything ends in
 * order, then the app goes. The end of the session (shutdown of the machine, on Windows also signing out) is not asked
 * about and not delayed: what is committed is kept, what had no clear answer is settled at the next start.
 */
export function leaveInOrder({ underWay, window, end, log }: LeavingDependencies): {
  readonly mayClose: () => boolean;
  /** Ends without a question. */
  readonly sessionEnds: () => void;
} {
  let state: "here" | "asking" | "ending" | "gone" = "here";
  const leave = async (ask: boolean): Promise<void> => {
    if (state !== "here") return;
    state = "asking";
    const shown = window();
    const { sending, changes, batches } = underWay();
    const busy = sending + batches.length > 0;
    const words = wordsUnderWay(batches.length === 0 ? sending : changes, batches);
    if (ask && busy && shown?.isDestroyed() === false && !(await confirmed(shown, words))) {
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
  const sessionEnds = (): void => go(false);
  powerMonitor.on("shutdown", sessionEnds);
  return {
    sessionEnds,
    mayClose: () => {
      if (state !== "gone") go(true);
      return state === "gone";
    },
  };
}
