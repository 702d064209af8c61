import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { HttpAnswer, HttpClient } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { jsonOf } from "../../http/json-answer.ts";
import { retryAfterMs } from "../../http/retry-after.ts";
import { deniesSignIn, fitsHeader } from "../token-source.ts";
import { signzyLoginPath, type SignzyCredentials } from "./settings.ts";
import { wireLogin } from "./wire.ts";

/** The token that stands raw in the Authorization header, without "Bearer". */
export interface SignzySignIn {
  /**
   * A token; one login serves all who ask meanwhile. Throws `VostroFailure`: sign-in-needed (refused; asked no more
   * until `tryAgain`), provider-busy, provider-down, offline.
   */
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** The API answered 401 to this token: it is used no more. */
  readonly refused: (token: string) => void;
  /** A person wants the credentials tried once more. */
  readonly tryAgain: () => void;
  /** Whether a fresh token can be had after a 401: of a login yes, of an account manager's token no. */
  readonly renews: boolean;
  readonly close: () => void;
}

interface Token {
  readonly value: string;
  /** Monotonic. */
  readonly renewAtMs: number;
}

/** No document says how long a token lives when the login does not. */
const unsaidLifetimeS = 600;
const longestLifetimeS = 86_400;

const refusal = (why: string): VostroFailure =>
  new VostroFailure("sign-in-needed", `Signzy did not accept our sign-in${why}. Nothing was sent.`);
const down = (message: string): VostroFailure =>
  new VostroFailure("provider-down", `${message} Nothing was sent.`, { retryable: true });

function failureOfStatus(answer: HttpAnswer, nowMs: number): VostroFailure | undefined {
  const { status } = answer;
  if (status === 200) return undefined;
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(answer.headers["retry-after"], nowMs);
    const details = { retryable: true, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
    return new VostroFailure("provider-busy", `Signzy's sign-in is busy (${status}). Nothing was sent.`, details);
  }
  if (deniesSignIn(status)) return refusal(` (${status})`);
  return down(`Signzy's sign-in answered with status ${status}.`);
}

function failureOf(error: unknown): VostroFailure {
  if (error instanceof VostroFailure) return error;
  if (!(error instanceof HttpFailure)) throw error;
  if (error.kind === "offline")
    return new VostroFailure("offline", `${error.message} Nothing was sent.`, { retryable: true });
  return down(error.phase === "before-send" ? error.message : "Signzy's sign-in did not answer.");
}

function lifetimeMs(ttl: string | null | undefined): number {
  const seconds = typeof ttl === "string" && /^\d{1,10}$/u.test(ttl.trim()) ? Number(ttl) : unsaidLifetimeS;
  return Math.min(seconds, longestLifetimeS) * 1000;
}

export interface SignInParts {
  readonly origin: string;
  readonly credentials: SignzyCredentials;
  readonly http: HttpClient;
  readonly clock: Clock;
}

async function logIn(
  { origin, http, clock }: SignInParts,
  { username, password }: Extract<SignzyCredentials, { kind: "login" }>,
  signal: AbortSignal,
): Promise<Token> {
  const askedAtMs = clock.monotonicMs();
  const headers = { accept: "application/json", "content-type": "application/json" };
  const body = JSON.stringify({ username, password });
  const answer = await http.send({ method: "POST", origin, path: signzyLoginPath, headers, body, signal });
  const failure = failureOfStatus(answer, clock.nowMs());
  if (failure !== undefined) throw failure;
  const json = jsonOf(answer);
  const login = json.ok ? wireLogin.safeParse(json.value).data : undefined;
  if (login === undefined || !fitsHeader(login.id))
    throw down("Signzy's sign-in answered in a shape Vostro does not know.");
  const livesMs = lifetimeMs(login.ttl);
  return { value: login.id, renewAtMs: askedAtMs + livesMs - Math.min(30_000, livesMs / 10) };
}

/** Both sign-in styles behind one door. Nothing of token or password reaches a log, an error or a message. */
export function createSignzySignIn(parts: SignInParts): SignzySignIn {
  const { credentials, clock } = parts;
  const closing = new AbortController();
  let token: Token | undefined;
  let latched: VostroFailure | undefined;
  let fetching: Promise<Token> | undefined;

  const fetchOne = async (login: Extract<SignzyCredentials, { kind: "login" }>): Promise<Token> => {
    try {
      token = await logIn(parts, login, closing.signal);
      return token;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === "sign-in-needed") latched = failure;
      throw failure;
    } finally {
      fetching = undefined;
    }
  };

  return {
    renews: credentials.kind === "login",
    token: async (signal) => {
      if (latched !== undefined) throw latched;
      if (credentials.kind === "token") return credentials.token;
      if (token !== undefined && clock.monotonicMs() < token.renewAtMs) return token.value;
      if (signal.aborted) throw down("The sign-in was given up.");
      fetching ??= fetchOne(credentials);
      return (await unlessGivenUp(fetching, signal)).value;
    },
    refused: (value) => {
      if (token?.value === value) token = undefined;
      if (credentials.kind === "token") latched = refusal(" (401)");
    },
    tryAgain: () => {
      latched = undefined;
    },
    close: () => {
      token = undefined;
      closing.abort();
    },
  };
}

function unlessGivenUp<T>(fetching: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(down("The sign-in was given up."));
    signal.addEventListener("abort", giveUp, { once: true });
    fetching.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
