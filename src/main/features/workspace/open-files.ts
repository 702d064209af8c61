import { randomUUID } from "node:crypto";
import { workspaceId, type WorkspaceId, type WorkspaceSummary } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { KeyVault } from "../../core/key-vault.ts";
import type { ScryptCost } from "../../core/passphrase-hash.ts";
import { openWorkspaceFile, type WorkspaceFile } from "../../database/open.ts";
import type { PrepareFile } from "../../database/prepare-worker.ts";
import { storageFailure } from "../../database/storage-failure.ts";
import { keyCheckOf, newDatabaseKey, openSeal, sealWithKeyring, sealWithPassphrase } from "./key-seal.ts";
import { trainingName, trainingUnlockCost, trainingUnlockPassphrase } from "./training-people.ts";
import {
  databaseFileOf,
  readRecord,
  writeRecord,
  type WorkspaceFolders,
  type WorkspaceRecord,
} from "./workspace-folder.ts";

export interface FileDependencies {
  readonly folders: WorkspaceFolders;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly cost?: ScryptCost | undefined;
  readonly prepareFile: PrepareFile;
}

export interface OpenedFile {
  readonly record: WorkspaceRecord;
  readonly key: Buffer;
  readonly file: WorkspaceFile;
  readonly folder: string;
}

export const summaryOf = ({ id, name, kind, createdAtMs, sealing }: WorkspaceRecord): WorkspaceSummary => ({
  id,
  name,
  kind,
  createdAtMs,
  sealedBy: sealing.by,
});

export const trainingId: WorkspaceId = workspaceId.parse("training");

/** Whether the workspace asks for an unlock passphrase before its file can be opened. */
export const needsUnlock = ({ kind, sealing }: WorkspaceRecord): boolean =>
  sealing.by === "passphrase" && kind === "live";

/**
 * Makes the folder, the sealed key and the encrypted file of a new workspace, lets `fill` put the first rows in, and
 * only then lets the folder count as a workspace. Failure storage-failed; nothing is left behind then.
 */
export async function createFiles(
  { folders, vault, clock, cost }: Omit<FileDependencies, "prepareFile">,
  wanted: { readonly kind: "training" | "live"; readonly name: string; readonly unlockPassphrase?: string | undefined },
  fill: (file: WorkspaceFile) => Promise<void>,
): Promise<WorkspaceId> {
  const isTraining = wanted.kind === "training";
  const id = isTraining ? trainingId : workspaceId.parse(`live-${randomUUID()}`);
  const key = newDatabaseKey();
  const { real } = await vault.describe();
  const passphrase = isTraining ? trainingUnlockPassphrase : wanted.unlockPassphrase;
  const sealing =
    real || passphrase === undefined
      ? await sealWithKeyring(key, vault)
      : await sealWithPassphrase(key, passphrase, id, isTraining ? trainingUnlockCost : cost);
  const place = folders.prepare(id);
  try {
    writeRecord(place.folder, {
      version: 1,
      id,
      name: isTraining ? trainingName : wanted.name,
      kind: wanted.kind,
      createdAtMs: clock.nowMs(),
      lastEnvironment: isTraining ? "training" : "sandbox",
      sealing,
      keyCheck: keyCheckOf(key),
    });
    const file = openWorkspaceFile({ file: databaseFileOf(place.folder), key, create: true, nowMs: clock.nowMs() });
    try {
      await fill(file);
    } finally {
      file.close();
    }
    place.keep();
    return id;
  } catch (error) {
    place.drop();
    throw error;
  }
}

/** Failures: storage-failed with a kind; not-allowed for a wrong unlock passphrase. */
export async function openFiles(
  { folders, vault, clock, prepareFile }: FileDependencies,
  id: WorkspaceId,
  unlockPassphrase: string | undefined,
): Promise<OpenedFile> {
  const folder = folders.folderOf(id);
  const record = readRecord(folder);
  if (record === undefined) throw storageFailure("damaged");
  const passphrase = record.kind === "training" ? trainingUnlockPassphrase : (unlockPassphrase ?? "");
  const key = await openSeal(record.sealing, { id, vault, passphrase });
  if (key.length !== 32 || keyCheckOf(key) !== record.keyCheck) throw storageFailure("wrong-key");
  const given = { file: databaseFileOf(folder), key, keyProven: true, nowMs: clock.nowMs() };
  const prepared = await prepareFile(given);
  const file = openWorkspaceFile({ ...given, create: false, prepared });
  return { record, key, file, folder };
}

/** Remembers the environment for the screens before the next unlock. */
export function rememberEnvironment(
  folders: WorkspaceFolders,
  record: WorkspaceRecord,
  environment: WorkspaceRecord["lastEnvironment"],
): void {
  if (record.lastEnvironment !== environment)
    writeRecord(folders.folderOf(record.id), { ...record, lastEnvironment: environment });
}
