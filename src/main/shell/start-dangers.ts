const forbiddenSwitches = [
  "remote-debugging-port",
  "remote-debugging-pipe",
  "remote-debugging-address",
  "inspect",
  "inspect-brk",
  "js-flags",
  "no-sandbox",
  "disable-web-security",
  "ignore-certificate-errors",
  "ignore-certificate-errors-spki-list",
  "allow-running-insecure-content",
  "proxy-server",
  "proxy-pac-url",
  "host-rules",
  "host-resolver-rules",
  "load-extension",
  "disable-site-isolation-trials",
  "unsafely-treat-insecure-origin-as-secure",
  "log-net-log",
  "ssl-key-log-file",
] as const;

const forbiddenEnvironment = [
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_OPTIONS",
  "SSLKEYLOGFILE",
  "ELECTRON_RUN_AS_NODE",
] as const;

/**
 * What the start of a packaged build may not carry: switches and variables that open the app to another program or
 * weaken its connections. Returns their names; empty when all is well.
 */
export function dangersAtStart(
  hasSwitch: (name: string) => boolean,
  switchValue: (name: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const switches = forbiddenSwitches.filter((name) => hasSwitch(name)).map((name) => `--${name}`);
  const store = switchValue("password-store") === "basic" ? ["--password-store=basic"] : [];
  const variables = forbiddenEnvironment.filter((name) => (environment[name] ?? "") !== "");
  return [...switches, ...store, ...variables];
}
