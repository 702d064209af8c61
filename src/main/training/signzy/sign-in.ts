import { createHash, randomBytes } from "node:crypto";
import { jsonAnswer, type Answer } from "../shared/answers.ts";
import { errorAnswer } from "./errors.ts";
import type { TextBody } from "./text-body.ts";

/** Which ways in are open: a token from the account manager, a login with user name and password, or both. */
export type SignInStyle = "static-token" | "login" | "both";

export interface SignInSettings {
  readonly style: SignInStyle;
  readonly staticToken: string;
  readonly username: string;
  readonly password: string;
  readonly tokenLifetimeS: number;
  readonly nowMs: () => number;
}

export interface TokenIssue {
  readonly answer: Answer;
  /** Names the issued token without revealing it; absent when none was issued. */
  readonly tokenId?: string;
}

/** The provider's sign-in: five failed logins in a row lock the user, whom no right password lets in again. */
export interface SignIn {
  login(body: TextBody): TokenIssue;
  /** Ends a token: 204, or 401 for one that is not live. */
  logout(token: string | null): Answer;
  /** The id of a live token that stands raw in an Authorization header. */
  check(authorization: string | undefined): string | undefined;
  /** Ends every token of a login; the account manager's token stays. */
  expireAll(): void;
  failures(): number;
  isLocked(): boolean;
  unlock(): void;
}

const failuresThatLock = 5;

function nameOf(token: string): string {
  return createHash("sha256").update(token).digest("hex").slice(0, 12);
}

/** Creates the sign-in. Times are taken from `nowMs`; lifetimes are seconds. */
export function createSignIn(settings: SignInSettings): SignIn {
  const expiryMs = new Map<string, number>();
  let failed = 0;
  const refused: TokenIssue = { answer: errorAnswer({ status: 401, message: "login failed", reason: "LOGIN_FAILED" }) };
  const isLive = (token: string): boolean => settings.nowMs() < (expiryMs.get(token) ?? 0);

  const grant = (): TokenIssue => {
    const token = randomBytes(32).toString("base64url");
    const createdMs = settings.nowMs();
    expiryMs.set(token, createdMs + settings.tokenLifetimeS * 1000);
    const created = new Date(createdMs).toISOString();
    const userId = createHash("sha256").update(settings.username).digest("hex").slice(0, 24);
    return {
      answer: jsonAnswer(200, { id: token, ttl: settings.tokenLifetimeS, created, userId }),
      tokenId: nameOf(token),
    };
  };

  return {
    login: (body) => {
      if (settings.style === "static-token") return { answer: errorAnswer({ status: 404, message: "Not found" }) };
      if (failed >= failuresThatLock) {
        return { answer: errorAnswer({ status: 403, message: "The user is locked", reason: "USER_LOCKED" }) };
      }
      if (body["username"] !== settings.username || body["password"] !== settings.password) {
        failed += 1;
        return refused;
      }
      failed = 0;
      return grant();
    },
    logout: (token) => {
      if (token === null || !isLive(token)) return errorAnswer({ status: 401, message: "Authorization required" });
      expiryMs.delete(token);
      return { status: 204 };
    },
    check: (authorization) => {
      const token = authorization ?? "";
      const isStatic = settings.style !== "login" && token === settings.staticToken;
      const isLogin = settings.style !== "static-token" && isLive(token);
      return isStatic || isLogin ? nameOf(token) : undefined;
    },
    expireAll: () => expiryMs.clear(),
    failures: () => failed,
    isLocked: () => failed >= failuresThatLock,
    unlock: () => {
      failed = 0;
    },
  };
}
