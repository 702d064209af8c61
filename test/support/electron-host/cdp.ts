import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { CDPSession } from "playwright-core";

export type { Protocol } from "../../../node_modules/playwright-core/types/protocol.d.ts";

/** One DevTools session, with the protocol's own types. Events arrive in the order Chromium sent them. */
export type CdpSession = Pick<CDPSession, "send" | "on">;

export interface CdpConnection {
  readonly browser: CdpSession;
  session(sessionId: string): CdpSession;
  readonly closed: Promise<void>;
  close(): void;
}

interface Pending {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Incoming {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Speaks the DevTools protocol over Chromium's debugging pipe (NUL-separated JSON).
 * When either end goes away the pipe closes: Chromium exits, and every command still open is rejected here.
 */
export function connectOverPipe(input: Writable, output: Readable): CdpConnection {
  const pending = new Map<number, Pending>();
  const sessions = new Map<string, { emitter: EventEmitter; session: CdpSession }>();
  const gone = Promise.withResolvers<void>();
  let lastId = 0;
  let isClosed = false;

  const open = (sessionId: string): { emitter: EventEmitter; session: CdpSession } => {
    const known = sessions.get(sessionId);
    if (known) return known;
    const emitter = new EventEmitter({ captureRejections: false });
    emitter.setMaxListeners(0);
    const send = (method: string, params: object = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new Error(`${method}: the browser has gone`));
          return;
        }
        lastId += 1;
        pending.set(lastId, { method, resolve, reject });
        const target = sessionId === "" ? {} : { sessionId };
        input.write(`${JSON.stringify({ id: lastId, method, params, ...target })}\0`);
      });
    const session = { send, on: emitter.on.bind(emitter) } as unknown as CdpSession;
    const entry = { emitter, session };
    sessions.set(sessionId, entry);
    return entry;
  };

  const receive = (message: Incoming): void => {
    if (message.id === undefined) {
      if (message.method !== undefined) open(message.sessionId ?? "").emitter.emit(message.method, message.params);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  };

  const finish = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const waiting of pending.values()) waiting.reject(new Error(`${waiting.method}: the browser has gone`));
    pending.clear();
    gone.resolve();
  };

  let chunks: string[] = [];
  output.setEncoding("utf8");
  output.on("data", (chunk: string) => {
    const parts = chunk.split("\0");
    const rest = parts.pop() ?? "";
    for (const part of parts) {
      const text = chunks.length > 0 ? [...chunks, part].join("") : part;
      chunks = [];
      receive(JSON.parse(text) as Incoming);
    }
    if (rest !== "") chunks.push(rest);
  });
  output.on("close", finish);
  output.on("error", finish);
  input.on("error", finish);

  return {
    browser: open("").session,
    session: (sessionId) => open(sessionId).session,
    closed: gone.promise,
    close: () => {
      input.destroy();
      finish();
    },
  };
}
