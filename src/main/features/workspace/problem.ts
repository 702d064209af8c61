import type { WorkspaceId, WorkspaceProblem } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import { StorageFailure, storageFailureOf } from "../../database/storage-failure.ts";

const titles: Readonly<Record<WorkspaceProblem["kind"], string>> = {
  "newer-file": "This workspace was used with a newer version of Vostro",
  damaged: "The workspace file is damaged",
  "wrong-key": "The key does not open this workspace",
  "read-only": "The workspace cannot be written",
  "disk-full": "The disk is full",
  "migration-failed": "The workspace could not be brought up to date",
  "in-use": "Another program holds the workspace",
  other: "The workspace could not be opened",
};

/** What stopped a workspace, as a failure of code storage-failed with its kind; the file was left as it was. */
export function storageFailureFrom(error: unknown): VostroFailure {
  if (error instanceof VostroFailure && error.code === "storage-failed") return error;
  const message = "Something unexpected stopped the workspace. The file was left as it is; the log has the details.";
  return storageFailureOf(error) ?? new StorageFailure("other", message, error);
}

/** The screen for a fault that stopped a workspace from being made or opened. */
export function problemOf(error: unknown, id: WorkspaceId | undefined): WorkspaceProblem {
  const failure = storageFailureFrom(error);
  const kind = failure instanceof StorageFailure ? failure.kind : "other";
  return { kind, title: titles[kind], message: failure.message, ...(id === undefined ? {} : { workspaceId: id }) };
}

/** The screen for folders whose record cannot be read. */
export function unreadableProblem(folders: readonly string[]): WorkspaceProblem | undefined {
  if (folders.length === 0) return undefined;
  const many = folders.length === 1 ? "a workspace" : `${folders.length} workspaces`;
  const message =
    `The record of ${many} (${folders.join(", ")}) cannot be read. Nothing was changed; ` +
    "restore workspace.json in that folder from a backup.";
  return { kind: "damaged", title: "The record of a workspace is damaged", message };
}
