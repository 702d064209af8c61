import type { Result, VostroBridge } from "@contract";
import { contextBridge, ipcRenderer, webUtils } from "electron";

/** "changes:page,send;audit:page": the features with the names of their calls, or of their events. */
declare const __CALLS__: string;
declare const __EVENTS__: string;
/** The full names of the calls that take a file. */
declare const __FILE_CALLS__: readonly string[];

function fullNames(list: string): string[] {
  return list.split(";").flatMap((entry) => {
    const [feature = "", names = ""] = entry.split(":");
    return names.split(",").map((name) => `${feature}.${name}`);
  });
}

const noFile: Result<never> = {
  ok: false,
  failure: { code: "input-invalid", message: "This is no file of this computer.", retryable: false, correlationId: "" },
};

const invoke = (name: string) => (input: unknown) => ipcRenderer.invoke(name, input);
const invokeWithPath = (name: string) => async (file: File) => {
  const path = webUtils.getPathForFile(file);
  return path === "" ? noFile : ipcRenderer.invoke(name, { path });
};

const calls = Object.fromEntries(
  fullNames(__CALLS__).map((name) => [name, (__FILE_CALLS__.includes(name) ? invokeWithPath : invoke)(name)]),
);

const events = Object.fromEntries(
  fullNames(__EVENTS__).map((name) => [
    name,
    (listener: (payload: unknown) => void) => {
      const heard = (_event: unknown, payload: unknown) => listener(payload);
      ipcRenderer.on(name, heard);
      return () => void ipcRenderer.off(name, heard);
    },
  ]),
);

contextBridge.exposeInMainWorld("vostro", { calls, events } as unknown as VostroBridge);
