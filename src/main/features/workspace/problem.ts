import type { WorkspaceId, WorkspaceProblem } from "@contract";
import { StorageFailure } from "../../database/storage-failure.ts";

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

/** The screen for a fault that stopped a workspace from opening. */
export function problemOf(error: unknown, id: WorkspaceId | undefined): WorkspaceProblem {
  const kind = error instanceof StorageFailure ? error.kind : "other";
  const message = error instanceof Error && "code" in error && error.code === "storage-failed"
    ? error.message
    : "Something unexpected stopped it. The file was left as it is; the log has the details.";
  return { kind, title: titles[kind], message, ...(id === undefined ? {} : { workspaceId: id }) };
}
