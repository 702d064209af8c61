/** Every endpoint of the simulated provider. */
export const finzlyRoutes = [
  "token",
  "customers.search",
  "customers.get",
  "accounts.search",
  "accounts.get",
  "accounts.update",
  "accounts.delete",
] as const;
export type FinzlyRoute = (typeof finzlyRoutes)[number];
/** Every endpoint but the token endpoint. */
export type ApiRoute = Exclude<FinzlyRoute, "token">;

export const apiPath = "/api/openbanking";
export const tokenPath = "/auth/realms/TRAINING/protocol/openid-connect/token";

export interface RouteMatch {
  readonly route: FinzlyRoute;
  readonly customerUID: string;
  readonly accountUID: string;
}
export type RouteAnswer = RouteMatch | { readonly status: 400 | 404 | 405; readonly allow?: string };

const methodsOf: readonly { readonly pattern: RegExp; readonly routes: Readonly<Record<string, FinzlyRoute>> }[] = [
  { pattern: new RegExp(`^${tokenPath}$`), routes: { POST: "token" } },
  { pattern: new RegExp(`^${apiPath}/v2/customers$`), routes: { GET: "customers.search" } },
  { pattern: new RegExp(`^${apiPath}/v2/customers/([^/]+)$`), routes: { GET: "customers.get" } },
  { pattern: new RegExp(`^${apiPath}/v2/customers/([^/]+)/accounts$`), routes: { GET: "accounts.search" } },
  {
    pattern: new RegExp(`^${apiPath}/v2/customers/([^/]+)/accounts/([^/]+)$`),
    routes: { GET: "accounts.get", PUT: "accounts.update", DELETE: "accounts.delete" },
  },
];

function decoded(segment: string | undefined): string | undefined {
  try {
    return decodeURIComponent(segment ?? "");
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Finds the endpoint of a request line, or the status that answers it: 404 unknown, 405 method, 400 bad escape. */
export function matchRoute(method: string, pathname: string): RouteAnswer {
  for (const { pattern, routes } of methodsOf) {
    const found = pattern.exec(pathname);
    if (found === null) continue;
    const route = routes[method];
    if (route === undefined) return { status: 405, allow: Object.keys(routes).join(", ") };
    const customerUID = decoded(found[1]);
    const accountUID = decoded(found[2]);
    if (customerUID === undefined || accountUID === undefined) return { status: 400 };
    return { route, customerUID, accountUID };
  }
  return { status: 404 };
}
