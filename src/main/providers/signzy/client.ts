import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import { checkWebAddress } from "../../core/web-address.ts";
import { createHttpClient, type HttpAnswer, type HttpClient, type HttpDependencies } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { createPace } from "../../http/pace.ts";
import { safeRead } from "../../http/safe-read.ts";
import type { AggregatorProvider, RefreshAnswer } from "../aggregator.ts";
import { refreshAnswerOfFailure } from "../outcomes.ts";
import { readFailureOf, readRecordsOf, refreshAnswerOf } from "./outcomes.ts";
import { signzyHeaders, type SignzyParts } from "./parts.ts";
import { signzyPath, type SignzyCredentials, type SignzySettings } from "./settings.ts";
import { createSignzySignIn } from "./sign-in.ts";
import { testSignzy } from "./test-connection.ts";

export {
  signzyHosts, signzyPath, usualSignzyPaths, type SignzyCredentials, type SignzySettings,
} from "./settings.ts";

const longestRefreshMs = 3_600_000;

function customerBody(customerId: string): string {
  if (!/^[\w-]{1,100}$/u.test(customerId))
    throw new VostroFailure("input-invalid", "The customer id may hold only letters, digits, hyphen and underscore.");
  return JSON.stringify({ customerId });
}

function notSent(failure: VostroFailure): RefreshAnswer {
  const reason = failure.code === "sign-in-needed" ? "sign-in" : "unreachable";
  return { kind: "not-sent", reason, message: failure.message };
}

async function refresh(parts: SignzyParts, customerId: string, signal: AbortSignal): Promise<RefreshAnswer> {
  const { origin, refreshPath: path, patientHttp, signIn, pace, log } = parts;
  try {
    const body = customerBody(customerId);
    const token = await signIn.token(signal);
    await pace(signal);
    const headers = signzyHeaders(token);
    const answer = await patientHttp.send({ method: "POST", origin, path, headers, body, signal });
    if (answer.status === 401) signIn.refused(token);
    const outcome = refreshAnswerOf(answer, customerId);
    log.info("Signzy answered a refresh", { status: answer.status, outcome: outcome.kind });
    return outcome;
  } catch (error) {
    if (error instanceof VostroFailure) return notSent(error);
    if (error instanceof HttpFailure) {
      log.warn("A refresh got no answer from Signzy", { kind: error.kind, phase: error.phase });
      return refreshAnswerOfFailure("Signzy", error);
    }
    if (!signal.aborted) throw error;
    return { kind: "not-sent", reason: "unreachable", message: "The refresh was given up before it left." };
  }
}

function createReader(parts: SignzyParts): (customerId: string, signal: AbortSignal) => Promise<HttpAnswer> {
  const { origin, accountsPath: path, http, signIn, pace, clock, random } = parts;
  const patience = { retries: 3, firstWaitMs: 250, longestWaitMs: 10_000, nowMs: clock.nowMs, random };
  const read = async (customerId: string, signal: AbortSignal, last: boolean): Promise<HttpAnswer> => {
    const body = customerBody(customerId);
    const token = await signIn.token(signal);
    const headers = signzyHeaders(token);
    const send = async (): Promise<HttpAnswer> => {
      await pace(signal);
      return http.send({ method: "POST", origin, path, headers, body, signal });
    };
    const answer = await safeRead(send, patience, signal);
    if (answer.status !== 401) return answer;
    signIn.refused(token);
    return last || !signIn.renews ? answer : read(customerId, signal, true);
  };
  return (customerId, signal) => read(customerId, signal, false);
}

function createSignzyProvider(parts: SignzyParts): AggregatorProvider {
  const { clock, signIn, http, patientHttp } = parts;
  const read = createReader(parts);
  const readRecords = async (customerId: string, signal: AbortSignal): Promise<readonly AggregatedRecord[]> => {
    try {
      return readRecordsOf(await read(customerId, signal), customerId, clock.nowMs());
    } catch (error) {
      if (error instanceof HttpFailure) throw readFailureOf(error);
      if (!signal.aborted || error instanceof VostroFailure) throw error;
      throw new VostroFailure("provider-down", "The read was stopped.", { retryable: true, cause: error });
    }
  };
  return {
    readRecords,
    refreshesLogins: false,
    refresh: (wish, signal) => refresh(parts, wish.customerId, signal),
    test: (signal) => testSignzy(parts, signal),
    close: async () => {
      signIn.close();
      await Promise.all([http.close(), patientHttp.close()]);
    },
  };
}

/**
 * Signzy's bank connect for one connection, with HTTP clients of its own limited to the connection's host. A refresh is
 * posted once and ends with the caller's signal; reads retry, and sign in once more after a 401 of a login's token.
 * Throws `VostroFailure` input-invalid for an address or path that cannot be used.
 */
export function connectSignzy(
  settings: SignzySettings,
  credentials: SignzyCredentials,
  { clock, log, ...network }: HttpDependencies & { readonly clock: Clock; readonly log: Log },
): AggregatorProvider {
  const checked = checkWebAddress(settings.apiBaseUrl);
  if (!checked.ok) throw new VostroFailure("input-invalid", checked.message);
  const { origin } = checked.address;
  const refreshPath = signzyPath(settings.refreshPath);
  const accountsPath = signzyPath(settings.accountsPath);
  if (refreshPath === undefined || accountsPath === undefined)
    throw new VostroFailure("input-invalid", "A path under /api/v3 holds characters that may not stand in one.");
  const { connectTimeoutMs, headersTimeoutMs, bodyTimeoutMs, concurrency: connections } = settings;
  const client = (waits: { headersTimeoutMs: number; bodyTimeoutMs: number }): HttpClient =>
    createHttpClient({ allowedOrigins: [origin], connectTimeoutMs, connections, ...waits }, network);
  const http = client({ headersTimeoutMs, bodyTimeoutMs });
  return createSignzyProvider({
    origin,
    refreshPath,
    accountsPath,
    http,
    patientHttp: client({ headersTimeoutMs: longestRefreshMs, bodyTimeoutMs: longestRefreshMs }),
    signIn: createSignzySignIn({ origin, credentials, http, clock }),
    pace: createPace(settings.requestsPerSecond, clock.monotonicMs),
    clock,
    log,
    random: Math.random,
  });
}
