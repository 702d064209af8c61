import { shell, type App, type Session, type WebContents } from "electron";
import { appUrl } from "./app-address.ts";
import { mayOpenExternally } from "./external-links.ts";

/** No page gets a permission, a device or a download. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
}

const isOurs = (url: string): boolean => url === appUrl || url.startsWith(`${appUrl}#`);

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
