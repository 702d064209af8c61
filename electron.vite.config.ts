import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { resolve } from "node:path";
import { callNames, eventNames } from "./src/preload/contract/index.ts";

const root = import.meta.dirname;
const alias = { "@contract": resolve(root, "src/preload/contract") };

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: "out/main",
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, "src/main/index.ts") },
        external: ["electron", "better-sqlite3"],
        output: { format: "es" },
      },
    },
  },
  preload: {
    define: { __CALL_NAMES__: JSON.stringify(callNames), __EVENT_NAMES__: JSON.stringify(eventNames) },
    build: {
      outDir: "out/preload",
      externalizeDeps: false,
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
