import type { CdpSession, Protocol } from "./cdp.ts";
import type { Origins } from "./origins.ts";
import { notImplemented } from "./strict.ts";

type Paused = Protocol.Fetch.requestPausedPayload;

export interface BlockedRequest {
  readonly url: string;
  readonly type: string;
  readonly method: string;
}

export interface RequestGate {
  readonly origins: Origins;
  /** The app's own handler for its scheme; undefined when none is registered. */
  handler(): ((request: Request) => Response | Promise<Response>) | undefined;
  /** Asked for every document a page or person asks for; false stops the navigation before it begins. */
  mayNavigate(paused: Paused): boolean;
  readonly blocked: BlockedRequest[];
  complain(error: unknown): void;
}

/** Answers the app's own origin from the app's protocol handler; fails every other request and keeps count of them. */
export async function guardRequests(session: CdpSession, gate: RequestGate): Promise<void> {
  const fail = async (paused: Paused, errorReason: "Aborted" | "BlockedByClient" | "Failed"): Promise<void> => {
    await session.send("Fetch.failRequest", { requestId: paused.requestId, errorReason });
  };
  const answer = async (paused: Paused): Promise<void> => {
    if (paused.resourceType === "Document" && !gate.mayNavigate(paused)) return await fail(paused, "Aborted");
    const handler = gate.handler();
    if (!gate.origins.isOwn(paused.request.url)) {
      gate.blocked.push({ url: paused.request.url, type: paused.resourceType, method: paused.request.method });
      return await fail(paused, "BlockedByClient");
    }
    if (handler === undefined) return await fail(paused, "Failed");
    let reply: Protocol.Fetch.fulfillRequestParameters;
    try {
      reply = await fulfil(paused.requestId, await handler(toRequest(paused, gate.origins)));
    } catch (error) {
      gate.complain(error);
      return await fail(paused, "Failed");
    }
    await session.send("Fetch.fulfillRequest", reply);
  };
  session.on("Fetch.requestPaused", (paused) => {
    answer(paused).catch((error: unknown) => {
      if (!isGone(error)) gate.complain(error);
    });
  });
  session.on("Network.webSocketCreated", ({ url }) => {
    gate.blocked.push({ url, type: "WebSocket", method: "GET" });
  });
  await Promise.all([
    session.send("Fetch.enable", { patterns: [{ urlPattern: "*", requestStage: "Request" }] }),
    session.send("Network.enable", { maxTotalBufferSize: 1, maxResourceBufferSize: 1 }),
  ]);
}

const GONE = [
  "has gone",
  "closed",
  "not found",
  "Invalid InterceptionId",
  "Cannot find context",
  "No target",
  "detached",
  "destroyed",
  "Target crashed",
  "Not attached to an active page",
];

/** A command that failed only because its page, frame or browser went away meanwhile. */
export function isGone(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return GONE.some((sign) => text.includes(sign));
}

function toRequest(paused: Paused, origins: Origins): Request {
  const { method, headers, postData } = paused.request;
  const body = postData === undefined ? {} : { body: postData };
  return new Request(origins.toMain(paused.request.url), { method, headers, ...body });
}

async function fulfil(requestId: string, response: Response): Promise<Protocol.Fetch.fulfillRequestParameters> {
  if (response.status >= 300 && response.status < 400 && response.status !== 304) {
    throw notImplemented(`protocol.handle answering with a redirect (${response.status})`);
  }
  const body = Buffer.from(await response.arrayBuffer()).toString("base64");
  const responseHeaders = Array.from(response.headers, ([name, value]) => ({ name, value }));
  return { requestId, responseCode: response.status, responseHeaders, body };
}
