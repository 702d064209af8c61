import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { HttpClient } from "../../http/client.ts";
import type { Pace } from "../../http/pace.ts";
import type { SignzySignIn } from "./sign-in.ts";

/** What every call of one Signzy connection needs. */
export interface SignzyParts {
  readonly origin: string;
  readonly refreshPath: string;
  readonly accountsPath: string;
  readonly http: HttpClient;
  /** Its time-outs outlast every refresh: the caller's signal ends it. */
  readonly patientHttp: HttpClient;
  readonly signIn: SignzySignIn;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1); spreads the waits of reads. */
  readonly random: () => number;
}

/** The headers of an API call: the token stands raw, without "Bearer" (reference §3). */
export function signzyHeaders(token: string): Readonly<Record<string, string>> {
  return { accept: "application/json", "content-type": "application/json", authorization: token };
}
