import * as oauth from "oauth4webapi";
import type { FinzlyConnection } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { HttpAnswer, HttpClient } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { jsonOf } from "../../http/json-answer.ts";
import {
  brokenSignIn, busySignIn, createTokenSource, deniesSignIn, fitsHeader, signInDown, type Token, type TokenSource,
  type TokenTrouble,
} from "../token-source.ts";

export interface FinzlyCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
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

function troubleOfAnswer(answer: HttpAnswer, nowMs: number): TokenTrouble | undefined {
  const { status } = answer;
  if (status === 200) return undefined;
  const busy = busySignIn("Finzly", answer, nowMs);
  if (busy !== undefined) return busy;
  if (status === 404 || status === 405) {
    return {
      kind: "not-sent",
      reason: "sign-in",
      message: `There is no sign-in at the token address (${status}). Nothing was sent.`,
    };
  }
  if (deniesSignIn(status)) {
    return {
      kind: "not-sent",
      reason: "sign-in",
      message: `Finzly did not accept our sign-in (${status}). Nothing was sent.`,
    };
  }
  return signInDown(`Finzly's sign-in answered with status ${status}.`);
}

function troubleOfFailure(error: unknown): TokenTrouble {
  if (error instanceof NoToken) return error.trouble;
  if (error instanceof HttpFailure) return brokenSignIn("Finzly", error);
  return signInDown("Finzly's sign-in answered in a shape Vostro does not know.");
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
export function createFinzlyTokens(parts: TokenSourceParts): TokenSource {
  const { clock } = parts;
  const fetch = async (signal: AbortSignal): Promise<Token | TokenTrouble> => {
    const askedAtMs = clock.monotonicMs();
    try {
      const answer = await requestToken(parts, signal);
      if (!fitsHeader(answer.access_token)) throw new TypeError("The token cannot stand in a header.");
      const lifetimeMs = Math.min(answer.expires_in ?? unsaidLifetimeS, longestLifetimeS) * 1000;
      const marginMs = Math.min(30_000, lifetimeMs / 10);
      return {
        value: answer.access_token,
        renewAtMs: askedAtMs + lifetimeMs - marginMs,
        endsAtMs: askedAtMs + lifetimeMs,
      };
    } catch (error) {
      return troubleOfFailure(error);
    }
  };
  return createTokenSource({ clock, fetch, servesUntilItEnds: false });
}
