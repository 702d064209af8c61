import type { SendDependencies } from "./send-dependencies.ts";
import { ownDeed } from "./send-dependencies.ts";
import { abandonAttempts, changesInState } from "./store.ts";
import { move } from "./transition.ts";

/**
 * On start every change found Sending becomes Outcome unknown: the app ended while it was under way, so the provider
 * may or may not have applied it. Its settle window starts now. One transaction. Returns how many.
 */
export function recoverInterrupted(deps: Pick<SendDependencies, "store" | "audit" | "connections" | "clock">): number {
  const message = "Vostro ended while this was being sent. The change may or may not have been applied.";
  return deps.store.transaction((writer) => {
    const interrupted = changesInState(writer, "sending");
    const windows = new Map(deps.connections.list().map((connection) => [connection.id, connection.settleWindowMs]));
    for (const change of interrupted) {
      const deed = ownDeed(deps);
      abandonAttempts(writer, change.id, deed.atMs, message);
      move(writer, deps.audit, change, "lose-track", {
        message, settleAtMs: deed.atMs + (windows.get(change.connectionId) ?? 30_000), settlement: null, resend: false,
      }, { ...deed, text: `Outcome unknown: ${message}` });
    }
    return interrupted.length;
  });
}
