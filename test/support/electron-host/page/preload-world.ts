import type { CloneCodec } from "./codec.ts";
import type { WorldPort } from "./world-port.ts";

export interface PreloadWorldNames {
  /** The binding that carries text to the host; exists in the preload's world only. */
  readonly toHost: string;
  /** The function the host calls; a global of the preload's world only. */
  readonly fromHost: string;
}

type PreloadModule = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void;

/**
 * Gives a preload its `electron` module: contextBridge, ipcRenderer, webUtils. Anything else throws.
 * Runs in the preload's own world as source text: it may use nothing outside its own body.
 */
export function runPreload(names: PreloadWorldNames, codec: CloneCodec, port: WorldPort, preload: PreloadModule): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const toHost = world[names.toHost] as (text: string) => void;
  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const files = new Map<string, File>();
  let last = 0;

  const fail = (what: string): never => {
    throw new Error(`not implemented by the stand-in: ${what}`);
  };
  const strict = (name: string, members: object): object =>
    new Proxy(members, {
      get: (target, key) =>
        typeof key === "symbol" || key in target || key === "then" || key === "toJSON"
          ? (Reflect.get(target, key) as unknown)
          : fail(`${name}.${key}`),
    });
  const remove = (channel: string, listener: Listener): void => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter(
        (known) => known !== listener && Reflect.get(known, "listener") !== listener,
      ),
    );
  };

  const ipcRenderer: object = strict("ipcRenderer", {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        last += 1;
        const written = codec.encode(args);
        const text = codec.encode({
          kind: "invoke",
          id: last,
          channel,
          args,
          files: [...files.keys()].filter((token) => written.includes(JSON.stringify(token))),
        });
        waiting.set(last, { resolve, reject });
        toHost(text);
      }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    once: (channel: string, listener: Listener) => {
      const single: Listener = (event, ...args) => {
        remove(channel, listener);
        listener(event, ...args);
      };
      Reflect.set(single, "listener", listener);
      listeners.set(channel, [...(listeners.get(channel) ?? []), single]);
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      remove(channel, listener);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: Listener) => {
      remove(channel, listener);
      return ipcRenderer;
    },
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  });

  const electron = strict("electron", {
    contextBridge: strict("contextBridge", {
      exposeInMainWorld: (name: string, api: unknown) => port.expose(name, api),
    }),
    ipcRenderer,
    webUtils: strict("webUtils", {
      getPathForFile: (file: File) => {
        if (!(file instanceof File))
          throw new TypeError("getPathForFile expected to receive a File object but one was not provided");
        last += 1;
        const token = `${names.fromHost}/${last}`;
        files.set(token, file);
        return token;
      },
    }),
    webFrame: strict("webFrame", {}),
  });

  const receive = (text: string): void => {
    const message = codec.decode(text) as {
      kind: string;
      id: number;
      ok: boolean;
      channel: string;
      value: unknown;
      args: unknown[];
    };
    if (message.kind === "answer") {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) call?.resolve(message.value);
      else call?.reject(message.value as Error);
      return;
    }
    const event = { sender: ipcRenderer, ports: [] };
    for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
  };
  world[names.fromHost] = Object.assign(receive, { file: (token: string) => files.get(token) });

  const module = { exports: {} };
  const require = (name: string): unknown => {
    if (name === "electron") return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload may require only "electron")`);
  };
  try {
    preload(require, module, module.exports);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    toHost(codec.encode({ kind: "preload-error", name, message, stack }));
    throw error;
  }
}
