import type { IncomingMessage, ServerResponse } from "node:http";
import type { Aggregator } from "../aggregator/index.ts";
import { emptyAnswer, textAnswer, type Answer } from "../shared/answers.ts";
import { carryOut } from "../shared/carry-out.ts";
import { deliver } from "../shared/delivery.ts";
import type { FaultKindText } from "../shared/fault-kinds.ts";
import type { LedgerBookOf, LedgerLineOf } from "../shared/ledger.ts";
import { readRequestBody, type RequestBody } from "../shared/request-body.ts";
import type { Timers } from "../shared/timers.ts";
import type { TokenOffice } from "./authentication.ts";
import { answerApi, type ApiRequest, type Workings } from "./endpoints.ts";
import { badRequest, errorAnswer, refusals } from "./errors.ts";
import { cannedAnswer } from "./fault-answers.ts";
import { finicityFaultKinds, type FaultKind } from "./fault-kinds.ts";
import type { ActiveFault, FaultBoard } from "./fault-panel.ts";
import { answerRefresh } from "./refreshes.ts";
import { matchRoute, type FinicityApi, type FinicityRoute, type RouteIds, type RouteMatch } from "./routes.ts";
import { acceptedFormat, sentFormat, type FlatBody, type WireFormat } from "./wire-format.ts";

/** Everything one request needs. */
export interface Provider {
  readonly aggregator: Aggregator;
  readonly tokens: TokenOffice;
  readonly board: FaultBoard;
  readonly book: LedgerBookOf<FinicityRoute, FaultKind, RouteIds>;
  readonly timers: Timers;
  readonly appKey: string;
  readonly api: FinicityApi;
  readonly delayMs: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly match: RouteMatch;
  readonly line: LedgerLineOf<FaultKind>;
  readonly body: RequestBody;
  readonly query: URLSearchParams;
  /** The format answers and errors are written in. */
  readonly format: WireFormat;
}

const maxBodyBytes = 1024 * 1024;
const texts: readonly FaultKindText[] = finicityFaultKinds;
/** Writes that answer 204: they need no Accept header. */
const answersNothing: readonly FinicityRoute[] = ["accounts.modify", "accounts.delete", "logins.delete"];
const servedFormats: Readonly<Record<FinicityApi, readonly WireFormat[]>> = {
  classic: ["json", "xml"],
  current: ["json"],
};

function bend(patch: FlatBody, fault: ActiveFault | undefined): FlatBody {
  const { field, value } = fault ?? {};
  if (field === undefined || patch[field] === undefined) return patch;
  if (fault?.kind === "alter-field") return { ...patch, [field]: value ?? "" };
  if (fault?.kind !== "ignore-field") return patch;
  return Object.fromEntries(Object.entries(patch).filter(([name]) => name !== field));
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

function isRefresh(route: FinicityRoute): boolean {
  return route === "refresh.customer" || route === "refresh.login";
}

function workOnToken(provider: Provider, { request, format, body, line }: Exchange): Answer {
  const sent = sentFormat(request.headers["content-type"]);
  if (sent === undefined) return emptyAnswer(415);
  const { answer, tokenId } = provider.tokens.issue(sent, format, body.bytes.toString("utf8"));
  if (tokenId !== undefined) line.withToken(tokenId);
  return answer;
}

function work(
  provider: Provider,
  exchange: Exchange,
  fault: ActiveFault | undefined,
  done: (answer: Answer) => void,
): void {
  const { match, query, format, body, line, request } = exchange;
  if (match.route === "token") return done(workOnToken(provider, exchange));
  if (body.tooLarge) return done(errorAnswer(format, badRequest("The body is too large")));
  const sent = sentFormat(request.headers["content-type"]);
  if (body.bytes.length > 0 && sent === undefined) return done(emptyAnswer(415));
  const apiRequest: ApiRequest = { match, query, format, sent, bodyText: body.bytes.toString("utf8") };
  const workings: Workings = {
    aggregator: provider.aggregator,
    api: provider.api,
    bend: (patch) => bend(patch, fault),
    applied: () => line.applied(),
  };
  if (isRefresh(match.route)) answerRefresh(apiRequest, workings, fault?.kind === "never-ends", done);
  else done(answerApi(apiRequest, workings));
}

/** Why a request is refused before any fault or work; undefined when it may go on. */
function refusedAtTheDoor(provider: Provider, exchange: Exchange): Answer | undefined {
  const { request, match, format, line } = exchange;
  const key = header(request, "finicity-app-key");
  if (key === undefined || key === "") return errorAnswer(format, refusals.keyMissing);
  if (key !== provider.appKey) return textAnswer(401, refusals.keyInvalid.message);
  if (match.route !== "token") {
    const token = provider.tokens.check(header(request, "finicity-app-token"));
    if (!("tokenId" in token)) return errorAnswer(format, token);
    line.withToken(token.tokenId);
  }
  const served = servedFormats[provider.api];
  if (!answersNothing.includes(match.route) && acceptedFormat(request.headers.accept, served) === undefined) {
    return emptyAnswer(406);
  }
  const isFramed = "content-length" in request.headers || "transfer-encoding" in request.headers;
  return request.method === "POST" && !isFramed ? emptyAnswer(411) : undefined;
}

/**
 * Takes one request from its first header to its answer: ledger line, whole body, keys, faults, work, delivery. Faults
 * strike only complete, signed-in requests. A complete request is worked on even if its sender has gone.
 */
export async function takeRequest(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "";
  const url = URL.parse(request.url ?? "", "http://127.0.0.1");
  const path = url?.pathname ?? "";
  const match = url === null ? ({ status: 400 } as const) : matchRoute(provider.api, method, path);
  const known = "route" in match ? match : undefined;
  const line = provider.book.open({ route: known?.route ?? "unknown", method, path }, known?.ids ?? {});
  const body = await readRequestBody(request, maxBodyBytes);
  line.bodyArrived(body.bytes, body.complete, known?.route === "accounts.modify");
  if (!body.complete) return;
  const answer = (given: Answer): void => {
    line.answered(given.status);
    deliver(response, given);
  };
  if (!("route" in match)) {
    const allow = "allow" in match ? match.allow : undefined;
    return answer(emptyAnswer(match.status, allow === undefined ? {} : { Allow: allow }));
  }
  const query = url?.searchParams ?? new URLSearchParams();
  const accepted = acceptedFormat(request.headers.accept, servedFormats[provider.api]);
  const format = accepted ?? sentFormat(request.headers["content-type"]) ?? "json";
  const exchange: Exchange = { request, response, match, line, body, query, format };
  const refused = refusedAtTheDoor(provider, exchange);
  if (refused !== undefined) return answer(refused);
  const { latencyMs, fault, slow } = provider.board.strike(match.route, { ...match.ids });
  const struck = fault ?? slow;
  if (struck !== undefined) line.struckBy(struck.kind);
  carryOut({
    response,
    line,
    timers: provider.timers,
    fault,
    waitMs: latencyMs + (match.route === "token" ? 0 : provider.delayMs),
    applies: ({ kind }) => texts.find((text) => text.kind === kind)?.applies ?? "as-usual",
    canned: (active) => cannedAnswer(active, match.route, format),
    work: (done) => work(provider, exchange, fault, done),
  });
}
