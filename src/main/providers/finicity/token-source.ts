import { aggregatorBody } from "@contract/rules/aggregation/modification.ts";
import type { HttpAnswer } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import {
  brokenSignIn, busySignIn, createTokenSource, deniesSignIn, signInDown, type Token, type TokenSource,
  type TokenTrouble,
} from "../token-source.ts";
import { mediaTypeOf, wireOf, type FinicityParts } from "./parts.ts";
import { tokenPath } from "./paths.ts";
import { documentOf, tokenOf, wordsOf } from "./wire.ts";

export interface FinicityTokens extends TokenSource {
  /** Finicity refused the credentials: nothing is tried any more. */
  readonly isResting: () => boolean;
}

/** A token lives two hours and is renewed after ninety minutes (reference §2.1), on the monotonic clock. */
const renewAfterMs = 90 * 60_000;
const lifetimeMs = 120 * 60_000;

const refusal = (message: string): TokenTrouble => ({
  kind: "not-sent",
  reason: "sign-in",
  message: `${message} Nothing more is tried until the credentials are replaced. Nothing was sent.`,
});

/** Five failed authentications lock a partner: whatever is not clearly Finicity's own trouble is a refusal. */
function troubleOfStatus(answer: HttpAnswer, nowMs: number): TokenTrouble {
  const { status } = answer;
  const { code, message } = wordsOf(answer);
  const said = message === undefined ? "" : ` Finicity says: ${message}${code === undefined ? "" : ` (${code})`}.`;
  const busy = busySignIn("Finicity", answer, nowMs);
  if (busy !== undefined) return busy;
  if (code === "10001" || code === "24302" || deniesSignIn(status))
    return refusal(`Finicity did not accept our credentials (${status}).${said}`);
  return signInDown(`Finicity's sign-in answered with status ${status}.${said}`);
}

/**
 * Partner Authentication. The first refusal rests the source for good: a new one is made when a person replaces the
 * credentials. Nothing of token or secret reaches a log, an error or a message.
 */
export function createFinicityTokens(parts: FinicityParts): FinicityTokens {
  const { base, clock, connection, credentials, http } = parts;
  let latched: TokenTrouble | undefined =
    connection.state === "sign-in-refused" ? refusal("Finicity did not accept our credentials.") : undefined;

  const fetch = async (signal: AbortSignal): Promise<Token | TokenTrouble> => {
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
        signal,
      });
      const value = answer.status === 200 ? tokenOf(documentOf(answer)) : undefined;
      if (value !== undefined)
        return { value, renewAtMs: askedAtMs + renewAfterMs, endsAtMs: askedAtMs + lifetimeMs };
      if (answer.status === 200) return signInDown("Finicity's sign-in answered in a shape Vostro does not know.");
      const trouble = troubleOfStatus(answer, clock.nowMs());
      if (trouble.kind === "not-sent" && trouble.reason === "sign-in") {
        latched = trouble;
        parts.onRefused(trouble.message.replace(" Nothing was sent.", ""));
      }
      return trouble;
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return brokenSignIn("Finicity", error);
    }
  };

  const source = createTokenSource({ clock, fetch, servesUntilItEnds: true });
  return {
    ...source,
    ensure: async (signal) => {
      if (latched !== undefined) return latched;
      const trouble = await source.ensure(signal);
      return latched ?? trouble;
    },
    isResting: () => latched !== undefined,
  };
}
