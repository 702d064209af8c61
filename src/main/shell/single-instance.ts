import { app, type BrowserWindow } from "electron";

/** Whether this is the only Vostro on its data folder. A later start brings this window to the front instead. */
export function isOnlyInstance(window: () => BrowserWindow | undefined): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on("second-instance", () => {
    const shown = window();
    if (shown === undefined) return;
    if (shown.isMinimized()) shown.restore();
    shown.show();
    shown.focus();
  });
  return true;
}
