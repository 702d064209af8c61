import { resolveConfig } from "electron-vite";
import { build, type InlineConfig } from "vite";

export const bundleNames = ["main", "preload", "renderer"] as const;
export type BundleName = (typeof bundleNames)[number];

export type BundleWatch = { close(): Promise<void> };

type Watcher = Extract<Awaited<ReturnType<typeof build>>, { on: unknown }>;

/**
 * Builds the three bundles and rebuilds each when one of its sources changes.
 * @param onBuilt called after every successful build of a bundle, the first included
 * @param onError called with Vite's message when a build fails; the watch goes on
 */
export async function watchBundles(
  onBuilt: (bundle: BundleName) => void,
  onError: (bundle: BundleName, message: string) => void,
): Promise<BundleWatch> {
  const { config } = await resolveConfig({}, "build", "development");
  const watchers: Watcher[] = [];
  for (const name of bundleNames) {
    const bundle = config?.[name];
    if (bundle === undefined) throw new Error(`electron.vite.config.ts has no "${name}".`);
    const inline = { ...bundle, build: { ...bundle.build, watch: {} }, configFile: false, logLevel: "silent" } as const;
    const watcher = await build(inline as InlineConfig);
    if (!("on" in watcher)) throw new Error(`Vite does not watch "${name}".`);
    let failed = false;
    watcher.on("event", (event) => {
      if (event.code === "START") failed = false;
      if (event.code === "BUNDLE_END") void event.result.close();
      if (event.code === "END" && !failed) onBuilt(name);
      if (event.code === "ERROR") {
        failed = true;
        onError(name, event.error.message);
      }
    });
    watchers.push(watcher);
  }
  return {
    async close() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}
