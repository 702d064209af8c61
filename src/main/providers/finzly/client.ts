import type { FinzlyConnection } from "@contract";
import { encodeUpdate } from "@contract/rules/finzly-encode.ts";
import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import { VostroFailure } from "../../core/failures.ts";
import { checkWebAddress, type WebAddress } from "../../core/web-address.ts";
import { createHttpClient, type HttpClient, type HttpDependencies } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { createPace, type Pace } from "../../http/pace.ts";
import { writeOutcomeOfFailure } from "../outcomes.ts";
import type { AccountProvider, WriteOutcome } from "../provider.ts";
import { writeOutcomeOf } from "./outcomes.ts";
import { accountPath } from "./paths.ts";
import { createFinzlyReader } from "./reader.ts";
import { testConnection } from "./test-connection.ts";
import { createFinzlyTokens, type FinzlyCredentials } from "./token-source.ts";

export type { FinzlyCredentials } from "./token-source.ts";

export interface FinzlyParts {
  readonly connection: FinzlyConnection;
  readonly credentials: FinzlyCredentials;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1); spreads the waits of reads. */
  readonly random: () => number;
  /** The turns of reads and writes alike. */
  readonly pace: Pace;
}

function addressOf(text: string): WebAddress {
  const checked = checkWebAddress(text);
  if (checked.ok) return checked.address;
  throw new VostroFailure("input-invalid", checked.message);
}

const notSent = (reason: "unreachable" | "sign-in-down", message: string): WriteOutcome => ({
  kind: "not-sent",
  reason,
  message,
});

/**
 * Finzly's customer-account API (V2) for one connection. Talks only to the connection's own API and token addresses.
 * `write` sends the prepared bytes once, to the prepared origin only while it is still the connection's.
 */
export function createFinzlyProvider(parts: FinzlyParts): AccountProvider {
  const { connection, http, clock, log } = parts;
  const base = addressOf(connection.apiBaseUrl);
  const tokens = createFinzlyTokens(parts);
  const reads = createFinzlyReader(parts, tokens, base);

  const write: AccountProvider["write"] = async (prepared, signal) => {
    if (prepared.origin !== base.origin || !prepared.path.startsWith(`${base.path}/v2/customers/`)) {
      return notSent(
        "unreachable",
        "The connection's address changed after this change was prepared. Nothing was sent.",
      );
    }
    const token = tokens.current();
    if (token === undefined)
      return notSent("sign-in-down", "The sign-in ended before the change could leave. Nothing was sent.");
    const headers = {
      accept: "application/json",
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    };
    try {
      const answer = await http.send({ ...prepared, headers, signal });
      const outcome = writeOutcomeOf(answer, clock.nowMs());
      if (outcome.kind === "unauthorized") tokens.refused(token);
      log.info("Finzly answered a change", {
        status: answer.status,
        outcome: outcome.kind,
        elapsedMs: Math.round(answer.elapsedMs),
      });
      return outcome;
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      log.warn("A change got no answer from Finzly", { kind: error.kind, phase: error.phase });
      return writeOutcomeOfFailure("Finzly", error, connection);
    }
  };

  return {
    canRead: connection.canRead,
    prepareUpdate: (address, update, currency) => ({
      method: "PUT",
      origin: base.origin,
      path: `${base.path}${accountPath(address)}`,
      body: encodeUpdate(update, currency),
    }),
    turn: parts.pace,
    signIn: (signal) => tokens.ensure(signal),
    write,
    forgetToken: tokens.forget,
    ...reads,
    test: (signal) => testConnection(parts, base, signal),
    close: async () => {
      tokens.close();
      await http.close();
    },
  };
}

/** Makes the provider of a connection with an HTTP client of its own, limited to the connection's two origins. */
export function connectFinzly(
  connection: FinzlyConnection,
  credentials: FinzlyCredentials,
  { clock, log, ...network }: HttpDependencies & { readonly clock: Clock; readonly log: Log },
): AccountProvider {
  const http = createHttpClient(
    {
      allowedOrigins: [addressOf(connection.apiBaseUrl).origin, addressOf(connection.tokenUrl).origin],
      connectTimeoutMs: connection.connectTimeoutMs,
      headersTimeoutMs: connection.headersTimeoutMs,
      bodyTimeoutMs: connection.bodyTimeoutMs,
      connections: connection.concurrency,
    },
    network,
  );
  const pace = createPace(connection.requestsPerSecond, clock.monotonicMs);
  return createFinzlyProvider({ connection, credentials, http, clock, log, random: Math.random, pace });
}
