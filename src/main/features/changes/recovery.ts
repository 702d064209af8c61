import type { ChangeId } from "@contract";
import type { Writer } from "../../database/sql.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { ownDeed } from "./send-dependencies.ts";
import { abandonAttempts, changesInState, findChange } from "./store.ts";
import { move } from "./transition.ts";

/** What was under way becomes Outcome unknown: its attempt is abandoned and its settle window starts now. */
function loseTrack(
  deps: Pick<SendDependencies, "audit" | "connections" | "clock">,
  writer: Writer,
  change: ChangeRecord,
  message: string,
): void {
  const deed = ownDeed(deps);
  const window = deps.connections.list().find(({ id }) => id === change.connectionId)?.settleWindowMs ?? 30_000;
  abandonAttempts(writer, change.id, deed.atMs, message);
  move(
    writer,
    deps.audit,
    change,
    "lose-track",
    {
      message,
      settleAtMs: deed.atMs + window,
      settlement: null,
      resend: false,
    },
    { ...deed, text: `Outcome unknown: ${message}` },
  );
}

/**
 * On start every change found Sending becomes Outcome unknown: the app ended while it was under way, so the provider
 * may or may not have applied it. One transaction. Returns how many.
 */
export function recoverInterrupted(deps: Pick<SendDependencies, "store" | "audit" | "connections" | "clock">): number {
  const message = "Vostro ended while this was being sent. The change may or may not have been applied.";
  return deps.store.transaction((writer) => {
    const interrupted = changesInState(writer, "sending");
    for (const change of interrupted) loseTrack(deps, writer, change, message);
    return interrupted.length;
  });
}

/**
 * After a fault of the app's own while a change was being sent: one that had left is of unknown outcome; one that had
 * not is held for a person, so that it does not stand in the way of the others.
 */
export async function leaveToPerson(deps: SendDependencies, id: ChangeId): Promise<void> {
  const wrong = "Something in Vostro went wrong";
  await deps.persistence.surely((writer) => {
    const change = findChange(writer, id);
    if (change?.state === "sending") {
      loseTrack(
        deps,
        writer,
        change,
        `${wrong} while this was being sent. The change may or may not have been applied.`,
      );
    } else if (change?.state === "approved") {
      const message = `${wrong} before this could leave. Nothing was sent. The log has the details.`;
      move(
        writer,
        deps.audit,
        change,
        "wait",
        { message, held: true, notBeforeMs: null },
        { ...ownDeed(deps), text: message },
      );
    }
  });
  deps.announce();
}
