import { clipboard } from "electron";
import type { Clipboard } from "../core/clipboard.ts";

export const systemClipboard: Clipboard = {
  read: async () => clipboard.readText(),
  write: async (text) => clipboard.writeText(text),
  clear: () => clipboard.clear(),
};
