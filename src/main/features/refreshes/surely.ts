import { setTimeout as sleep } from "node:timers/promises";
import { VostroFailure } from "../../core/failures.ts";
import type { Store, Writer } from "../../database/sql.ts";

/**
 * Commits what the provider said, again every second while the disk refuses. When the app ends first, the refresh is
 * found as it was last written, and the next start goes on from there without asking for it again.
 */
export async function surely<T>(store: Store, signal: AbortSignal, work: (writer: Writer) => T): Promise<T> {
  for (;;) {
    try {
      return store.transaction(work);
    } catch (error) {
      if (!(error instanceof VostroFailure) || error.code !== "storage-failed" || signal.aborted) throw error;
      await sleep(1000, undefined, { signal });
    }
  }
}
