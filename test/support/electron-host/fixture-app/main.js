import { readFileSync } from "node:fs";
import { join } from "node:path";
import electron, {
  BrowserWindow,
  Menu,
  app,
  clipboard,
  dialog,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
} from "electron";

const here = import.meta.dirname;
const seen = [];
const note = (...entry) => seen.push(entry);

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (!app.requestSingleInstanceLock({ from: "fixture" })) {
  console.log("another instance holds the lock");
  app.exit(7);
}

const types = { ".html": "text/html", ".js": "text/javascript" };
const serve = (request) => {
  note("request", request.url);
  const { pathname } = new URL(request.url);
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  if (!["index.html", "page.js", "sub.html"].includes(name)) return new Response("no such file", { status: 404 });
  const body = name === "sub.html" ? "<!doctype html><title>Sub</title>" : readFileSync(join(here, name));
  return new Response(body, {
    headers: {
      "content-type": types[name.slice(name.lastIndexOf("."))],
      "content-security-policy":
        "default-src 'none'; script-src 'self'; frame-src 'self' https:; connect-src 'self' https:; img-src https:",
      "x-fixture": "kept",
    },
  });
};

const runs = {
  seen: () => seen,
  tryCall: async (module, member, ...args) => {
    try {
      const value = await electron[module][member](...args);
      return { value: Buffer.isBuffer(value) ? value.toString("base64") : value };
    } catch (error) {
      return { error: `${error.name}: ${error.message}` };
    }
  },
  tryWindow: (options) => {
    try {
      new BrowserWindow(options).destroy();
      return "opened";
    } catch (error) {
      return error.message;
    }
  },
  preloadPath: () => join(here, "preload.cjs"),
  seal: async (text) => (await safeStorage.encryptStringAsync(text)).toString("base64"),
  open: (sealed) => safeStorage.decryptStringAsync(Buffer.from(sealed, "base64")),
  theme: (source) => {
    nativeTheme.themeSource = source;
    return nativeTheme.shouldUseDarkColors;
  },
  copy: (text) => clipboard.writeText(text),
  external: (url) => shell.openExternal(url),
  ask: () => dialog.showOpenDialog({ properties: ["openFile"] }),
  idle: () => [powerMonitor.getSystemIdleTime(), powerMonitor.getSystemIdleState(60)],
  online: () => net.isOnline(),
  publish: (...args) => BrowserWindow.getAllWindows()[0].webContents.send("news", ...args),
  publishFunction: () => {
    try {
      BrowserWindow.getAllWindows()[0].webContents.send("news", () => undefined);
      return "sent";
    } catch (error) {
      return error.message;
    }
  },
  allow: (what) => {
    allowed.add(what);
  },
  secondWindow: async () => {
    const second = new BrowserWindow({
      width: 500,
      height: 400,
      webPreferences: { preload: join(here, "preload.cjs") },
    });
    await second.loadURL("app://fixture/sub.html");
    const url = second.webContents.getURL();
    second.close();
    return [url, second.isDestroyed()];
  },
  reload: () => BrowserWindow.getAllWindows()[0].webContents.reload(),
  bounds: () => BrowserWindow.getAllWindows()[0].getBounds(),
  zoom: (level) => BrowserWindow.getAllWindows()[0].webContents.setZoomLevel(level),
  setBounds: (bounds) => BrowserWindow.getAllWindows()[0].setBounds(bounds),
  lookups: () => {
    const [window] = BrowserWindow.getAllWindows();
    return {
      byContents: BrowserWindow.fromWebContents(window.webContents) === window,
      byId: BrowserWindow.fromId(window.id) === window,
      isFocused: BrowserWindow.getFocusedWindow() === window,
      none: BrowserWindow.fromId(999),
    };
  },
  facts: () => [app.isReady(), app.getName(), app.getVersion(), app.getAppPath(), app.isPackaged],
  handleOnce: () => ipcMain.handleOnce("once", () => "once"),
  removeHandler: () => ipcMain.removeHandler("frame"),
};
const allowed = new Set();

app.on("second-instance", (_event, argv, folder, data) => note("second-instance", argv, folder, data));
if (app.commandLine.hasSwitch("listen-to-all-closed")) {
  app.on("window-all-closed", () => {
    console.log("window-all-closed");
    setImmediate(() => app.quit());
  });
}
app.on("quit", (_event, code) => console.log(`quit ${code}`));
app.on("before-quit", () => console.log("before-quit"));
app.on("will-quit", () => console.log("will-quit"));
app.on("render-process-gone", (_event, _contents, details) => note("render-process-gone", details.reason));
app.on("web-contents-created", (_event, contents) => {
  contents.on("will-navigate", (event) => {
    note("will-navigate", event.url);
    if (!allowed.has("navigate")) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => note("will-frame-navigate", event.url, event.isMainFrame));
  contents.on("did-finish-load", () => note("did-finish-load"));
  contents.on("did-fail-load", (_event, code, description) => note("did-fail-load", code, description));
  contents.on("render-process-gone", () => contents.reload());
  contents.setWindowOpenHandler((details) => {
    note("window-open", details.url, details.features);
    return { action: "deny" };
  });
});

await import("./late.js");
app.whenReady().then(async () => {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(({ deviceType }) => deviceType === "hid");
  protocol.handle("app", serve);
  ipcMain.handle("echo", (_event, ...args) => args);
  ipcMain.handle("fail", () => {
    throw new Error("refused by main");
  });
  ipcMain.handle("frame", (event) => {
    const { url, parent, origin, top } = event.senderFrame;
    return {
      url,
      origin,
      parentUrl: parent && parent.url,
      topUrl: top.url,
      isOurs: event.sender === BrowserWindow.getAllWindows()[0].webContents,
      isMain: event.sender.mainFrame === event.senderFrame,
    };
  });
  ipcMain.handle("run", (_event, name, ...args) => runs[name](...args));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: "File", submenu: [{ label: "Say", click: () => note("clicked Say") }, { role: "quit" }] },
    ]),
  );
  powerMonitor.on("suspend", () => note("suspend"));
  nativeTheme.on("updated", () => note("theme updated"));
  const window = new BrowserWindow({
    width: 1000,
    height: 700,
    show: false,
    webPreferences: {
      preload: join(here, "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  window.once("ready-to-show", () => window.show());
  window.on("session-end", () => note("session-end"));
  window.on("closed", () => note("closed"));
  await window.loadURL("app://fixture/");
  if (app.commandLine.hasSwitch("quit-when-shown")) app.quit();
});
