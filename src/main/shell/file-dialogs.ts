import { clipboard, dialog, type BrowserWindow } from "electron";
import type { FileDialogs } from "../core/file-dialogs.ts";

/** The system's dialogs over the app's window, and its clipboard. */
export function createFileDialogs(window: () => BrowserWindow | undefined): FileDialogs {
  const shown = (): BrowserWindow => {
    const current = window();
    if (current === undefined || current.isDestroyed()) throw new Error("There is no window to ask in.");
    return current;
  };
  const filters = (kinds: readonly { readonly name: string; readonly extensions: readonly string[] }[]) =>
    kinds.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
  return {
    chooseFile: async ({ title, kinds }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(shown(), {
        title,
        filters: filters(kinds),
        properties: ["openFile"],
      });
      return canceled ? undefined : filePaths[0];
    },
    saveFile: async ({ title, note, suggestedName, kinds }) => {
      const { canceled, filePath } = await dialog.showSaveDialog(shown(), {
        title: note === undefined ? title : `${title}. ${note}`,
        ...(note === undefined ? {} : { message: note }),
        defaultPath: suggestedName,
        filters: filters(kinds),
        properties: ["createDirectory", "showOverwriteConfirmation"],
      });
      return canceled || filePath === "" ? undefined : filePath;
    },
    clipboardText: async () => clipboard.readText(),
    copyText: async (text) => clipboard.writeText(text),
  };
}
