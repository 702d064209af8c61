import { setTimeout as sleep } from "node:timers/promises";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { Journal } from "./journal.ts";

/**
 * Keeps what the provider answered until the disk takes it. While the disk refuses (full, read-only), the outcome is
 * held in memory and tried again every `retryMs`; the trouble is told in words. If the app ends meanwhile, the change
 * is found Sending on the next start and becomes Outcome unknown: nothing is lost, nothing is assumed.
 */
export interface Persistence {
  readonly surely: <T>(work: (writer: Writer) => T) => Promise<T>;
  /** Says that the disk refused something, or (without a message) that it works again. */
  readonly noteTrouble: (message?: string) => void;
  readonly trouble: () => string | undefined;
}

export function createPersistence(
  journal: Journal,
  announce: () => void,
  signal: AbortSignal,
  retryMs = 1000,
): Persistence {
  let current: string | undefined;
  const noteTrouble = (message?: string): void => {
    if (message === current) return;
    current = message;
    announce();
  };
  const surely = async <T>(work: (writer: Writer) => T): Promise<T> => {
    for (;;) {
      try {
        const value = await journal.mark(work);
        noteTrouble();
        return value;
      } catch (error) {
        if (!(error instanceof VostroFailure) || error.code !== "storage-failed") throw error;
        noteTrouble(`${error.message} Outcomes are held and saved as soon as there is room. Do not close Vostro.`);
        await sleep(retryMs, undefined, { signal });
      }
    }
  };
  return { surely, noteTrouble, trouble: () => current };
}
