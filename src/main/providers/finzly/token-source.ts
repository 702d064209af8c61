import * as oauth from "oauth4webapi";
import type { FinzlyConnection } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { HttpAnswer, HttpClient } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { jsonOf } from "../../http/json-answer.ts";
import { retryAfterMs } from "../../http/retry-after.ts";
import type { WriteOutcome } from "../provider.ts";

export interface FinzlyCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Why there is no token; nothing was sent to the API. */
export type TokenTrouble = Extract<WriteOutcome, { kind: "not-sent" | "busy" }>;

export interface TokenSource {
  /** Makes sure of a token; one fetch serves all who ask meanwhile. Undefined when there is one. */
  readonly ensure: (signal: AbortSignal) => Promise<TokenTrouble | undefined>;
  /** The token at hand, until the moment it expires. */
  readonly current: () => string | undefined;
  /** The API answered 401 to this token: it is used no more. */
  readonly refused: (token: string) => void;
  /** Drops the token at hand, unless it is newer than the one last refused. */
  readonly forget: () => void;
  readonly close: () => void;
}

interface Token {
  readonly value: string;
  /** Monotonic. From the first on a fresh one is fetched, at the second it is dead. */
  readonly renewAtMs: number;
  readonly endsAtMs: number;
}

/** What the portal's prose says a token lives when the answer does not say. */
const unsaidLifetimeS = 30;
const longestLifetimeS = 86_400;

class NoToken extends Error {
  readonly trouble: TokenTrouble;
  constructor(trouble: TokenTrouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}

const down = (message: string): TokenTrouble => ({
  kind: "not-sent",
  reason: "sign-in-down",
  message: `${message} Nothing was sent.`,
});

function troubleOfAnswer(answer: HttpAnswer, nowMs: number): TokenTrouble | undefined {
  const { status } = answer;
  if (status === 200) return undefined;
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(answer.headers["retry-after"], nowMs);
    const message = `Finzly's sign-in is busy (${status}). Nothing was sent.`;
    return { kind: "busy", httpStatus: status, message, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  if (status === 404 || status === 405) {
    return {
      kind: "not-sent",
      reason: "sign-in",
      message: `There is no sign-in at the token address (${status}). Nothing was sent.`,
    };
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 425) {
    return {
      kind: "not-sent",
      reason: "sign-in",
      message: `Finzly did not accept our sign-in (${status}). Nothing was sent.`,
    };
  }
  return down(`Finzly's sign-in answered with status ${status}.`);
}

function troubleOfFailure(error: unknown): TokenTrouble {
  if (error instanceof NoToken) return error.trouble;
  if (error instanceof HttpFailure) {
    if (error.kind === "certificate")
      return { kind: "not-sent", reason: "certificate", message: `${error.message} Nothing was sent.` };
    if (error.phase === "before-send")
      return { kind: "not-sent", reason: "unreachable", message: `${error.message} Nothing was sent.` };
    return down("Finzly's sign-in did not answer.");
  }
  return down("Finzly's sign-in answered in a shape Vostro does not know.");
}

async function requestToken(
  { connection, credentials, http, clock }: TokenSourceParts,
  signal: AbortSignal,
): Promise<oauth.TokenEndpointResponse> {
  const url = new URL(connection.tokenUrl);
  const server: oauth.AuthorizationServer = { issuer: url.origin, token_endpoint: url.href };
  const client: oauth.Client = { client_id: credentials.clientId };
  const method = connection.clientAuth === "basic" ? oauth.ClientSecretBasic : oauth.ClientSecretPost;
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    method(credentials.clientSecret),
    {},
    {
      [oauth.allowInsecureRequests]: url.protocol === "http:",
      [oauth.customFetch]: async (_address: string, init: oauth.CustomFetchOptions<"POST", URLSearchParams>) => {
        const headers = { ...init.headers, accept: "application/json, application/vnd.api+json;q=0.9" };
        const request = {
          method: "POST",
          origin: url.origin,
          path: url.pathname,
          headers,
          body: init.body.toString(),
          signal,
        } as const;
        const answer = await http.send(request);
        const trouble = troubleOfAnswer(answer, clock.nowMs());
        if (trouble !== undefined) throw new NoToken(trouble);
        if (!jsonOf(answer).ok) throw new TypeError("The token answer is not JSON.");
        return new Response(answer.body.toString("utf8"), {
          status: 200,
          headers: { "content-type": "application/json" },
        });
      },
    },
  );
  return oauth.processClientCredentialsResponse(server, client, response);
}

export interface TokenSourceParts {
  readonly connection: Pick<FinzlyConnection, "tokenUrl" | "clientAuth">;
  readonly credentials: FinzlyCredentials;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/**
 * OAuth2 client credentials. Trusts `expires_in`, less a margin of 30 s or a tenth, whichever is smaller, on the
 * monotonic clock. Nothing of token or secret reaches a log, an error or a message.
 */
export function createTokenSource(parts: TokenSourceParts): TokenSource {
  const { clock } = parts;
  const closing = new AbortController();
  let token: Token | undefined;
  let lastRefused: string | undefined;
  let fetching: Promise<TokenTrouble | undefined> | undefined;

  const fetchOne = async (): Promise<TokenTrouble | undefined> => {
    const askedAtMs = clock.monotonicMs();
    try {
      const answer = await requestToken(parts, closing.signal);
      if (!/^[\x21-\x7e]{1,8000}$/u.test(answer.access_token))
        throw new TypeError("The token cannot stand in a header.");
      const lifetimeMs = Math.min(answer.expires_in ?? unsaidLifetimeS, longestLifetimeS) * 1000;
      const marginMs = Math.min(30_000, lifetimeMs / 10);
      token = {
        value: answer.access_token,
        renewAtMs: askedAtMs + lifetimeMs - marginMs,
        endsAtMs: askedAtMs + lifetimeMs,
      };
      return undefined;
    } catch (error) {
      return troubleOfFailure(error);
    }
  };

  const drop = (): void => {
    token = undefined;
  };
  return {
    ensure: async (signal) => {
      if (token !== undefined && clock.monotonicMs() < token.renewAtMs) return undefined;
      if (signal.aborted) return down("The sign-in was given up.");
      fetching ??= fetchOne().finally(() => {
        fetching = undefined;
      });
      return unlessGivenUp(fetching, signal);
    },
    current: () => (token !== undefined && clock.monotonicMs() < token.endsAtMs ? token.value : undefined),
    refused: (value) => {
      lastRefused = value;
      if (token?.value === value) drop();
    },
    forget: () => {
      if (lastRefused === undefined || token?.value === lastRefused) drop();
    },
    close: () => {
      drop();
      closing.abort();
    },
  };
}

function unlessGivenUp(
  fetching: Promise<TokenTrouble | undefined>,
  signal: AbortSignal,
): Promise<TokenTrouble | undefined> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(down("The sign-in was given up."));
    signal.addEventListener("abort", giveUp, { once: true });
    void fetching.then((trouble) => {
      signal.removeEventListener("abort", giveUp);
      resolve(trouble);
    });
  });
}
