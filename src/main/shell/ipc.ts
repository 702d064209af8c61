import { callNames } from "@contract";
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from "electron";
import { answerCall, type CallDependencies } from "./answer-call.ts";
import { appHost, appScheme } from "./app-protocol.ts";

/** The parts of a sender's frame that tell whose it is. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Exactly our page: protocol and host, the top frame, in our window. A frame that is already gone is not. */
export function isOurPage(frame: SenderFrame | null, senderId: number, windowId: number | undefined): boolean {
  if (frame === null || frame.parent !== null || senderId !== windowId || !URL.canParse(frame.url)) return false;
  const { protocol, host, username, password, port } = new URL(frame.url);
  return protocol === `${appScheme}:` && host === appHost && username === "" && password === "" && port === "";
}

/** Registers every call of the contract. The frame is read before anything waits, while it still is the one that sent. */
export function serveCalls(window: () => BrowserWindow | undefined, dependencies: CallDependencies): void {
  for (const name of callNames) {
    ipcMain.handle(name, (event: IpcMainInvokeEvent, input: unknown) => {
      const ours = isOurPage(event.senderFrame, event.sender.id, window()?.webContents.id);
      return answerCall(name, ours, input, dependencies);
    });
  }
}
