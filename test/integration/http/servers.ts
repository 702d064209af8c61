import { readFileSync } from "node:fs";
import { createServer as createPlain, type RequestListener, type Server } from "node:http";
import { createServer as createSecure } from "node:https";
import { connect, createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { createHttpClient, type HttpClient, type HttpSettings } from "../../../src/main/http/client.ts";

const tlsFolder = join(import.meta.dirname, "../../fixtures/tls");
export const pem = (name: string): string => readFileSync(join(tlsFolder, `${name}.pem`), "utf8");

export interface Ended {
  readonly end: () => Promise<void>;
}

async function listening(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const ended =
  (server: Server): Ended["end"] =>
  async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };

export async function plainServer(answer: RequestListener): Promise<Ended & { readonly origin: string }> {
  const server = createPlain(answer);
  const origin = `http://127.0.0.1:${await listening(server)}`;
  return { origin, end: ended(server) };
}

export async function secureServer(
  certificate: string,
  answer: RequestListener,
): Promise<Ended & { readonly origin: string; readonly port: number }> {
  const server = createSecure({ cert: pem(certificate), key: pem("server-key") }, answer);
  const port = await listening(server);
  return { origin: `https://localhost:${port}`, port, end: ended(server) };
}

/** A server below HTTP: does with each connection what the test wants. */
export async function rawServer(take: (socket: Socket) => void): Promise<Ended & { readonly origin: string }> {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on("error", () => sockets.delete(socket));
    take(socket);
  });
  const origin = `http://127.0.0.1:${await listening(server)}`;
  return {
    origin,
    end: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An HTTP proxy that tunnels everything to one port, or refuses with a status. */
export async function tunnelProxy(
  to: number,
  refusal?: number,
): Promise<Ended & { readonly pac: string; readonly asked: string[]; readonly open: () => number }> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createPlain();
  server.on("connect", (request, socket: Socket) => {
    asked.push(request.url ?? "");
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const upstream = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
    socket.on("close", () => upstream.destroy());
  });
  const port = await listening(server);
  return {
    pac: `PROXY 127.0.0.1:${port}; DIRECT`,
    asked,
    open: () => sockets.size,
    end: async () => {
      for (const socket of sockets) socket.destroy();
      await ended(server)();
    },
  };
}

export function clientFor(
  origins: readonly string[],
  over: Partial<HttpSettings> & { trusted?: readonly string[]; proxy?: string } = {},
): HttpClient {
  const { trusted = [], proxy = "DIRECT", ...settings } = over;
  const limits = { connectTimeoutMs: 1000, headersTimeoutMs: 500, bodyTimeoutMs: 500, connections: 2 };
  return createHttpClient(
    { allowedOrigins: origins, ...limits, ...settings },
    { trusted: () => trusted, proxyFor: async () => proxy },
  );
}
