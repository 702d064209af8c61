import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import type { SeenRequest } from "./evidence.ts";
import type { Surroundings } from "./run.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface RecordingServer {
  readonly origin: string;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

/** A server that writes down what reaches it and applies nothing. */
async function startRecording(answer: Answer): Promise<RecordingServer> {
  const seen: SeenRequest[] = [];
  let origin = "";
  const server = createServer((request, response) => {
    const atMs = Date.now();
    void bodyOf(request).then((bodyText) => {
      const path = request.url ?? "";
      const [, customerUID, accountUID] = /\/customers\/([^/]+)\/accounts\/([^/]+)$/u.exec(path) ?? [];
      seen.push({
        origin,
        seq: seen.length + 1,
        atMs,
        route: "accounts.update",
        method: request.method ?? "",
        path,
        bodySha256: "",
        bodyText,
        bodyComplete: true,
        applied: false,
        ...(customerUID === undefined ? {} : { customerUID }),
        ...(accountUID === undefined ? {} : { accountUID }),
      });
      answer(request, response);
    });
  });
  origin = await listen(server);
  return {
    origin,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const apiPathOf = ({ apiBaseUrl }: FinzlySimulator): string => new URL(apiBaseUrl).pathname;

/** Stands where the provider should be and sends every update on to another host, which takes anything. */
export async function redirectingFront(simulator: FinzlySimulator): Promise<Surroundings> {
  const other = await startRecording((_request, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end('{"status":"Success","code":"","message":"","data":null}');
  });
  const front = await startRecording((request, response) => {
    response.writeHead(307, { Location: `${other.origin}${request.url ?? ""}`, "Content-Length": "0" });
    response.end();
  });
  return {
    apiBaseUrl: `${front.origin}${apiPathOf(simulator)}`,
    seen: () => [...front.seen, ...other.seen],
    close: async () => {
      await Promise.all([front.close(), other.close()]);
    },
  };
}

/** Stands where the provider should be, applies nothing, and breaks off in the middle of an answer that begins with Success. */
export async function breakingOffFront(simulator: FinzlySimulator): Promise<Surroundings> {
  const front = await startRecording((_request, response) => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "400" });
    response.write('{"status":"Success","code":"ACC000",', () => response.socket?.destroy());
  });
  return { apiBaseUrl: `${front.origin}${apiPathOf(simulator)}`, seen: () => front.seen, close: front.close };
}
