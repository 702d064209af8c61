import { createHash, randomBytes } from "node:crypto";
import type { Answer } from "../shared/answers.ts";
import { badRequest, errorAnswer, missing, refusals, type ProviderError } from "./errors.ts";
import { documentAnswer, readFlatBody, type WireFormat } from "./wire-format.ts";

export interface TokenIssue {
  readonly answer: Answer;
  /** Names the issued token without revealing it; absent when none was issued. */
  readonly tokenId?: string;
}

/**
 * The provider's sign-in: one partner, tokens that live for a fixed time beside each other, and a lock after five
 * failed authentications in a row, which no right credential opens.
 */
export interface TokenOffice {
  issue(sent: WireFormat, accepted: WireFormat, body: string): TokenIssue;
  /** The id of a live token, or why it is none. */
  check(token: string | undefined): { readonly tokenId: string } | ProviderError;
  expireAll(): void;
  isLocked(): boolean;
  /** Failed authentications since the last good one. */
  failures(): number;
  /** What the provider's support does. */
  unlock(): void;
}

export interface TokenSettings {
  readonly partnerId: string;
  readonly partnerSecret: string;
  readonly tokenLifetimeS: number;
  readonly nowMs: () => number;
}

const failuresThatLock = 5;

function nameOf(token: string): string {
  return createHash("sha256").update(token).digest("hex").slice(0, 12);
}

/** Creates the sign-in. Times are taken from `nowMs`; lifetimes are seconds. */
export function createTokenOffice(settings: TokenSettings): TokenOffice {
  const expiryMs = new Map<string, number>();
  let failed = 0;

  const grant = (accepted: WireFormat): TokenIssue => {
    const token = randomBytes(20).toString("base64url");
    expiryMs.set(token, settings.nowMs() + settings.tokenLifetimeS * 1000);
    const answer = documentAnswer(200, accepted, {
      json: () => ({ token }),
      xml: () => ({ name: "access", content: [{ name: "token", content: token }] }),
    });
    return { answer, tokenId: nameOf(token) };
  };

  return {
    issue: (sent, accepted, body) => {
      const fields = readFlatBody(sent, body, "credentials", ["partnerId", "partnerSecret"]);
      if (typeof fields === "string") return { answer: errorAnswer(accepted, badRequest(fields)) };
      const absent = ["partnerId", "partnerSecret"].find((name) => fields[name] === undefined);
      if (absent !== undefined) return { answer: errorAnswer(accepted, missing(absent)) };
      if (failed >= failuresThatLock) return { answer: errorAnswer(accepted, refusals.locked) };
      if (fields["partnerId"] !== settings.partnerId || fields["partnerSecret"] !== settings.partnerSecret) {
        failed += 1;
        return { answer: errorAnswer(accepted, refusals.badCredentials) };
      }
      failed = 0;
      return grant(accepted);
    },
    check: (token) => {
      if (token === undefined || token === "") return refusals.tokenMissing;
      const expires = expiryMs.get(token);
      if (expires === undefined) return refusals.tokenInvalid;
      return settings.nowMs() >= expires ? refusals.tokenExpired : { tokenId: nameOf(token) };
    },
    expireAll: () => {
      for (const token of expiryMs.keys()) expiryMs.set(token, 0);
    },
    isLocked: () => failed >= failuresThatLock,
    failures: () => failed,
    unlock: () => {
      failed = 0;
    },
  };
}
