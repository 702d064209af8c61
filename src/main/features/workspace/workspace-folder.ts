import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { environment, workspaceId, type WorkspaceId } from "@contract";
import { z } from "zod";

const base64 = z.base64();

/** How the 32-byte database key rests: sealed by the keyring, or AES-256-GCM under scrypt of an unlock passphrase. */
export const keySeal = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("keyring"), sealed: base64 }),
  z.strictObject({
    by: z.literal("passphrase"),
    salt: base64,
    n: z
      .number()
      .int()
      .min(2 ** 12)
      .max(2 ** 22),
    r: z.number().int().min(1).max(32),
    p: z.number().int().min(1).max(16),
    nonce: base64,
    sealed: base64,
    tag: base64,
  }),
]);
export type KeySeal = z.infer<typeof keySeal>;

/** What stands in workspace.json beside the encrypted file. No secret in clear. */
export const workspaceRecord = z.strictObject({
  version: z.literal(1),
  id: workspaceId,
  name: z.string().min(1).max(80),
  kind: z.enum(["training", "live"]),
  createdAtMs: z.number().int().nonnegative(),
  /** As it was when the workspace was last open; shown before it is unlocked. */
  lastEnvironment: environment,
  sealing: keySeal,
  /** HMAC-SHA256, hex, of a fixed text under the key: tells a wrong key from a damaged file. */
  keyCheck: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type WorkspaceRecord = z.infer<typeof workspaceRecord>;

const recordName = "workspace.json";

/** The encrypted file of a workspace folder. */
export const databaseFileOf = (folder: string): string => join(folder, "vostro.db");

/** Makes what was renamed or made in the folder last through a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes the record so that after a power cut either the old or the new one is there, whole. */
export function writeRecord(folder: string, record: WorkspaceRecord): void {
  const target = join(folder, recordName);
  const temporary = `${target}.new`;
  const handle = openSync(temporary, "w", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(workspaceRecord.parse(record), undefined, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, target);
  syncFolder(folder);
}

/** The record of a folder; `undefined` when it is missing or not one of ours. */
export function readRecord(folder: string): WorkspaceRecord | undefined {
  const file = join(folder, recordName);
  if (!existsSync(file)) return undefined;
  const parsed = workspaceRecord.safeParse(parseJson(readFileSync(file, "utf8")));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where this computer remembers the newest state of a workspace; apart from the folder, which may be restored whole. */
export const newestMarkFileOf = (folder: string): string =>
  join(dirname(dirname(folder)), "newest", `${basename(folder)}.mark`);

export interface WorkspaceFolders {
  readonly list: () => { readonly records: readonly WorkspaceRecord[]; readonly unreadable: readonly string[] };
  readonly folderOf: (id: WorkspaceId) => string;
  /** A new folder that only becomes one of the workspaces when `keep` is called; `drop` leaves nothing behind. */
  readonly prepare: (id: WorkspaceId) => {
    readonly folder: string;
    readonly keep: () => void;
    readonly drop: () => void;
  };
}

/** The workspace folders under `<userData>/workspaces`. */
export function createWorkspaceFolders(userData: string): WorkspaceFolders {
  const root = join(userData, "workspaces");
  const unfinished = (name: string): boolean => name.startsWith(".new-");
  return {
    list: () => {
      const names = existsSync(root) ? readdirSync(root, { withFileTypes: true }) : [];
      const folders = names
        .filter((entry) => entry.isDirectory() && !unfinished(entry.name))
        .map((entry) => entry.name);
      const found = folders.map((name) => ({ name, record: readRecord(join(root, name)) }));
      const records = found.flatMap(({ name, record }) => (record !== undefined && record.id === name ? [record] : []));
      const known = new Set<string>(records.map((record) => record.id));
      return {
        records: records.toSorted((left, right) => left.createdAtMs - right.createdAtMs),
        unreadable: folders.filter((name) => !known.has(name)),
      };
    },
    folderOf: (id) => join(root, id),
    prepare: (id) => {
      const folder = join(root, `.new-${id}`);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return {
        folder,
        keep: () => {
          syncFolder(folder);
          renameSync(folder, join(root, id));
          syncFolder(dirname(folder));
        },
        drop: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  };
}
