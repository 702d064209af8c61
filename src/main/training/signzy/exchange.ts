import type { IncomingMessage, ServerResponse } from "node:http";
import { emptyAnswer, type Answer } from "../shared/answers.ts";
import { carryOut } from "../shared/carry-out.ts";
import { deliver } from "../shared/delivery.ts";
import type { FaultKindText } from "../shared/fault-kinds.ts";
import type { LedgerBookOf, LedgerLineOf } from "../shared/ledger.ts";
import { readRequestBody } from "../shared/request-body.ts";
import type { Timers } from "../shared/timers.ts";
import { answerAccounts, answerRefresh, type Workings } from "./endpoints.ts";
import { errorAnswer } from "./errors.ts";
import { signzyFaultKinds, type FaultKind } from "./fault-kinds.ts";
import { cannedAnswer, type FaultBoard } from "./fault-panel.ts";
import { matchRoute, type SignzyPaths, type SignzyRoute } from "./routes.ts";
import type { SignIn } from "./sign-in.ts";
import { isRefused, readTextBody } from "./text-body.ts";

export interface LedgerIds {
  /** The customer a complete body names. */
  readonly customerId?: string;
}

/** Everything one request needs. */
export interface Provider extends Omit<Workings, "applied"> {
  readonly signIn: SignIn;
  readonly board: FaultBoard;
  readonly book: LedgerBookOf<SignzyRoute, FaultKind, LedgerIds>;
  readonly timers: Timers;
  readonly paths: SignzyPaths;
  readonly delayMs: number;
}

interface Call {
  readonly route: SignzyRoute;
  readonly bodyText: string;
  readonly isJson: boolean;
  readonly query: URLSearchParams;
  readonly line: LedgerLineOf<FaultKind, LedgerIds>;
}

const maxBodyBytes = 1024 * 1024;
const texts: readonly FaultKindText[] = signzyFaultKinds;

function namedCustomer(bodyText: string): string | undefined {
  const body = readTextBody(bodyText, ["customerId"]);
  return isRefused(body) ? undefined : body["customerId"];
}

function workOnLogin({ signIn }: Provider, { bodyText, line }: Call): Answer {
  const body = readTextBody(bodyText, ["username", "password"]);
  if (isRefused(body)) return errorAnswer(body);
  const { answer, tokenId } = signIn.login(body);
  if (tokenId !== undefined) line.withToken(tokenId);
  return answer;
}

function work(provider: Provider, call: Call, neverEnds: boolean, done: (answer: Answer) => void): void {
  const { route, bodyText, query, line } = call;
  if (route === "logout") return done(provider.signIn.logout(query.get("access_token")));
  if (!call.isJson) return done(errorAnswer({ status: 400, message: "The Content-Type must be application/json" }));
  if (route === "login") return done(workOnLogin(provider, call));
  const body = readTextBody(bodyText, ["customerId"]);
  if (isRefused(body)) return done(errorAnswer(body));
  const customerId = body["customerId"] ?? "";
  const workings: Workings = { ...provider, applied: () => line.applied() };
  if (route === "accounts") return done(answerAccounts(workings, customerId));
  answerRefresh(workings, customerId, neverEnds, done);
}

function mayEnter({ signIn }: Provider, { route, line }: Call, authorization: string | undefined): boolean {
  if (route === "login" || route === "logout") return true;
  const tokenId = signIn.check(authorization);
  if (tokenId !== undefined) line.withToken(tokenId);
  return tokenId !== undefined;
}

/**
 * Takes one request from its first header to its answer: ledger line, whole body, token, faults, work, delivery. Faults
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
  const match = matchRoute(provider.paths, method, path);
  const route = "route" in match ? match.route : undefined;
  const line = provider.book.open({ route: route ?? "unknown", method, path }, {});
  const body = await readRequestBody(request, maxBodyBytes);
  line.bodyArrived(body.bytes, body.complete, false);
  if (!body.complete) return;
  const answer = (given: Answer): void => {
    line.answered(given.status);
    deliver(response, given);
  };
  if (!("route" in match)) {
    return answer(emptyAnswer(match.status, match.allow === undefined ? {} : { Allow: match.allow }));
  }
  if (body.tooLarge) return answer(errorAnswer({ status: 400, message: "The body is too large" }));
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "");
  const query = url?.searchParams ?? new URLSearchParams();
  const call: Call = { route: match.route, bodyText: body.bytes.toString("utf8"), isJson, query, line };
  if (!mayEnter(provider, call, request.headers.authorization)) {
    return answer(errorAnswer({ status: 401, message: "Authorization required" }));
  }
  const customerId = match.route === "login" ? undefined : namedCustomer(call.bodyText);
  if (customerId !== undefined) line.about({ customerId });
  const { latencyMs, fault, slow } = provider.board.strike(match.route, customerId === undefined ? {} : { customerId });
  const struck = fault ?? slow;
  if (struck !== undefined) line.struckBy(struck.kind);
  carryOut({
    response,
    line,
    timers: provider.timers,
    fault,
    waitMs: latencyMs + (match.route === "login" ? 0 : provider.delayMs),
    applies: ({ kind }) => texts.find((text) => text.kind === kind)?.applies ?? "as-usual",
    canned: cannedAnswer,
    work: (done) => work(provider, call, fault?.kind === "never-ends", done),
  });
}
