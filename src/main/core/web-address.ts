/** A checked address: `origin` is scheme, host and port; `path` has no trailing slash and may be empty. */
export interface WebAddress {
  readonly origin: string;
  readonly path: string;
  /** The host is this computer. */
  readonly loopback: boolean;
}
export type CheckedAddress =
  { readonly ok: true; readonly address: WebAddress } | { readonly ok: false; readonly message: string };

const refused = (message: string): CheckedAddress => ({ ok: false, message });

/** Whether a host name as `URL` writes it is this computer: localhost, 127.0.0.0/8 or ::1. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}

/**
 * Judges an address secrets may be sent to: https (http on this computer only), a host, no user name or password, no
 * query, no fragment. `message` is a whole sentence.
 */
export function checkWebAddress(text: string): CheckedAddress {
  if (/[\s\p{C}\\]/u.test(text)) return refused("The address holds blanks or characters that cannot stand in one.");
  const url = URL.parse(text);
  if (url === null) return refused("This is not a web address. Write it as https://host/path.");
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused("The address must begin with https://.");
  if (url.hostname === "") return refused("The address names no host.");
  if (url.username !== "" || url.password !== "") return refused("The address may not hold a user name or password.");
  if (text.includes("?") || text.includes("#"))
    return refused("The address may not hold a query (?) or a fragment (#).");
  const loopback = isLoopbackHost(url.hostname);
  if (url.protocol === "http:" && !loopback) {
    return refused("Only https is allowed; http only for an address on this computer.");
  }
  return { ok: true, address: { origin: url.origin, path: url.pathname.replace(/\/+$/u, ""), loopback } };
}
