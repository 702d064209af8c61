import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkspaceFile, type WorkspaceFile } from "../../src/main/database/open.ts";

/** A real encrypted workspace file in a folder of its own, gone after `dispose`. */
export function scratchFile(): WorkspaceFile & {
  readonly path: string;
  readonly key: Buffer;
  readonly dispose: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "vostro-scratch-"));
  const path = join(folder, "vostro.db");
  const key = randomBytes(32);
  const file = openWorkspaceFile({ file: path, key, create: true, nowMs: Date.now() });
  return {
    ...file,
    path,
    key,
    dispose: () => {
      file.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
