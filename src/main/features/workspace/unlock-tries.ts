import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkspaceId } from "@contract";
import { z } from "zod";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import { createTryDelays, triedTooSoon, wrongTry, type TryRecord } from "../../core/try-delays.ts";

const tryRecord = z.strictObject({
  failed: z.number().int().nonnegative(),
  lastFailedAtMs: z.number().int().nonnegative(),
});

function readTries(file: string): TryRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return tryRecord.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** Wrong unlock passphrases in a row, kept in a file beside the workspace's so that a restart does not forget them. */
export interface UnlockTries {
  readonly state: (id: WorkspaceId) => { readonly failed: number; readonly waitMs: number };
  /**
   * Runs one try. Failure not-allowed, with `retryAfterMs`, while a delay runs (the passphrase is not looked at then)
   * and after a wrong one. Returns with the result how many wrong tries came before.
   */
  readonly watched: <T>(id: WorkspaceId, work: () => Promise<T>) => Promise<{ result: T; wrongBefore: number }>;
}

export function createUnlockTries(folderOf: (id: WorkspaceId) => string, clock: Clock): UnlockTries {
  const delays = createTryDelays(clock);
  const fileOf = (id: WorkspaceId): string => join(folderOf(id), "unlock-tries.json");
  const state: UnlockTries["state"] = (id) => {
    const record = readTries(fileOf(id));
    return { failed: record?.failed ?? 0, waitMs: delays.waitMs(id, record) };
  };
  return {
    state,
    watched: async (id, work) => {
      const { failed, waitMs } = state(id);
      if (waitMs > 0) throw triedTooSoon(waitMs);
      try {
        const result = await work();
        rmSync(fileOf(id), { force: true });
        delays.clear(id);
        return { result, wrongBefore: failed };
      } catch (error) {
        if (!(error instanceof VostroFailure) || error.code !== "not-allowed") throw error;
        const record = { failed: failed + 1, lastFailedAtMs: clock.nowMs() };
        writeFileSync(fileOf(id), `${JSON.stringify(record)}\n`, { mode: 0o600 });
        delays.begin(id, record.failed);
        throw wrongTry(error.message, delays.waitMs(id, record), error);
      }
    },
  };
}
