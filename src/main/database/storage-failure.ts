import { VostroFailure } from "../core/failures.ts";

/** Why the workspace file cannot be used. `in-use`: another process holds it. */
export type StorageFailureKind =
  "newer-file" | "damaged" | "wrong-key" | "read-only" | "disk-full" | "migration-failed" | "in-use" | "other";

/** Code `storage-failed` with its kind; the file is as it was before the failed step. */
export class StorageFailure extends VostroFailure {
  readonly kind: StorageFailureKind;

  constructor(kind: StorageFailureKind, message: string, cause?: unknown) {
    super("storage-failed", message, { cause, retryable: kind === "disk-full" || kind === "in-use" });
    this.name = "StorageFailure";
    this.kind = kind;
  }
}

const sentences: Readonly<Record<StorageFailureKind, string>> = {
  "newer-file": "The workspace file was written by a newer version of Vostro. It was left as it is.",
  damaged: "The workspace file is damaged. It was left as it is.",
  "wrong-key": "The key does not open this workspace file. It was left as it is.",
  "read-only": "The workspace file or its folder cannot be written. Nothing was changed.",
  "disk-full": "The disk is full. Nothing was saved by this step; free some space and try again.",
  "migration-failed": "The workspace file could not be brought up to date. It was left as it is.",
  "in-use": "Another program holds the workspace file. Nothing was changed; close it and try again.",
  other: "The workspace file could not be used. Nothing was changed.",
};

/** A failure with the usual sentence of its kind. */
export function storageFailure(kind: StorageFailureKind, cause?: unknown): StorageFailure {
  return new StorageFailure(kind, sentences[kind], cause);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** What a SQLite or file-system error means for the workspace file; `undefined` when it is neither. */
export function storageFailureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageFailure) return error;
  const code = codeOf(error);
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return storageFailure("disk-full", error);
  if (/^SQLITE_(READONLY|PERM)/u.test(code) || code === "EROFS" || code === "EACCES" || code === "EPERM") {
    return storageFailure("read-only", error);
  }
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/u.test(code)) return storageFailure("in-use", error);
  if (code.startsWith("SQLITE_CORRUPT")) return storageFailure("damaged", error);
  if (code === "SQLITE_NOTADB") return storageFailure("wrong-key", error);
  if (/^SQLITE_(IOERR|CANTOPEN)/u.test(code)) return storageFailure("other", error);
  return undefined;
}
