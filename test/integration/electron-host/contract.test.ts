import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CONTRACT } from "../../support/electron-host/contract.ts";
import { createHost } from "../../support/electron-host/host.ts";
import { electronUses } from "./electron-uses.ts";
import { FIXTURE_APP } from "./fixture.ts";

const PROJECT = join(import.meta.dirname, "../../..");
const KNOWN = new Set(CONTRACT.map(({ call }) => call));
const TYPES = readFileSync(join(PROJECT, "node_modules/electron/electron.d.ts"), "utf8");

function typeOf(name: string): string {
  const start = new RegExp(`^  (?:interface|class) ${name} [^\\n]*\\{`, "m").exec(TYPES)?.index;
  if (start === undefined) throw new Error(`electron.d.ts has no ${name}`);
  return TYPES.slice(start, TYPES.indexOf("\n  }\n", start));
}

/** The declarations a contract row's left side stands for. */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
  app: ["App"],
  BrowserWindow: ["BrowserWindow", "BaseWindow"],
  webContents: ["WebContents"],
  WebFrameMain: ["WebFrameMain"],
  session: ["Session"],
  protocol: ["Protocol"],
  ipcMain: ["IpcMain"],
  safeStorage: ["SafeStorage"],
  dialog: ["Dialog"],
  Menu: ["Menu"],
  shell: ["Shell"],
  nativeTheme: ["NativeTheme"],
  powerMonitor: ["PowerMonitor"],
  clipboard: ["Clipboard"],
  net: ["Net"],
  Notification: ["Notification"],
  screen: ["Screen"],
  crashReporter: ["CrashReporter"],
  contextBridge: ["ContextBridge"],
  ipcRenderer: ["IpcRenderer"],
  webUtils: ["WebUtils"],
};

function host() {
  return createHost({
    appRoot: FIXTURE_APP,
    argv: [],
    isPackaged: false,
    headless: true,
    keyring: "basic_text",
    keyringFile: undefined,
    colorScheme: "light",
    viewport: undefined,
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("the contract list", () => {
  it("names each call once, and only what Electron's own types declare", () => {
    expect(KNOWN.size).toBe(CONTRACT.length);
    const unknown = [...KNOWN].filter((call) => {
      const [, owner = "", member, event] = /^(\w+)(?:[.#](\w+)| "([\w-]+)")$/.exec(call) ?? [];
      const declared = [
        ...(DECLARED[owner] ?? []).map(typeOf),
        ...(call === "session.defaultSession" ? [TYPES] : []),
      ].join("\n");
      const pattern = event === undefined ? new RegExp(`\\b${member}\\b\\s*[(:?]`) : new RegExp(`\\(event: '${event}'`);
      return !pattern.test(declared);
    });
    expect(unknown).toEqual([]);
  });

  it("names everything the stand-in answers", () => {
    const { modules } = host();
    const inherited = new Set(Object.getOwnPropertyNames(Object.getPrototypeOf(modules.app)));
    const answered = Object.entries(modules).flatMap(([name, module]) => {
      const members = Object.getOwnPropertyNames(module).filter(
        (member) =>
          !member.startsWith("_") &&
          !["length", "name", "prototype", "domain"].includes(member) &&
          !inherited.has(member),
      );
      return members
        .map((member) => `${name}.${member}`)
        .filter((call) => !/\.(on|once|prepend\w*|addListener)$/.test(call));
    });
    const missing = answered.filter((call) => !KNOWN.has(call) && call !== "session.fromPartition");
    expect(missing).toEqual([]);
  });

  it("points to tests that use the call", () => {
    const text = (name: string): string => readFileSync(join(import.meta.dirname, `${name}.test.ts`), "utf8");
    const fixture = ["main.js", "preload.cjs"].map((name) => readFileSync(join(FIXTURE_APP, name), "utf8")).join("\n");
    const unproved = CONTRACT.filter(({ call, proof }) => {
      if (proof === "plain") return false;
      const word = /([\w-]+)"?$/.exec(call)?.[1] ?? call;
      return ![text(proof), fixture].some((body) => body.includes(word));
    });
    expect(unproved.map(({ call }) => call)).toEqual([]);
  });
});

describe("the product", () => {
  it("makes no Electron call that the contract list does not name", () => {
    const unlisted = sources(join(PROJECT, "src")).flatMap((path) =>
      electronUses(readFileSync(path, "utf8"))
        .filter((use) => !KNOWN.has(use))
        .map((use) => `${path.slice(PROJECT.length + 1)}: ${use}`),
    );
    expect(unlisted).toEqual([]);
  });

  it("would be caught: module members, aliases, windows, pages and events", () => {
    const source = `
      import { app as electronApp, BrowserWindow, type WebContents } from "electron";
      electronApp.getGPUInfo("basic");
      electronApp.on("gpu-info-update", () => undefined);
      const window = new BrowserWindow({});
      window.setKiosk(true);
      window.webContents.executeJavaScript("1");
      BrowserWindow.getAllWindows();
    `;
    expect(electronUses(source)).toEqual([
      "app.getGPUInfo",
      'app "gpu-info-update"',
      "BrowserWindow.getAllWindows",
      "BrowserWindow#setKiosk",
      "BrowserWindow#webContents",
      "webContents.executeJavaScript",
    ]);
    expect(electronUses('import { readFile } from "node:fs/promises"; window.setKiosk(true);')).toEqual([]);
  });
});
