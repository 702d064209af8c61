import type { OutputOf, ParsedInputOf } from "@contract";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import type { Clipboard } from "../../core/clipboard.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";

type Which = ParsedInputOf<"accounts.copyNumber">;

export interface NumberCopies {
  /** A full number is on screen for `forMs`. */
  readonly noteShown: (which: Which, value: string, forMs: number) => void;
  /** Failure conflict when the number is masked again. */
  readonly copy: (which: Which, context: CallContext) => Promise<OutputOf<"accounts.copyNumber">>;
  /** Takes what was copied out of the clipboard at once. */
  readonly close: () => Promise<void>;
}

const clearAfterMs = 30_000;

/** Full account numbers on their way through the clipboard: only while they are shown, and not for long. */
export function createNumberCopies(deps: {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly log: Log;
  readonly clipboard: Clipboard;
}): NumberCopies {
  const { store, audit, clock, log, clipboard } = deps;
  const shown = new Map<string, { readonly value: string; readonly untilMs: number }>();
  let copied: { readonly value: string; readonly timer: NodeJS.Timeout } | undefined;
  const keyOf = ({ id, field }: Which): string => `${id} ${field}`;

  const takeBack = async (): Promise<void> => {
    const { value, timer } = copied ?? {};
    copied = undefined;
    clearTimeout(timer);
    if (value === undefined) return;
    try {
      if ((await clipboard.read()) === value) clipboard.clear();
    } catch (error) {
      log.error("The clipboard could not be emptied", { error });
    }
  };

  return {
    noteShown: (which, value, forMs) => {
      for (const [key, { untilMs }] of shown) if (untilMs <= clock.monotonicMs()) shown.delete(key);
      shown.set(keyOf(which), { value, untilMs: clock.monotonicMs() + forMs });
    },
    copy: async (which, context) => {
      const one = shown.get(keyOf(which));
      if (one === undefined || one.untilMs <= clock.monotonicMs()) {
        throw new VostroFailure("conflict", "The number is masked again. Nothing was copied; show it once more first.");
      }
      store.transaction((writer) =>
        audit.append(writer, {
          action: "account.number-copied",
          subject: `account ${which.id}`,
          summary: `Copied the full ${which.field === "accountNumber" ? "account number" : "FBO account number"}`,
          person: signedIn(context),
          correlationId: context.correlationId,
        }),
      );
      await takeBack();
      await clipboard.write(one.value);
      const timer = setTimeout(() => void takeBack(), clearAfterMs);
      timer.unref();
      copied = { value: one.value, timer };
      return { clearAfterMs };
    },
    close: async () => {
      shown.clear();
      await takeBack();
    },
  };
}
