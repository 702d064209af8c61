import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { resolve } from "node:path";
import { callNames, eventNames, fileCallNames } from "./src/preload/contract/index.ts";

const root = import.meta.dirname;
/** "changes:page,send;audit:page": the names, each feature's once, because the preload script is kept small. */
function namesByFeature(names: readonly string[]): string {
  const features = Map.groupBy(names, (name) => name.split(".")[0]);
  return [...features].map(([feature, all]) => `${feature}:${all.map((name) => name.split(".")[1]).join()}`).join(";");
}

const alias = { "@contract": resolve(root, "src/preload/contract") };

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: "out/main",
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: resolve(root, "src/main/index.ts"),
          "batch-worker": resolve(root, "src/main/compose-batch-worker.ts"),
          "prepare-worker": resolve(root, "src/main/compose-prepare-worker.ts"),
        },
        external: ["electron", "better-sqlite3"],
        output: { format: "es" },
      },
    },
  },
  preload: {
    define: {
      __CALLS__: JSON.stringify(namesByFeature(callNames)),
      __EVENTS__: JSON.stringify(namesByFeature(eventNames)),
      __FILE_CALLS__: JSON.stringify(fileCallNames),
    },
    build: {
      outDir: "out/preload",
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: { index: resolve(root, "src/preload/index.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "index.cjs" },
      },
    },
  },
  renderer: {
    root: resolve(root, "src/renderer"),
    resolve: { alias },
    plugins: [react()],
    build: {
      outDir: "out/renderer",
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(root, "src/renderer/index.html") } },
    },
  },
});
