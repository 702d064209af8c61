import type { VostroBridge } from "@contract";
import { contextBridge, ipcRenderer } from "electron";

declare const __CALL_NAMES__: readonly string[];
declare const __EVENT_NAMES__: readonly string[];

const calls = Object.fromEntries(
  __CALL_NAMES__.map((name) => [name, (input: unknown) => ipcRenderer.invoke(name, input)]),
);

const events = Object.fromEntries(
  __EVENT_NAMES__.map((name) => [
    name,
    (listener: (payload: unknown) => void) => {
      const heard = (_event: unknown, payload: unknown) => listener(payload);
      ipcRenderer.on(name, heard);
      return () => void ipcRenderer.off(name, heard);
    },
  ]),
);

contextBridge.exposeInMainWorld("vostro", { calls, events } as unknown as VostroBridge);
