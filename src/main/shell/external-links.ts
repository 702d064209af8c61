/** Hosts whose https pages may open in the person's browser. */
export const externalHosts: readonly string[] = [];

/** Whether a link may leave for the browser: https, an exact host of the list, no user-info, no port. */
export function mayOpenExternally(url: string, hosts: readonly string[] = externalHosts): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === "https:" && username === "" && password === "" && hosts.includes(host);
}
