/** What a Signzy connection needs besides its credentials. Paths are settings: no document settles their separators. */
export interface SignzySettings {
  /** https://api.signzy.app or https://api-preproduction.signzy.app; no path. */
  readonly apiBaseUrl: string;
  /** Under /api/v3, without a leading slash. */
  readonly refreshPath: string;
  readonly accountsPath: string;
  readonly connectTimeoutMs: number;
  /** Of reads and logins. A refresh waits as long as its caller does. */
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly concurrency: number;
  readonly requestsPerSecond: number;
}

/** The two ways in: a token from the account manager, or a login whose token expires (reference §3). */
export type SignzyCredentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "login"; readonly username: string; readonly password: string };

export const signzyHosts = {
  production: "https://api.signzy.app",
  "pre-production": "https://api-preproduction.signzy.app",
} as const;

export const usualSignzyPaths = {
  refreshPath: "bank-connect/refresh-customer",
  accountsPath: "bank-connect/customer-accounts",
} as const;

export const signzyLoginPath = "/api/customers/login";

/** The request path of an endpoint under /api/v3; undefined for a setting that could mean another place. */
export function signzyPath(setting: string): string | undefined {
  const parts = setting.split("/");
  const fine = parts.every((part) => /^[A-Za-z0-9._-]{1,80}$/u.test(part) && !/^\.+$/u.test(part));
  return fine && parts.length <= 6 ? `/api/v3/${setting}` : undefined;
}
