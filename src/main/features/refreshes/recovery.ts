import { newCorrelationId } from "../../core/clock.ts";
import type { Writer } from "../../database/sql.ts";
import type { RefreshDependencies } from "./refresh-access.ts";
import type { RefreshRecord } from "./refresh-record.ts";
import { fallThrough } from "./sending.ts";
import { refreshesIn } from "./store.ts";
import { move } from "./transition.ts";

/** One that was sent and whose answer will not come: it is watched like any other that runs on. */
export function loseAnswer(deps: RefreshDependencies, writer: Writer, refresh: RefreshRecord, what: string): void {
  const deed = { person: undefined, atMs: deps.clock.nowMs(), correlationId: newCorrelationId() };
  const text =
    `${what} before the provider answered. The refresh may be going on there; it is not asked for again, the records ` +
    "are read instead.";
  const patch = { answeredAtMs: deed.atMs, nextLookAtMs: deed.atMs, act: "wait" as const, message: text };
  const event = { kind: "no-answer", title: "Still running at the provider", text } as const;
  move(writer, deps.audit, refresh, "run-on", patch, event, deed);
}

/**
 * On start, in one transaction: what was not sent yet is not sent any more, because a refresh goes out only at a
 * click; what was sent may be going on at the provider and is watched. Nothing is ever posted from here.
 */
export function recoverInterrupted(deps: RefreshDependencies): void {
  deps.store.transaction((writer) => {
    const deed = { person: undefined, atMs: deps.clock.nowMs(), correlationId: newCorrelationId() };
    for (const refresh of refreshesIn(writer, ["clicked"])) {
      const message = "Vostro ended before this was sent. Nothing was refreshed; ask for it again.";
      fallThrough(deps, writer, refresh, "Not sent", message, deed);
    }
    for (const refresh of refreshesIn(writer, ["sent"])) loseAnswer(deps, writer, refresh, "Vostro ended");
  });
}
