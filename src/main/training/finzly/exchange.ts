import type { IncomingMessage, ServerResponse } from "node:http";
import { emptyAnswer, type Answer } from "../shared/answers.ts";
import { carryOut } from "../shared/carry-out.ts";
import { deliver } from "../shared/delivery.ts";
import type { FaultKindText } from "../shared/fault-kinds.ts";
import { readRequestBody, type RequestBody } from "../shared/request-body.ts";
import type { Timers } from "../shared/timers.ts";
import { answerApi, refuse } from "./endpoints.ts";
import { cannedAnswer } from "./fault-answers.ts";
import { finzlyFaultKinds } from "./fault-kinds.ts";
import type { ActiveFault, FaultBoard } from "./fault-panel.ts";
import type { LedgerBook, LedgerLine } from "./ledger.ts";
import type { AccountPatch } from "./records.ts";
import { matchRoute, type ApiRoute, type RouteMatch } from "./routes.ts";
import type { ProviderState } from "./state.ts";
import type { TokenOffice } from "./token.ts";
import { isUpdateField } from "./update-fields.ts";
import { readField } from "./validate-update.ts";

/** Everything one request needs. */
export interface Provider {
  readonly state: ProviderState;
  readonly tokens: TokenOffice;
  readonly board: FaultBoard;
  readonly book: LedgerBook;
  readonly timers: Timers;
  readonly readable: boolean;
  readonly delayMs: number;
  changed(): void;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly match: RouteMatch;
  readonly line: LedgerLine;
  readonly body: RequestBody;
  readonly query: URLSearchParams;
}

const maxBodyBytes = 1024 * 1024;
const texts: readonly FaultKindText[] = finzlyFaultKinds;

function bend(patch: AccountPatch, stored: AccountPatch, fault: ActiveFault | undefined): AccountPatch {
  const field = fault?.field;
  if (field === undefined || !isUpdateField(field)) return patch;
  if (fault?.kind === "alter-field") {
    const altered = readField(field, JSON.stringify(fault.value));
    return typeof altered === "string" ? patch : { ...patch, ...altered };
  }
  if (fault?.kind !== "ignore-field") return patch;
  const storedKey = `${field}Minor` in stored ? `${field}Minor` : field;
  return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== storedKey));
}

function workOnToken(provider: Provider, exchange: Exchange): Answer {
  const { authorization, "content-type": contentType } = exchange.request.headers;
  const { answer, tokenId } = provider.tokens.issue(
    {
      ...(authorization === undefined ? {} : { authorization }),
      ...(contentType === undefined ? {} : { contentType }),
    },
    exchange.body.bytes.toString("utf8"),
  );
  if (tokenId !== undefined) exchange.line.withToken(tokenId);
  return answer;
}

function workOnApi(provider: Provider, exchange: Exchange, route: ApiRoute, fault: ActiveFault | undefined): Answer {
  const { match, body, line, query, request } = exchange;
  const { customerUID, accountUID } = match;
  if (body.tooLarge) return refuse(route, 400, "the body is too large");
  const stored = provider.state.account(customerUID, accountUID) ?? {};
  const contentType = request.headers["content-type"];
  return answerApi(
    { route, customerUID, accountUID, query, contentType, bodyText: body.bytes.toString("utf8") },
    {
      state: provider.state,
      readable: provider.readable,
      bend: (patch) => bend(patch, stored, fault),
      applied: () => {
        line.applied();
        provider.changed();
      },
    },
  );
}

function work(provider: Provider, exchange: Exchange, fault: ActiveFault | undefined): Answer {
  const { route } = exchange.match;
  return route === "token" ? workOnToken(provider, exchange) : workOnApi(provider, exchange, route, fault);
}

function signedIn(provider: Provider, exchange: Exchange): boolean {
  if (exchange.match.route === "token") return true;
  const tokenId = provider.tokens.check(exchange.request.headers.authorization);
  if (tokenId !== undefined) {
    exchange.line.withToken(tokenId);
    return true;
  }
  exchange.line.answered(401);
  deliver(exchange.response, emptyAnswer(401, { "WWW-Authenticate": "Bearer" }));
  return false;
}

function openLine(provider: Provider, method: string, path: string, match: ReturnType<typeof matchRoute>): LedgerLine {
  if ("status" in match) return provider.book.open({ route: "unknown", method, path }, {});
  const { route, customerUID, accountUID } = match;
  const ids = { ...(customerUID === "" ? {} : { customerUID }), ...(accountUID === "" ? {} : { accountUID }) };
  return provider.book.open({ route, method, path }, ids);
}

/**
 * Takes one request from its first header to its answer: ledger line, whole body, sign-in, faults, work, delivery.
 * Faults strike only complete, signed-in requests. A complete request is worked on even if its sender has gone.
 */
export async function takeRequest(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "";
  const url = URL.parse(request.url ?? "", "http://127.0.0.1");
  const path = url?.pathname ?? "";
  const match: ReturnType<typeof matchRoute> = url === null ? { status: 400 } : matchRoute(method, path);
  const line = openLine(provider, method, path, match);
  const body = await readRequestBody(request, maxBodyBytes);
  line.bodyArrived(body.bytes, body.complete, !("status" in match) && match.route === "accounts.update");
  if (!body.complete) return;
  if ("status" in match) {
    line.answered(match.status);
    deliver(response, emptyAnswer(match.status, match.allow === undefined ? {} : { Allow: match.allow }));
    return;
  }
  const query = url?.searchParams ?? new URLSearchParams();
  const exchange: Exchange = { request, response, match, line, body, query };
  if (!signedIn(provider, exchange)) return;
  const { latencyMs, fault, slow } = provider.board.strike(match.route, { accountUID: match.accountUID });
  const struck = fault ?? slow;
  if (struck !== undefined) line.struckBy(struck.kind);
  carryOut({
    response,
    line,
    timers: provider.timers,
    fault,
    waitMs: latencyMs + (match.route === "token" ? 0 : provider.delayMs),
    applies: ({ kind }) => texts.find((text) => text.kind === kind)?.applies ?? "as-usual",
    canned: (active) => cannedAnswer(active, match.route),
    work: (done) => done(work(provider, exchange, fault)),
  });
}
