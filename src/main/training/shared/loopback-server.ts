import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface LoopbackServer {
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  /** Stops at once: open sockets are destroyed. */
  close(): Promise<void>;
}

type Take = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("The server has no port"));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

/**
 * Serves HTTP on 127.0.0.1; port 0 takes any free one. A request whose `take` fails loses its connection. Rejects when
 * the port is taken.
 */
export async function startLoopbackServer(port: number, take: Take): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    take(request, response).catch((error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
      response.socket?.destroy();
    });
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  const origin = await listen(server, port);
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
