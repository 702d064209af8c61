/** Where a connection goes: straight to the host, or through a tunnel of this proxy. */
export type ProxyChoice = { readonly kind: "direct" } | { readonly kind: "tunnel"; readonly proxy: string };

/**
 * Reads the first entry of what a system's proxy settings answer for an origin ("DIRECT", "PROXY host:port", "HTTPS
 * host:port", separated by semicolons). Undefined for a kind that is not supported (SOCKS).
 */
export function chooseProxy(answer: string): ProxyChoice | undefined {
  const first = answer.split(";")[0]?.trim() ?? "";
  if (first === "" || /^DIRECT$/iu.test(first)) return { kind: "direct" };
  const named = /^(PROXY|HTTP|HTTPS)\s+([A-Za-z0-9.\-_[\]:]+)$/iu.exec(first);
  const host = named?.[2];
  if (named === null || host === undefined) return undefined;
  const scheme = named[1]?.toUpperCase() === "HTTPS" ? "https" : "http";
  const url = URL.parse(`${scheme}://${host}`);
  return url === null ? undefined : { kind: "tunnel", proxy: url.origin };
}
