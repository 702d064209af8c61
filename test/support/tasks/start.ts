import { findChromium } from "../electron-host/find-chromium.ts";
import { openVostro } from "../launch.ts";
import { buildWhenStale } from "./build.ts";
import { ensureChromium } from "./chromium.ts";
import { electronBinary } from "./electron-binary.ts";
import { runProcess } from "./run-process.ts";
import { electronArguments, hasDisplay } from "./window.ts";

/** `npm start`: opens the app in the training workspace and ends when it is closed. */
export async function startTask(root: string, args: readonly string[]): Promise<number> {
  if (!hasDisplay(process.platform, process.env)) {
    console.error(
      "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so no window can be opened.\n" +
        "`npm run tour` drives the app without one and writes its pictures to out/tour/.",
    );
    return 1;
  }
  if (!(await buildWhenStale(root))) return 1;
  const electron = await electronBinary(root);
  if ("path" in electron) {
    const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
    const isLinuxRoot = process.platform === "linux" && process.getuid?.() === 0;
    if (isLinuxRoot) console.log("Running as root: Chromium's sandbox is off. Use an ordinary account for real work.");
    return (await runProcess(electron.path, electronArguments(root, args, isLinuxRoot), { cwd: root, env })).code;
  }
  const chromium = await ensureChromium(root, findChromium);
  if (!chromium.found) {
    console.error(`Electron cannot be used: ${electron.why}. ${chromium.why}`);
    return 1;
  }
  console.log(`Electron cannot be used: ${electron.why}. Opening the same app in a Chromium window.`);
  const exit = await openVostro({ appRoot: root, args: ["--training", ...args] });
  return exit.code ?? 1;
}
