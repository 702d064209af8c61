import type { FinicityConnection } from "@contract";
import { aggregatorBody, modificationOf } from "@contract/rules/aggregation/modification.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import { checkWebAddress } from "../../core/web-address.ts";
import { createHttpClient, type HttpClient, type HttpDependencies } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { createPace } from "../../http/pace.ts";
import type { AggregatorProvider, RefreshAnswer } from "../aggregator.ts";
import { refreshAnswerOfFailure, writeOutcomeOfFailure } from "../outcomes.ts";
import type { AccountProvider, WriteOutcome } from "../provider.ts";
import type { TokenSource } from "../token-source.ts";
import { refreshAnswerOf, writeOutcomeOf } from "./outcomes.ts";
import { mediaTypeOf, wireOf, type FinicityCredentials, type FinicityParts } from "./parts.ts";
import { accountPath, customersPath, refreshPath } from "./paths.ts";
import { createFinicityReader, type FinicityReads } from "./reader.ts";
import { createDeletion } from "./deletion.ts";
import { testFinicity } from "./test-connection.ts";
import { createFinicityTokens } from "./token-source.ts";

export type { FinicityCredentials } from "./parts.ts";

/** Finicity for one connection: accounts that can be renamed and deleted, and their aggregation. */
export type FinicityProvider = AccountProvider & AggregatorProvider & FinicityReads;

const notSent = (reason: "unreachable" | "sign-in-down", message: string): WriteOutcome => ({
  kind: "not-sent",
  reason,
  message,
});

/** The two fields Finicity takes, under its own names; everything else of an update is Vostro's own. */
function createWrite(parts: FinicityParts, tokens: TokenSource): AccountProvider["write"] {
  const { base, clock, connection, credentials, http, log } = parts;
  return async (prepared, signal) => {
    if (prepared.origin !== base.origin || !prepared.path.startsWith(`${base.path}${customersPath}/`)) {
      return notSent("unreachable", "The connection's address changed after this change was prepared. Nothing was sent.");
    }
    const token = tokens.current();
    if (token === undefined)
      return notSent("sign-in-down", "The sign-in ended before the change could leave. Nothing was sent.");
    const type = prepared.body.startsWith("<") ? mediaTypeOf("xml") : mediaTypeOf("json");
    const headers = {
      accept: mediaTypeOf(wireOf(connection)),
      ...(prepared.body === "" ? {} : { "content-type": type }),
      "finicity-app-key": credentials.appKey,
      "finicity-app-token": token,
    };
    try {
      const answer = await http.send({ ...prepared, headers, signal });
      const outcome = writeOutcomeOf(answer, clock.nowMs());
      if (outcome.kind === "unauthorized") tokens.refused(token);
      log.info("Finicity answered a change", { status: answer.status, outcome: outcome.kind });
      return outcome;
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      log.warn("A change got no answer from Finicity", { kind: error.kind, phase: error.phase });
      return writeOutcomeOfFailure("Finicity", error, connection);
    }
  };
}

function createRefresh(parts: FinicityParts, tokens: TokenSource): AggregatorProvider["refresh"] {
  const { base, connection, credentials, log, pace, patientHttp } = parts;
  return async (wish, signal): Promise<RefreshAnswer> => {
    try {
      const path = `${base.path}${refreshPath(connection.forms, wish)}`;
      const trouble = await tokens.ensure(signal);
      if (trouble !== undefined) {
        const known = trouble.kind === "not-sent" && trouble.reason !== "sign-in-down";
        return { kind: "not-sent", reason: known ? trouble.reason : "unreachable", message: trouble.message };
      }
      await pace(signal);
      const token = tokens.current() ?? "";
      const headers = {
        accept: mediaTypeOf(wireOf(connection)),
        "finicity-app-key": credentials.appKey,
        "finicity-app-token": token,
      };
      const answer = await patientHttp.send({ method: "POST", origin: base.origin, path, headers, signal });
      if (answer.status === 401) tokens.refused(token);
      const outcome = refreshAnswerOf(answer, wish.customerId);
      log.info("Finicity answered a refresh", { status: answer.status, outcome: outcome.kind });
      return outcome;
    } catch (error) {
      if (error instanceof VostroFailure) return { kind: "not-sent", reason: "unreachable", message: error.message };
      if (error instanceof HttpFailure) {
        log.warn("A refresh got no answer from Finicity", { kind: error.kind, phase: error.phase });
        return refreshAnswerOfFailure("Finicity", error);
      }
      if (!signal.aborted) throw error;
      return { kind: "not-sent", reason: "unreachable", message: "The refresh was given up before it left." };
    }
  };
}

/** Finicity's aggregation services for one connection; talks only to the connection's own address. */
export function createFinicityProvider(parts: FinicityParts): FinicityProvider {
  const { base, connection, http, patientHttp } = parts;
  const tokens = createFinicityTokens(parts);
  const reads = createFinicityReader(parts, tokens);
  return {
    canRead: true,
    prepareUpdate: (address, update) => ({
      method: "PUT",
      origin: base.origin,
      path: `${base.path}${accountPath(address)}`,
      body: aggregatorBody(wireOf(connection), "account", modificationOf(update)),
    }),
    deletion: createDeletion(parts, reads),
    turn: parts.pace,
    signIn: (signal) => tokens.ensure(signal),
    write: createWrite(parts, tokens),
    forgetToken: tokens.forget,
    ...reads,
    refresh: createRefresh(parts, tokens),
    refreshesLogins: true,
    test: (signal) => testFinicity(parts, tokens, signal),
    close: async () => {
      tokens.close();
      await Promise.all([http.close(), patientHttp.close()]);
    },
  };
}

/** Makes the provider of a connection with HTTP clients of its own, limited to the connection's origin. */
export function connectFinicity(
  connection: FinicityConnection,
  credentials: FinicityCredentials,
  onRefused: (message: string) => void,
  { clock, log, ...network }: HttpDependencies & { readonly clock: Clock; readonly log: Log },
): FinicityProvider {
  const checked = checkWebAddress(connection.apiBaseUrl);
  if (!checked.ok) throw new VostroFailure("input-invalid", checked.message);
  const base = checked.address;
  const { connectTimeoutMs, headersTimeoutMs, bodyTimeoutMs, refreshTimeoutMs } = connection;
  const client = (waits: { headersTimeoutMs: number; bodyTimeoutMs: number }): HttpClient =>
    createHttpClient(
      { allowedOrigins: [base.origin], connectTimeoutMs, connections: connection.concurrency, ...waits },
      network,
    );
  return createFinicityProvider({
    connection,
    credentials,
    onRefused,
    base,
    http: client({ headersTimeoutMs, bodyTimeoutMs }),
    patientHttp: client({ headersTimeoutMs: refreshTimeoutMs, bodyTimeoutMs: refreshTimeoutMs }),
    clock,
    log,
    random: Math.random,
    pace: createPace(connection.requestsPerSecond, clock.monotonicMs),
  });
}
