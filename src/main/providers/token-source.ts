import type { Clock } from "../core/clock.ts";
import { VostroFailure } from "../core/failures.ts";
import type { HttpAnswer } from "../http/client.ts";
import type { HttpFailure } from "../http/http-failure.ts";
import { retryAfterMs } from "../http/retry-after.ts";
import type { ProviderName } from "./outcomes.ts";
import type { WriteOutcome } from "./provider.ts";

/** Why there is no token; nothing was sent to the API. */
export type TokenTrouble = Extract<WriteOutcome, { kind: "not-sent" | "busy" }>;

export interface Token {
  readonly value: string;
  /** Monotonic. From the first on a fresh one is fetched, at the second it is dead. */
  readonly renewAtMs: number;
  readonly endsAtMs: number;
}

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

export const signInDown = (message: string): TokenTrouble => ({
  kind: "not-sent",
  reason: "sign-in-down",
  message: `${message} Nothing was sent.`,
});

/** 429 or 503 to a sign-in; undefined for any other status. */
export function busySignIn(provider: ProviderName, answer: HttpAnswer, nowMs: number): TokenTrouble | undefined {
  const { status } = answer;
  if (status !== 429 && status !== 503) return undefined;
  const wait = retryAfterMs(answer.headers["retry-after"], nowMs);
  const message = `${provider}'s sign-in is busy (${status}). Nothing was sent.`;
  return { kind: "busy", httpStatus: status, message, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

/** A status by which HTTP itself says no to the credentials, rather than "not now" or "I failed". */
export const deniesSignIn = (status: number): boolean =>
  status >= 400 && status < 500 && status !== 408 && status !== 425;

/** A sign-in without a complete answer. */
export function brokenSignIn(provider: ProviderName, failure: HttpFailure): TokenTrouble {
  if (failure.kind === "certificate")
    return { kind: "not-sent", reason: "certificate", message: `${failure.message} Nothing was sent.` };
  if (failure.phase === "before-send")
    return { kind: "not-sent", reason: "unreachable", message: `${failure.message} Nothing was sent.` };
  return signInDown(`${provider}'s sign-in did not answer.`);
}

/** The trouble of a sign-in as the failure of a read that wanted it: sign-in-needed, provider-busy or provider-down. */
export function failureOfTrouble(trouble: TokenTrouble): VostroFailure {
  const message = trouble.message.replace("Nothing was sent.", "Nothing was read.");
  if (trouble.kind === "busy") {
    const { retryAfterMs: wait } = trouble;
    const details = { retryable: true, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
    return new VostroFailure("provider-busy", message, details);
  }
  if (trouble.reason === "sign-in") return new VostroFailure("sign-in-needed", message);
  return new VostroFailure("provider-down", message, { retryable: true });
}

/** Whether a token can stand in a header. */
export const fitsHeader = (value: string): boolean => /^[\x21-\x7e]{1,8000}$/u.test(value);

export interface TokenFetching {
  readonly clock: Clock;
  /** One sign-in; the signal ends it when the source is closed. */
  readonly fetch: (signal: AbortSignal) => Promise<Token | TokenTrouble>;
  /** Whether a token due for renewal serves on until it dies when the renewal fails. */
  readonly servesUntilItEnds: boolean;
}

/** Keeps one token in memory only and renews it when due. */
export function createTokenSource({ clock, fetch, servesUntilItEnds }: TokenFetching): TokenSource {
  const closing = new AbortController();
  let token: Token | undefined;
  let lastRefused: string | undefined;
  let fetching: Promise<TokenTrouble | undefined> | undefined;

  const fetchOne = async (): Promise<TokenTrouble | undefined> => {
    const got = await fetch(closing.signal);
    if ("kind" in got) return got;
    token = got;
    return undefined;
  };
  const livesAt = (until: "renewAtMs" | "endsAtMs"): boolean =>
    token !== undefined && clock.monotonicMs() < token[until];

  return {
    ensure: async (signal) => {
      if (livesAt("renewAtMs")) return undefined;
      if (signal.aborted) return signInDown("The sign-in was given up.");
      fetching ??= fetchOne().finally(() => {
        fetching = undefined;
      });
      const trouble = await unlessGivenUp(fetching, signal);
      return servesUntilItEnds && livesAt("endsAtMs") ? undefined : trouble;
    },
    current: () => (livesAt("endsAtMs") ? token?.value : undefined),
    refused: (value) => {
      lastRefused = value;
      if (token?.value === value) token = undefined;
    },
    forget: () => {
      if (lastRefused === undefined || token?.value === lastRefused) token = undefined;
    },
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
    const giveUp = (): void => resolve(signInDown("The sign-in was given up."));
    signal.addEventListener("abort", giveUp, { once: true });
    fetching.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
