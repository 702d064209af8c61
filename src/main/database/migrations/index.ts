import { workspaceMigration } from "./0001-workspace.ts";
import type { Migration } from "./migration.ts";

/** Every step of the file's layout, in order. A landed step never changes. */
export const migrations: readonly Migration[] = [workspaceMigration];
