/** Every endpoint of the simulated provider. */
export const finicityRoutes = [
  "token",
  "customers.search",
  "accounts.list",
  "accounts.by-institution",
  "accounts.by-login",
  "accounts.get",
  "accounts.modify",
  "accounts.delete",
  "accounts.login-form",
  "logins.delete",
  "refresh.customer",
  "refresh.login",
] as const;
export type FinicityRoute = (typeof finicityRoutes)[number];
/** Every endpoint but the sign-in. */
export type ApiRoute = Exclude<FinicityRoute, "token">;

/**
 * Which forms are served: those of the first documents, or today's, which read one account under v2, have no modify, no
 * login form and no XML, and know reads, removals and refreshes by institution login.
 */
export type FinicityApi = "classic" | "current";

export const tokenPath = "/aggregation/v2/partners/authentication";

export interface RouteIds {
  readonly customerId?: string;
  readonly accountId?: string;
  readonly institutionId?: string;
  readonly loginId?: string;
}
export interface RouteMatch {
  readonly route: FinicityRoute;
  readonly ids: RouteIds;
  /** True for the refreshes under v2, which answer 204 and go on alone. */
  readonly answersEmpty: boolean;
}
export type RouteAnswer = RouteMatch | { readonly status: 400 | 404 | 405; readonly allow?: string };

interface PathForm {
  readonly pattern: RegExp;
  readonly apis: readonly FinicityApi[];
  readonly routes: Readonly<Record<string, FinicityRoute>>;
  readonly answersEmpty?: boolean;
}

const both: readonly FinicityApi[] = ["classic", "current"];
const id = (name: keyof RouteIds): string => `(?<${name}>[^/]+)`;
const path = (version: string, rest: string): RegExp => new RegExp(`^/aggregation/${version}/customers${rest}$`);
const account = `/${id("customerId")}/accounts/${id("accountId")}`;
const login = `/${id("customerId")}/institutionLogins/${id("loginId")}`;

const forms: readonly PathForm[] = [
  { pattern: new RegExp(`^${tokenPath}$`), apis: both, routes: { POST: "token" } },
  { pattern: path("v1", ""), apis: both, routes: { GET: "customers.search" } },
  {
    pattern: path("v1", `/${id("customerId")}/accounts`),
    apis: both,
    routes: { GET: "accounts.list", POST: "refresh.customer" },
  },
  {
    pattern: path("v2", `/${id("customerId")}/accounts`),
    apis: ["current"],
    routes: { POST: "refresh.customer" },
    answersEmpty: true,
  },
  {
    pattern: path("v1", `/${id("customerId")}/institutions/${id("institutionId")}/accounts`),
    apis: both,
    routes: { GET: "accounts.by-institution" },
  },
  { pattern: path("v1", `${login}/accounts`), apis: ["classic"], routes: { POST: "refresh.login" } },
  {
    pattern: path("v1", `${login}/accounts`),
    apis: ["current"],
    routes: { GET: "accounts.by-login", POST: "refresh.login" },
  },
  {
    pattern: path("v2", `${login}/accounts`),
    apis: ["current"],
    routes: { POST: "refresh.login" },
    answersEmpty: true,
  },
  { pattern: path("v1", login), apis: ["current"], routes: { DELETE: "logins.delete" } },
  {
    pattern: path("v1", account),
    apis: ["classic"],
    routes: { GET: "accounts.get", PUT: "accounts.modify", DELETE: "accounts.delete" },
  },
  { pattern: path("v1", account), apis: ["current"], routes: { DELETE: "accounts.delete" } },
  { pattern: path("v2", account), apis: ["current"], routes: { GET: "accounts.get" } },
  { pattern: path("v1", `${account}/loginForm`), apis: ["classic"], routes: { GET: "accounts.login-form" } },
];

function decodedIds(groups: Readonly<Record<string, string>> | undefined): RouteIds | undefined {
  try {
    return Object.fromEntries(Object.entries(groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Finds the endpoint of a request line, or the status that answers it: 404 unknown, 405 method, 400 bad escape. */
export function matchRoute(api: FinicityApi, method: string, pathname: string): RouteAnswer {
  for (const form of forms) {
    const found = form.apis.includes(api) ? form.pattern.exec(pathname) : null;
    if (found === null) continue;
    const route = form.routes[method];
    if (route === undefined) return { status: 405, allow: Object.keys(form.routes).join(", ") };
    const ids = decodedIds(found.groups);
    return ids === undefined ? { status: 400 } : { route, ids, answersEmpty: form.answersEmpty ?? false };
  }
  return { status: 404 };
}
