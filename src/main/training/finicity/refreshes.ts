import { randomUUID } from "node:crypto";
import type { LoginOutcome } from "../aggregator/index.ts";
import { emptyAnswer, type Answer } from "../shared/answers.ts";
import { describeAccounts, type ApiRequest, type Workings } from "./endpoints.ts";
import { badField, badRequest, errorAnswer, refusals, type ProviderError } from "./errors.ts";
import { queryFault } from "./query.ts";
import { documentAnswer, type WireFormat } from "./wire-format.ts";

/** The 203 that passes a bank's question on to the customer, under a session header. */
export function challengeAnswer(format: WireFormat, question: string): Answer {
  const questions = [{ text: question }];
  return documentAnswer(
    203,
    format,
    {
      json: () => ({ mfaChallenges: { questions } }),
      xml: () => ({
        name: "mfaChallenges",
        content: [
          { name: "questions", content: [{ name: "question", content: [{ name: "text", content: question }] }] },
        ],
      }),
    },
    { "MFA-Session": randomUUID() },
  );
}

/** The 500 that carries an aggregation code: the bank or the customer is in the way, the service is up. */
export function aggregationError(code: number, accountIds: readonly string[], institutionId: string): ProviderError {
  const ticket = code >= 900 && code < 1000 ? { ticket: { accountIds, institutionId } } : {};
  return { status: 500, code, message: `Aggregation failed with status code ${code}`, ...ticket };
}

function answerFailed(request: ApiRequest, workings: Workings, outcomes: readonly LoginOutcome[]): Answer | undefined {
  const [first] = outcomes;
  if (first === undefined || outcomes.some(({ code }) => code === 0)) return undefined;
  const asked = outcomes.find(({ question }) => question !== null);
  if (asked?.question != null && outcomes.length === 1) return challengeAnswer(request.format, asked.question);
  const customerId = request.match.ids.customerId ?? "";
  const touched = workings.aggregator
    .accountsOf(customerId)
    .filter(({ institutionLoginId }) => institutionLoginId === first.loginId);
  const ids = touched.map(({ id }) => id);
  return errorAnswer(request.format, aggregationError(first.code, ids, touched[0]?.institutionId ?? ""));
}

function answerEnded(request: ApiRequest, workings: Workings, outcomes: readonly LoginOutcome[]): Answer {
  const failed = answerFailed(request, workings, outcomes);
  if (failed !== undefined) return failed;
  const { customerId = "", loginId } = request.match.ids;
  const accounts = workings.aggregator
    .accountsOf(customerId)
    .filter((account) => loginId === undefined || account.institutionLoginId === loginId);
  return documentAnswer(200, request.format, describeAccounts(workings.aggregator, accounts));
}

function refusalOf(request: ApiRequest, { aggregator }: Workings): ProviderError | undefined {
  const { ids, route } = request.match;
  const stray = queryFault(request.query, route === "refresh.login" ? ["fromDate", "toDate"] : []);
  if (stray !== undefined) return badField(stray);
  for (const [name, value] of request.query) {
    if (!/^\d{1,12}$/.test(value)) return badField(`${name} must be epoch seconds`);
  }
  if (!/^(\{\s*\})?$/.test(request.bodyText.trim())) return badRequest("A refresh takes no body");
  if (aggregator.customer(ids.customerId ?? "") === undefined) return refusals.customerUnknown;
  const logins = aggregator.loginsOf(ids.customerId ?? "");
  const isKnown = ids.loginId === undefined || logins.some(({ id }) => id === ids.loginId);
  return isKnown ? undefined : refusals.noneAtLogin;
}

/**
 * Starts a refresh and answers when it has ended: 200 with the accounts when any login let the aggregator in, else HTTP
 * 500 with the aggregation code of the first, or 203 with the bank's question. A login that is already being refreshed
 * gives HTTP 500 with 325 (customer) or 5006 (login), and starts nothing. The forms under v2 answer 204 at once.
 */
export function answerRefresh(
  request: ApiRequest,
  workings: Workings,
  neverEnds: boolean,
  done: (answer: Answer) => void,
): void {
  const refused = refusalOf(request, workings);
  if (refused !== undefined) return done(errorAnswer(request.format, refused));
  const { customerId = "", loginId } = request.match.ids;
  const { answersEmpty } = request.match;
  const order = { customerId, neverEnds, ...(loginId === undefined ? {} : { loginId }) };
  const started = workings.aggregator.startRefresh(order, (outcomes) => {
    if (!answersEmpty) done(answerEnded(request, workings, outcomes));
  });
  if (started === "busy") {
    return done(errorAnswer(request.format, loginId === undefined ? refusals.customerBusy : refusals.loginBusy));
  }
  workings.applied();
  if (answersEmpty) done(emptyAnswer(204));
}
