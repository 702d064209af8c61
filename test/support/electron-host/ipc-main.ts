import type { Invocation } from "./renderer.ts";
import { hostEvent, strict } from "./strict.ts";

type Handler = (event: object, ...args: unknown[]) => unknown;

/** Electron's `ipcMain`, handle/invoke only: one handler per channel, the frame that called on every event. */
export function createIpcMain() {
  const handlers = new Map<string, Handler>();
  const handle = (channel: string, handler: Handler): void => {
    if (typeof handler !== "function")
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  };
  const ipcMain = strict("ipcMain", {
    handle,
    handleOnce: (channel: string, handler: Handler) =>
      handle(channel, (event, ...args) => {
        handlers.delete(channel);
        return handler(event, ...args);
      }),
    removeHandler: (channel: string) => {
      handlers.delete(channel);
    },
  });
  return {
    ipcMain,
    invoke: async ({ channel, args, frame, whileSame }: Invocation, sender: object): Promise<unknown> => {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const event = hostEvent({
        type: "frame",
        sender,
        frameId: frame.routingId,
        processId: frame.processId,
        get senderFrame() {
          return whileSame();
        },
      });
      return await handler(event, ...args);
    },
  };
}
