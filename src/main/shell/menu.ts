import { Menu, type MenuItemConstructorOptions } from "electron";

/** `tell` hands an action name to the page; keys the page listens to itself are shown here but not taken from it. */
function template(tell: (action: string) => void, isMac: boolean): MenuItemConstructorOptions[] {
  const item = (label: string, action: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => tell(action),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const application: MenuItemConstructorOptions[] = isMac
    ? [
        {
          role: "appMenu",
          submenu: [
            { role: "about" },
            { type: "separator" },
            item("Settings…", "settings"),
            { type: "separator" },
            { role: "hide" },
            { role: "hideOthers" },
            { role: "unhide" },
            { type: "separator" },
            { role: "quit" },
          ],
        },
      ]
    : [];
  return [
    ...application,
    {
      label: "&File",
      submenu: [
        item("Import a CSV file…", "choose-file"),
        item("Paste rows to import", "paste-rows"),
        { type: "separator" },
        item("Lock now", "lock", "CmdOrCtrl+Shift+L"),
        item("Sign out", "sign-out"),
        item("Close workspace", "close-workspace"),
        { type: "separator" },
        isMac ? { role: "close" } : { role: "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        { role: "undo" },
        { role: "redo" },
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
        { type: "separator" },
        item("Filter this list", "filter", "CmdOrCtrl+F"),
      ],
    },
    {
      label: "&View",
      submenu: [
        item("Command palette", "palette", "CmdOrCtrl+K"),
        item("Read again from the cache", "reread", "F5"),
        { type: "separator" },
        item("Compact or comfortable rows", "density"),
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
      ],
    },
    {
      label: "&Go",
      submenu: [
        item("Today", "go-today"),
        item("Accounts", "go-accounts"),
        item("Import", "go-import"),
        item("Outbox", "go-outbox"),
        item("Refresh", "go-refresh"),
        item("Log", "go-log"),
        item("Settings", "go-settings"),
      ],
    },
    { label: "&Help", role: "help", submenu: [item("Help", "help", "F1"), item("Keyboard shortcuts", "shortcuts")] },
  ];
}

/** The real menu; without a reload or a developer-tools item, which would bypass the app's own keys and confinement. */
export function installMenu(tell: (action: string) => void, platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(tell, platform === "darwin")));
}
