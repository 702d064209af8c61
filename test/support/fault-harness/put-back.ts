import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChangeId } from "@contract";
import type { AppSession } from "./app-session.ts";
import type { LostFile } from "./evidence.ts";
import { readFileFacts } from "./read-file.ts";

const lookEveryMs = 20;
const olderOf = (file: string): string => `${file}.older`;

/** Sends drafts while the machine is offline, so that they are approved and none of them leaves. */
export async function approveOffline(
  { app, call, callMany }: AppSession,
  drafts: readonly { id: ChangeId; revision: number }[],
): Promise<void> {
  const { host } = app;
  if (host === undefined) throw new Error("Only the stand-in can be taken off the network.");
  await host.setOnline(false);
  while ((await call("workspace.status", {})).online) await sleep(lookEveryMs);
  const sent = await callMany("changes.send", drafts, ["state"]);
  if (sent.some((detail) => detail?.state !== "approved")) throw new Error("A change was not approved.");
}

/** Keeps a copy of a file that no app has open. */
export function keepOlder(file: string): void {
  if (existsSync(`${file}-wal`)) throw new Error("The app has not closed its file.");
  copyFileSync(file, olderOf(file));
}

/** Puts the kept copy in the place of the file, as a person who restores a backup; the rest of userData stays. */
export function putOlderBack(file: string, key: Buffer): LostFile {
  const known = new Set(readFileFacts(olderOf(file), key).attempts.map(({ id }) => id));
  const attempts = readFileFacts(file, key).attempts.filter(({ id }) => !known.has(id));
  for (const beside of ["-wal", "-shm"]) {
    rmSync(`${file}${beside}`, { force: true });
    rmSync(`${olderOf(file)}${beside}`, { force: true });
  }
  renameSync(olderOf(file), file);
  return { putBackAtMs: Date.now(), attempts: attempts.map((attempt) => ({ ...attempt, id: -attempt.id })) };
}
