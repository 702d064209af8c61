import { createHmac, timingSafeEqual } from "node:crypto";
import { closeSync, constants, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { NotNewest } from "../../core/restored.ts";
import { syncFolder } from "./workspace-folder.ts";

/** What this computer last knew of a workspace's file. No secret: a hash says nothing about the rows behind it. */
export const newestMark = z.strictObject({
  /** The head of the audit trail: the file that continues it holds this row with this hash. */
  entries: z.number().int().nonnegative(),
  hash: z.string().max(64),
  /** Wall clock, for people only. */
  atMs: z.number().int().nonnegative(),
  /** Which file on this disk it was; see `fileIdOf`. */
  fileId: z.string().max(60),
});
export type NewestMark = z.infer<typeof newestMark>;

const slot = z.strictObject({ turn: z.number().int().nonnegative(), mark: newestMark, mac: z.string().regex(/^[0-9a-f]{64}$/u) });

export interface NewestMarkFile {
  /** The newest mark that is whole and made with the workspace's own key. */
  readonly read: () => NewestMark | undefined;
  /** `durably`: on disk when it returns; otherwise it survives the end of the app, but maybe not of the machine. */
  readonly write: (mark: NewestMark, durably: boolean) => void;
}

/** Two places written in turn, each within one page: whatever is interrupted, the other one is whole. */
const slotBytes = 512;
const slotAt = (turn: number): number => (turn % 2) * 4096;

/**
 * The mark of workspace `id`, kept outside its folder so that a restored folder does not bring its own. Authenticated
 * under a key derived from the database key: it cannot be forged, and one of another workspace counts as none.
 */
export function newestMarkFile(path: string, key: Buffer, id: string): NewestMarkFile {
  const own = createHmac("sha256", key).update("vostro newest mark").digest();
  const macOf = (turn: number, { entries, hash, atMs, fileId }: NewestMark): Buffer =>
    createHmac("sha256", own)
      .update(JSON.stringify([id, turn, entries, hash, atMs, fileId]))
      .digest();

  const slotIn = (bytes: Buffer, from: number): z.infer<typeof slot> | undefined => {
    const parsed = slot.safeParse(parseJson(bytes.toString("utf8", from, from + slotBytes)));
    if (!parsed.success) return undefined;
    const { turn, mark, mac } = parsed.data;
    return timingSafeEqual(Buffer.from(mac, "hex"), macOf(turn, mark)) ? parsed.data : undefined;
  };
  const newestSlot = (): z.infer<typeof slot> | undefined => {
    const bytes = readOrNothing(path);
    const found = [slotAt(0), slotAt(1)].flatMap((from) => slotIn(bytes, from) ?? []);
    return found.toSorted((left, right) => right.turn - left.turn)[0];
  };

  let turn = newestSlot()?.turn ?? 0;
  return {
    read: () => newestSlot()?.mark,
    write: (mark, durably) => {
      turn += 1;
      const text = JSON.stringify({ turn, mark, mac: macOf(turn, mark).toString("hex") });
      if (durably) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const handle = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
      try {
        writeSync(handle, text.padEnd(slotBytes), slotAt(turn));
        if (durably) fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      if (durably) syncFolder(dirname(path));
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readOrNothing(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Which file on the disk it is: its number there and when it was made, "~" where that cannot be told from its last change
 * (some file systems know no other). A copy is another file, on this computer or another one.
 */
export function fileIdOf(file: string): string {
  const { ino, birthtimeNs, ctimeNs } = statSync(file, { bigint: true });
  return `${ino}-${birthtimeNs}${birthtimeNs === ctimeNs ? "~" : ""}`;
}

function isSameFile(left: string, right: string): boolean {
  if (left.split("-")[0] !== right.split("-")[0]) return false;
  const unsure = left.endsWith("~") && right.endsWith("~");
  return unsure || left.replace("~", "") === right.replace("~", "");
}

/** How a file stands to the mark; `undefined`: it continues what was last known here. */
export function standing(
  mark: NewestMark | undefined,
  file: {
    readonly fileId: string;
    readonly entries: number;
    readonly hashAt: (seq: number) => string | undefined;
  },
): NotNewest | undefined {
  if (mark === undefined) return "moved";
  if (file.entries < mark.entries) return "older";
  if (mark.entries > 0 && file.hashAt(mark.entries) !== mark.hash) return "other";
  return isSameFile(mark.fileId, file.fileId) ? undefined : "moved";
}
