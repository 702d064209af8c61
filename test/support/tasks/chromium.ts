import { existsSync } from "node:fs";
import { runProcess } from "./run-process.ts";

export type ChromiumAnswer = { readonly found: true } | { readonly found: false; readonly why: string };

type Finder = () => string | undefined;

function canInstall(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Sees to it that a Chromium is there: finds one, or installs Debian's when running as root, or says what to install.
 * @param find looks for a Chromium or Chrome on this machine
 */
export async function ensureChromium(root: string, find: Finder): Promise<ChromiumAnswer> {
  if (find() !== undefined) return { found: true };
  const advice = "Install Chromium or Google Chrome, or set VOSTRO_CHROMIUM to its executable.";
  if (!canInstall()) return { found: false, why: `No Chromium was found on this machine. ${advice}` };
  console.log("No Chromium found: installing it with apt-get…");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]]) {
    const end = await runProcess("apt-get", args, { cwd: root, env, output: "keep" });
    if (end.code === 0) continue;
    const reason = end.output.trim().split("\n").at(-1) ?? "";
    return { found: false, why: `apt-get ${args[0]} failed (${reason}). ${advice}` };
  }
  if (find() !== undefined) return { found: true };
  return { found: false, why: `apt-get installed no Chromium that can be found. ${advice}` };
}
