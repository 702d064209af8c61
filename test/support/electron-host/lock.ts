import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import type { FSWatcher } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

export interface InstanceLock {
  /** True when this process now holds the lock; otherwise `second` has been handed to the process that does. */
  request(userData: string, second: SecondInstance): boolean;
  release(): void;
}

/**
 * One lock per userData folder, across processes. An exclusive SQLite transaction holds it, so the system frees it
 * however the process ends; second starts leave their message in a mailbox folder beside it.
 */
export function createInstanceLock(onSecond: (second: SecondInstance) => void): InstanceLock {
  let held: { readonly database: DatabaseSync; readonly mailbox: FSWatcher } | undefined;

  const collect = (folder: string): void => {
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
      const path = join(folder, name);
      const second = JSON.parse(readFileSync(path, "utf8")) as SecondInstance;
      rmSync(path);
      onSecond(second);
    }
  };

  return {
    request: (userData, second) => {
      if (held) return true;
      const key = createHash("sha256").update(resolve(userData)).digest("hex").slice(0, 24);
      const folder = join(tmpdir(), `vostro-host-${userInfo().uid}`, key);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const database = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
      try {
        database.exec("BEGIN EXCLUSIVE");
      } catch (error) {
        database.close();
        if (!String(error).includes("locked")) throw error;
        const name = randomUUID();
        writeFileSync(join(folder, `${name}.part`), JSON.stringify(second));
        renameSync(join(folder, `${name}.part`), join(folder, `${name}.json`));
        return false;
      }
      for (const stale of readdirSync(folder).filter((name) => name.endsWith(".json"))) rmSync(join(folder, stale));
      const mailbox = watch(folder, () => collect(folder));
      mailbox.unref();
      held = { database, mailbox };
      return true;
    },
    release: () => {
      held?.mailbox.close();
      held?.database.close();
      held = undefined;
    },
  };
}
