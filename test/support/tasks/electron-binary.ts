import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findElectron } from "../launch.ts";
import { runProcess } from "./run-process.ts";

export type ElectronBinary = { readonly path: string } | { readonly why: string };

type FailedDownload = { readonly version: string; readonly atMs: number; readonly why: string };

const downloadLimitMs = 60_000;
const retryAfterMs = 24 * 60 * 60 * 1000;

function electronVersion(root: string): string {
  return JSON.parse(readFileSync(join(root, "node_modules", "electron", "package.json"), "utf8")).version;
}

function noteFile(root: string): string {
  return join(root, ".cache", "electron-download.json");
}

function recentFailure(root: string, version: string): FailedDownload | undefined {
  if (!existsSync(noteFile(root))) return undefined;
  const note: FailedDownload = JSON.parse(readFileSync(noteFile(root), "utf8"));
  const ageMs = Date.now() - note.atMs;
  return note.version === version && ageMs >= 0 && ageMs < retryAfterMs ? note : undefined;
}

function reasonIn(output: string, code: number): string {
  if (code === 124) return `its download did not finish within ${downloadLimitMs / 1000} seconds`;
  const lines = output.split("\n");
  const telling = lines.find((line) => /\bE[A-Z]{5,}\b|HTTP|status/.test(line));
  const error = telling ?? lines.find((line) => /error/i.test(line));
  return `its download failed (${(error ?? `exit code ${code}`).trim().slice(0, 160)})`;
}

/**
 * Electron's executable: the one that is there, else one attempt to download it, bounded to 60 seconds. A failed
 * attempt is remembered for a day so that a closed network does not slow down every start.
 */
export async function electronBinary(root: string): Promise<ElectronBinary> {
  const present = findElectron(root);
  if (present !== undefined) return { path: present };
  const version = electronVersion(root);
  const failure = recentFailure(root, version);
  if (failure !== undefined) return { why: failure.why };
  console.log("Downloading Electron…");
  const end = await runProcess(process.execPath, [join(root, "node_modules", "electron", "install.js")], {
    cwd: root,
    output: "keep",
    timeoutMs: downloadLimitMs,
  });
  const downloaded = findElectron(root);
  if (end.code === 0 && downloaded !== undefined) return { path: downloaded };
  const note: FailedDownload = { version, atMs: Date.now(), why: reasonIn(end.output, end.code) };
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(noteFile(root), JSON.stringify(note));
  return { why: note.why };
}
