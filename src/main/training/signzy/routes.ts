/** Every endpoint of the simulated provider. */
export const signzyRoutes = ["login", "logout", "refresh", "accounts"] as const;
export type SignzyRoute = (typeof signzyRoutes)[number];

export const apiPath = "/api/v3";
export const loginPath = "/api/customers/login";
export const logoutPath = "/api/customers/logout";

/** The paths under /api/v3, which no document settles. */
export interface SignzyPaths {
  readonly refresh: string;
  readonly accounts: string;
}
export const usualPaths: SignzyPaths = {
  refresh: "bank-connect/refresh-customer",
  accounts: "bank-connect/customer-accounts",
};

export type RouteAnswer = { readonly route: SignzyRoute } | { readonly status: 404 | 405; readonly allow?: string };

/** Finds the endpoint of a request line: all take POST only. */
export function matchRoute(paths: SignzyPaths, method: string, pathname: string): RouteAnswer {
  const routes: Readonly<Record<string, SignzyRoute>> = {
    [loginPath]: "login",
    [logoutPath]: "logout",
    [`${apiPath}/${paths.refresh}`]: "refresh",
    [`${apiPath}/${paths.accounts}`]: "accounts",
  };
  const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
  if (route === undefined) return { status: 404 };
  return method === "POST" ? { route } : { status: 405, allow: "POST" };
}
