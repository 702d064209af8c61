import { aggregatorBody } from "@contract/rules/aggregation/modification.ts";
import type { HttpAnswer } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { retryAfterMs } from "../../http/retry-after.ts";
import type { WriteOutcome } from "../provider.ts";
import { mediaTypeOf, wireOf, type FinicityParts } from "./parts.ts";
import { tokenPath } from "./paths.ts";
import { documentOf, tokenOf, wordsOf } from "./wire.ts";

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
  /** Finicity refused the credentials: nothing is tried any more. */
  readonly isResting: () => boolean;
  readonly close: () => void;
}

/** A token lives two hours and is renewed after ninety minutes (reference §2.1), on the monotonic clock. */
const renewAfterMs = 90 * 60_000;
const lifetimeMs = 120 * 60_000;

interface Token {
  readonly value: string;
  readonly askedAtMs: number;
}

const refusal = (message: string): TokenTrouble => ({
  kind: "not-sent",
  reason: "sign-in",
  message: `${message} Nothing more is tried until the credentials are replaced. Nothing was sent.`,
});
const down = (message: string): TokenTrouble => ({
  kind: "not-sent",
  reason: "sign-in-down",
  message: `${message} Nothing was sent.`,
});

/** Five failed authentications lock a partner: whatever is not clearly Finicity's own trouble is a refusal. */
function troubleOfStatus(answer: HttpAnswer, nowMs: number): TokenTrouble {
  const { status } = answer;
  const { code, message } = wordsOf(answer);
  const said = message === undefined ? "" : ` Finicity says: ${message}${code === undefined ? "" : ` (${code})`}.`;
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(answer.headers["retry-after"], nowMs);
    const words = `Finicity's sign-in is busy (${status}). Nothing was sent.`;
    return { kind: "busy", httpStatus: status, message: words, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  if (code === "10001" || code === "24302" || (status >= 400 && status < 500 && status !== 408 && status !== 425))
    return refusal(`Finicity did not accept our credentials (${status}).${said}`);
  return down(`Finicity's sign-in answered with status ${status}.${said}`);
}

function troubleOfFailure(failure: HttpFailure): TokenTrouble {
  if (failure.kind === "certificate")
    return { kind: "not-sent", reason: "certificate", message: `${failure.message} Nothing was sent.` };
  if (failure.phase === "before-send")
    return { kind: "not-sent", reason: "unreachable", message: `${failure.message} Nothing was sent.` };
  return down("Finicity's sign-in did not answer.");
}

/**
 * Partner Authentication. The first refusal rests the source for good: a new one is made when a person replaces the
 * credentials. Nothing of token or secret reaches a log, an error or a message.
 */
export function createTokenSource(parts: FinicityParts): TokenSource {
  const { base, clock, connection, credentials, http } = parts;
  const closing = new AbortController();
  let token: Token | undefined;
  let lastRefused: string | undefined;
  let fetching: Promise<TokenTrouble | undefined> | undefined;
  let latched: TokenTrouble | undefined =
    connection.state === "sign-in-refused" ? refusal("Finicity did not accept our credentials.") : undefined;

  const fetchOne = async (): Promise<TokenTrouble | undefined> => {
    const askedAtMs = clock.monotonicMs();
    const wire = wireOf(connection);
    const { appKey, partnerId, partnerSecret } = credentials;
    const type = mediaTypeOf(wire);
    try {
      const answer = await http.send({
        method: "POST",
        origin: base.origin,
        path: `${base.path}${tokenPath}`,
        headers: { accept: type, "content-type": type, "finicity-app-key": appKey },
        body: aggregatorBody(wire, "credentials", { partnerId, partnerSecret }),
        signal: closing.signal,
      });
      const value = answer.status === 200 ? tokenOf(documentOf(answer)) : undefined;
      if (value !== undefined) {
        token = { value, askedAtMs };
        return undefined;
      }
      if (answer.status === 200) return down("Finicity's sign-in answered in a shape Vostro does not know.");
      const trouble = troubleOfStatus(answer, clock.nowMs());
      if (trouble.kind === "not-sent" && trouble.reason === "sign-in") {
        latched = trouble;
        parts.onRefused(trouble.message.replace(" Nothing was sent.", ""));
      }
      return trouble;
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return troubleOfFailure(error);
    }
  };

  const ageMs = (): number =>
    token === undefined ? Number.POSITIVE_INFINITY : clock.monotonicMs() - token.askedAtMs;
  return {
    ensure: async (signal) => {
      if (latched !== undefined) return latched;
      if (ageMs() < renewAfterMs) return undefined;
      if (signal.aborted) return down("The sign-in was given up.");
      fetching ??= fetchOne().finally(() => {
        fetching = undefined;
      });
      const trouble = await unlessGivenUp(fetching, signal);
      return latched === undefined && ageMs() < lifetimeMs ? undefined : trouble;
    },
    current: () => (ageMs() < lifetimeMs ? token?.value : undefined),
    refused: (value) => {
      lastRefused = value;
      if (token?.value === value) token = undefined;
    },
    forget: () => {
      if (lastRefused === undefined || token?.value === lastRefused) token = undefined;
    },
    isResting: () => latched !== undefined,
    close: () => {
      token = undefined;
      closing.abort();
    },
  };
}

function unlessGivenUp(
  fetching: Promise<TokenTrouble | undefined>,
  signal: AbortSignal,
): Promise<TokenTrouble | undefined> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(down("The sign-in was given up."));
    signal.addEventListener("abort", giveUp, { once: true });
    fetching.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
