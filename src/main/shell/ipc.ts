import { callNames } from "@contract";
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from "electron";
import { answerCall, type CallDependencies } from "./answer-call.ts";
import { isOurPage } from "./sender-frame.ts";

/**
 * Registers every call of the contract. The frame is read before anything waits, while it still is the one that sent.
 */
export function serveCalls(window: () => BrowserWindow | undefined, dependencies: CallDependencies): void {
  for (const name of callNames) {
    ipcMain.handle(name, (event: IpcMainInvokeEvent, input: unknown) => {
      const ours = isOurPage(event.senderFrame, event.sender.id, window()?.webContents.id);
      return answerCall(name, ours, input, dependencies);
    });
  }
}
