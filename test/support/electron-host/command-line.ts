import type { CommandLine } from "electron";
import { strict } from "./strict.ts";

/** Chromium-style switches: what follows `--`, up to `=`; everything after a bare `--` is an argument. */
export function createCommandLine(argv: readonly string[]) {
  const switches = new Map<string, string>();
  for (const arg of argv) {
    if (arg === "--") break;
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (match?.[1] !== undefined) switches.set(match[1].toLowerCase(), match[2] ?? "");
  }
  const commandLine: Pick<CommandLine, "hasSwitch" | "getSwitchValue" | "appendSwitch"> = {
    hasSwitch: (name) => switches.has(name.toLowerCase()),
    getSwitchValue: (name) => switches.get(name.toLowerCase()) ?? "",
    appendSwitch: (name, value = "") => {
      switches.set(name.toLowerCase(), value);
    },
  };
  return strict("app.commandLine", commandLine);
}
