import { Pool } from "undici";
import { checkWebAddress } from "../core/web-address.ts";
import { createConnector } from "./connector.ts";
import { exchange, type HttpAnswer } from "./exchange.ts";
import { HttpFailure } from "./http-failure.ts";

export type { HttpAnswer } from "./exchange.ts";

export interface HttpSettings {
  /** The only origins this client talks to; checked like every address secrets may be sent to. */
  readonly allowedOrigins: readonly string[];
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  /** Connections an origin, and so the most requests in flight to it. */
  readonly connections: number;
  /** Largest answer in bytes; 10 MB unless told. */
  readonly maxBodyBytes?: number;
}

export interface HttpDependencies {
  readonly trusted: () => readonly string[];
  readonly proxyFor: (origin: string) => Promise<string>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly origin: string;
  /** Path and query, beginning with "/". */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpClient {
  /**
   * Sends once; never follows a redirect, never tries again. Rejects with `HttpFailure`, whose phase says whether a
   * byte may have left.
   */
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Takes no more; ends when what is in flight has ended, by its own time-outs at the latest. */
  readonly close: () => Promise<void>;
}

const tenMegabytes = 10 * 1024 * 1024;

function refuse(message: string): never {
  throw new HttpFailure("refused", "before-send", message);
}

function checkRequest({ path, headers }: HttpRequest): void {
  if (!/^\/[\x21-\x7e]*$/u.test(path)) refuse("The request's path holds characters that may not stand in one.");
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[A-Za-z0-9-]+$/u.test(name) || /[^\t\x20-\x7e]/u.test(value)) {
      refuse("A header of the request holds characters that may not stand in one.");
    }
  }
}

/**
 * The client of one connection: a pool per allowed origin, one request at a time on a socket, certificates always
 * verified. Throws RangeError when an allowed origin is not https (http on this computer only).
 */
export function createHttpClient(settings: HttpSettings, { trusted, proxyFor }: HttpDependencies): HttpClient {
  const maxBodyBytes = settings.maxBodyBytes ?? tenMegabytes;
  const origins = new Set(
    settings.allowedOrigins.map((text) => {
      const checked = checkWebAddress(text);
      if (!checked.ok) throw new RangeError(checked.message);
      return checked.address.origin;
    }),
  );
  const pools = new Map<string, Pool>();
  let closed = false;

  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const loopback = new URL(origin).protocol === "http:" || isOwnComputer(origin);
    const connect = createConnector({
      connectTimeoutMs: settings.connectTimeoutMs,
      trusted: trusted(),
      proxyFor: loopback ? async () => "DIRECT" : proxyFor,
    });
    const made = new Pool(origin, {
      connect,
      connections: settings.connections,
      pipelining: 1,
      allowH2: false,
      headersTimeout: settings.headersTimeoutMs,
      bodyTimeout: settings.bodyTimeoutMs,
    });
    pools.set(origin, made);
    return made;
  };

  return {
    send: async (request) => {
      if (closed) refuse("The connection was closed.");
      if (!origins.has(request.origin)) refuse("The address is not one of this connection.");
      checkRequest(request);
      const { method, origin, path, body, signal } = request;
      const headers = { "user-agent": "Vostro", "accept-encoding": "identity", ...request.headers };
      const options = { method, origin, path, headers, body: body ?? null, blocking: false };
      return exchange(poolOf(origin), options, { bodyTimeoutMs: settings.bodyTimeoutMs, maxBodyBytes }, signal);
    },
    close: async () => {
      closed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      pools.clear();
    },
  };
}

function isOwnComputer(origin: string): boolean {
  const checked = checkWebAddress(origin);
  return checked.ok && checked.address.loopback;
}
