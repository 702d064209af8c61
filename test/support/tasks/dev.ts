import { join } from "node:path";
import { findChromium } from "../electron-host/find-chromium.ts";
import { launchVostro } from "../launch.ts";
import { ensureChromium } from "./chromium.ts";
import { electronBinary } from "./electron-binary.ts";
import { bundleNames, watchBundles, type BundleName } from "./watch-bundles.ts";
import { hasDisplay } from "./window.ts";

const reloadLimitMs = 5_000;

type OpenApp = Awaited<ReturnType<typeof launchVostro>>;

/** Reloads the page; false when it did not come back, as after a crash. */
async function reloads(app: OpenApp): Promise<boolean> {
  try {
    await app.page.reload({ timeout: reloadLimitMs });
    return true;
  } catch (error) {
    console.error(`The page did not reload: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
    return false;
  }
}

/**
 * `npm run dev`: the app in a window, with data of its own in .cache/dev. A change in the renderer reloads the page, a
 * change in main or preload restarts the app. The page's content security policy allows no script but the app's own,
 * so there is no module replacement inside the page. Ends when the window is closed.
 */
export async function devTask(root: string, args: readonly string[]): Promise<number> {
  if (!hasDisplay(process.platform, process.env)) {
    console.error("There is no display here, so no window can be opened. `npm run tour` works without one.");
    return 1;
  }
  const electron = await electronBinary(root);
  if ("why" in electron) {
    console.log(`Electron cannot be used: ${electron.why}. The app opens in a Chromium window.`);
    const chromium = await ensureChromium(root, findChromium);
    if (!chromium.found) {
      console.error(chromium.why);
      return 1;
    }
  }
  const changed = new Set<BundleName>();
  const built = new Set<BundleName>();
  return new Promise((end, fail) => {
    let app: OpenApp | undefined;
    let working = false;

    const open = async () => {
      const opened = await launchVostro({
        appRoot: root,
        userData: join(root, ".cache", "dev"),
        headless: false,
        args: ["--training", ...args],
      });
      app = opened;
      void opened.exited.then(async () => {
        if (app !== opened) return;
        await watch.close();
        end(0);
      });
    };

    const restart = async () => {
      const previous = app;
      app = undefined;
      await previous?.close();
      await open();
    };

    const apply = async () => {
      if (working || built.size < bundleNames.length) return;
      working = true;
      while (changed.size > 0) {
        const onlyPage = changed.size === 1 && changed.has("renderer");
        console.log(`${[...changed].join(", ")} built: ${onlyPage && app ? "reloading the page" : "starting the app"}`);
        changed.clear();
        const isReloaded = onlyPage && app !== undefined && (await reloads(app));
        if (!isReloaded) await restart();
      }
      working = false;
    };

    const onBuilt = (bundle: BundleName) => {
      built.add(bundle);
      changed.add(bundle);
      apply().catch(fail);
    };
    const watching = watchBundles(onBuilt, (bundle, message) => console.error(`${bundle}: ${message}`));
    const watch = { close: async () => (await watching).close() };
    watching.catch(fail);
  });
}
