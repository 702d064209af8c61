import { host } from "./running-host.ts";
import { missingModule } from "./strict.ts";

/** What `import … from "electron"` gives the app. Modules the stand-in lacks may be named, but throw when used. */
export const {
  app,
  BrowserWindow,
  Menu,
  Notification,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} = host.modules;

export const autoUpdater = missingModule("autoUpdater");
export const BaseWindow = missingModule("BaseWindow");
export const BrowserView = missingModule("BrowserView");
export const contentTracing = missingModule("contentTracing");
export const desktopCapturer = missingModule("desktopCapturer");
export const globalShortcut = missingModule("globalShortcut");
export const ipcRenderer = undefined;
export const MenuItem = missingModule("MenuItem");
export const MessageChannelMain = missingModule("MessageChannelMain");
export const nativeImage = missingModule("nativeImage");
export const netLog = missingModule("netLog");
export const powerSaveBlocker = missingModule("powerSaveBlocker");
export const pushNotifications = missingModule("pushNotifications");
export const systemPreferences = missingModule("systemPreferences");
export const TouchBar = missingModule("TouchBar");
export const Tray = missingModule("Tray");
export const utilityProcess = missingModule("utilityProcess");
export const webContents = missingModule("webContents");
export const webFrameMain = missingModule("webFrameMain");
export const View = missingModule("View");
export const WebContentsView = missingModule("WebContentsView");

const electron = {
  ...host.modules,
  autoUpdater,
  BaseWindow,
  BrowserView,
  contentTracing,
  desktopCapturer,
  globalShortcut,
  ipcRenderer,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  netLog,
  powerSaveBlocker,
  pushNotifications,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  webContents,
  webFrameMain,
  View,
  WebContentsView,
};
export { electron as "module.exports", electron as default };
