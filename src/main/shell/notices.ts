import { Notification, type BrowserWindow } from "electron";

export interface Notice {
  readonly title: string;
  readonly body: string;
}

/**
 * Shows a notice of the system's own; a click brings the window to the front and runs `clicked`. Where the desktop
 * shows none, nothing happens. A notice may show over a locked screen: it must name no customer and no account.
 */
export function createNotices(
  window: () => BrowserWindow | undefined,
  clicked: () => void,
): (notice: Notice) => void {
  const shown = new Set<Notification>();
  return ({ title, body }) => {
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title, body });
    shown.add(notice);
    notice.on("close", () => shown.delete(notice));
    notice.on("click", () => {
      shown.delete(notice);
      const target = window();
      if (target === undefined || target.isDestroyed()) return;
      if (target.isMinimized()) target.restore();
      target.show();
      target.focus();
      clicked();
    });
    notice.show();
  };
}
