import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { VostroFailure } from "../../../core/failures.ts";
import { unreadable } from "./limits.ts";

const chunkBytes = 1024 * 1024;

/** The bytes of a source, in parts, once. */
export interface ByteSource {
  readonly bytes: number;
  /** All parts in order. Failure input-invalid when the file changes, vanishes or cannot be read meanwhile. */
  readonly parts: () => AsyncGenerator<Buffer, void, void>;
  /** SHA-256 of all parts, in hex; after the last one. */
  readonly sha256: () => string;
  readonly close: () => Promise<void>;
}

const changed = "The file was changed while it was being read. Choose it again.";
const removed = "The file was moved or removed while it was being read. Choose it again.";

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function openFailure(error: unknown): Error {
  const code = codeOf(error);
  if (code === "ENOENT") return unreadable("The file is no longer where it was. Choose it again.", error);
  if (code === "EACCES" || code === "EPERM") return unreadable("Vostro is not allowed to read this file.", error);
  return unreadable("The file could not be opened.", error);
}

function readFailure(error: unknown): Error {
  return codeOf(error) === "ENOENT"
    ? unreadable(removed, error)
    : unreadable("The file could not be read to its end. Choose it again.", error);
}

async function sameAsBefore(handle: FileHandle, path: string, read: number, before: Stats) {
  const [after, named] = await Promise.all([handle.stat(), stat(path)]);
  const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs && read === before.size;
  if (!isSame || named.ino !== before.ino || named.dev !== before.dev) throw unreadable(changed);
}

/** Opens a file for one reading from start to end. Failure input-invalid says why it cannot be. */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, "r").catch((error: unknown) => {
    throw openFailure(error);
  });
  const before = await handle.stat();
  if (!before.isFile()) {
    await handle.close();
    throw unreadable("This is not a file.");
  }
  const hash = createHash("sha256");
  return {
    bytes: before.size,
    async *parts() {
      let read = 0;
      try {
        const stream = createReadStream("", { fd: handle, autoClose: false, highWaterMark: chunkBytes });
        for await (const part of stream) {
          const bytes = part as Buffer;
          hash.update(bytes);
          read += bytes.length;
          if (read > before.size) throw unreadable(changed);
          yield bytes;
        }
        await sameAsBefore(handle, path, read, before);
      } catch (error) {
        throw error instanceof VostroFailure ? error : readFailure(error);
      }
    },
    sha256: () => hash.digest("hex"),
    close: () => handle.close(),
  };
}

/** The same for text that is already here, such as the clipboard's. */
export function textSource(text: string): ByteSource {
  const all = Buffer.from(text, "utf8");
  return {
    bytes: all.length,
    async *parts() {
      for (let at = 0; at < all.length; at += chunkBytes) {
        await new Promise((resolve) => setImmediate(resolve));
        yield all.subarray(at, at + chunkBytes);
      }
    },
    sha256: () => createHash("sha256").update(all).digest("hex"),
    close: async () => undefined,
  };
}
