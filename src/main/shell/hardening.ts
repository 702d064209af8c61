import { shell, type App, type Session, type WebContents } from "electron";
import { appUrl } from "./app-protocol.ts";

const forbiddenSwitches = [
  "remote-debugging-port", "remote-debugging-pipe", "remote-debugging-address", "inspect", "inspect-brk", "js-flags",
  "no-sandbox", "disable-web-security", "ignore-certificate-errors", "ignore-certificate-errors-spki-list",
  "allow-running-insecure-content", "proxy-server", "proxy-pac-url", "host-rules", "host-resolver-rules", "load-extension",
  "disable-site-isolation-trials", "unsafely-treat-insecure-origin-as-secure", "log-net-log", "ssl-key-log-file",
] as const;

const forbiddenEnvironment = [
  "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "SSLKEYLOGFILE", "ELECTRON_RUN_AS_NODE",
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

/** No page gets a permission, a device or a download. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
}

const isOurs = (url: string): boolean => url === appUrl || url.startsWith(`${appUrl}#`);

/** Hosts whose https pages may open in the person's browser. */
export const externalHosts: readonly string[] = [];

/** Whether a link may leave for the browser: https, an exact host of the list, no user-info, no port. */
export function mayOpenExternally(url: string, hosts: readonly string[] = externalHosts): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === "https:" && username === "" && password === "" && hosts.includes(host);
}

/** Every web contents, now and later, stays on the app's own page: no navigation, redirect, new window or webview. */
export function confineNavigation(app: App): void {
  app.on("web-contents-created", (_event, contents: WebContents) => {
    contents.on("will-navigate", (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on("will-frame-navigate", (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
    });
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenExternally(url)) void shell.openExternal(url);
      return { action: "deny" };
    });
  });
}
