import { createHash, randomBytes } from "node:crypto";
import { emptyAnswer, jsonAnswer, type Answer } from "../shared/answers.ts";

export interface TokenIssue {
  readonly answer: Answer;
  /** Names the issued token without revealing it; absent when none was issued. */
  readonly tokenId?: string;
}

/** The simulated realm: one client, bearer tokens that live for a fixed time. */
export interface TokenOffice {
  /** Answers the token endpoint; nothing is issued before this is called. */
  issue(headers: { readonly authorization?: string; readonly contentType?: string }, body: string): TokenIssue;
  /** The id of a live token in an Authorization header; undefined when absent, unknown or expired. */
  check(authorization: string | undefined): string | undefined;
  expireAll(): void;
}

export interface TokenSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenLifetimeS: number;
  readonly nowMs: () => number;
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

const refusal = (status: 400 | 401, error: string, description: string): TokenIssue => ({
  answer: jsonAnswer(status, { error, error_description: description }),
});

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text}`).get("v") ?? "";
}

/** Both readings of a Basic header: as documented (raw) and as RFC 6749 wants it (form-encoded before base64). */
function basicCredentials(authorization: string): readonly Credentials[] {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon < 0) return [];
  const raw = { id: pair.slice(0, colon), secret: pair.slice(colon + 1) };
  return [raw, { id: formDecoded(raw.id), secret: formDecoded(raw.secret) }];
}

function repeatsKey(form: URLSearchParams): boolean {
  return new Set(form.keys()).size !== [...form.keys()].length;
}

/** Creates the token office. Times are taken from `nowMs`; lifetimes are seconds. */
export function createTokenOffice(settings: TokenSettings): TokenOffice {
  const expiryMs = new Map<string, number>();
  const known = ({ id, secret }: Credentials): boolean =>
    id === settings.clientId && secret === settings.clientSecret;

  const grant = (): TokenIssue => {
    const token = randomBytes(32).toString("base64url");
    expiryMs.set(token, settings.nowMs() + settings.tokenLifetimeS * 1000);
    const answer = jsonAnswer(200, {
      access_token: token,
      expires_in: settings.tokenLifetimeS,
      refresh_expires_in: settings.tokenLifetimeS,
      refresh_token: randomBytes(32).toString("base64url"),
      token_type: "bearer",
    });
    return { answer: { ...answer, headers: { "Cache-Control": "no-store" } }, tokenId: nameOf(token) };
  };

  return {
    issue: ({ authorization, contentType }, body) => {
      if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? "")) return { answer: emptyAnswer(415) };
      const form = new URLSearchParams(body);
      if (repeatsKey(form)) return refusal(400, "invalid_request", "duplicated parameter");
      const inBody = form.has("client_id") || form.has("client_secret");
      if (authorization !== undefined && inBody) {
        return refusal(400, "invalid_request", "More than one client authentication method");
      }
      const offered =
        authorization === undefined
          ? [{ id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" }]
          : basicCredentials(authorization);
      if (!offered.some(known)) {
        return refusal(401, "invalid_client", "Invalid client or Invalid client credentials");
      }
      const grantType = form.get("grant_type");
      if (grantType === null) return refusal(400, "invalid_request", "Missing form parameter: grant_type");
      if (grantType !== "client_credentials") {
        return refusal(400, "unsupported_grant_type", "Unsupported grant_type");
      }
      return grant();
    },
    check: (authorization) => {
      const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization ?? "")?.[1];
      const expires = token === undefined ? undefined : expiryMs.get(token);
      if (token === undefined || expires === undefined || settings.nowMs() >= expires) return undefined;
      return nameOf(token);
    },
    expireAll: () => expiryMs.clear(),
  };
}

function nameOf(token: string): string {
  return createHash("sha256").update(token).digest("hex").slice(0, 12);
}
