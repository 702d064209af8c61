import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serveControl } from "./control.ts";
import { host } from "./running-host.ts";

const electronUrl = new URL("./electron.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: electronUrl, shortCircuit: true }
      : next(specifier, context),
});
const versions = { ...process.versions, electron: "45.4.1", chrome: "0.0.0" };
Object.defineProperty(process, "versions", { value: versions, configurable: true, enumerable: true });
Object.defineProperty(process, "type", { value: "browser", configurable: true });

const browser = host.startBrowser();
process.once("exit", () => host.killBrowser());
serveControl(host, browser);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => host.app.app.quit());

try {
  const entry = host.manifest["main"];
  if (entry === undefined) throw new Error(`${host.settings.appRoot}: package.json names no main`);
  await import(pathToFileURL(join(host.settings.appRoot, entry)).href);
  const chromium = await browser;
  chromium.cdp.closed.then(() => host.app.app.exit(1)).catch(host.complain);
  host.app.becomeReady();
} catch (error) {
  host.complain(error);
  process.exit(1);
}
