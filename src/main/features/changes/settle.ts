import { VostroFailure } from "../../core/failures.ts";
import type { ChangeRecord } from "./change-record.ts";
import { judgeSeen, noteAccepted, readNow } from "./look.ts";
import { asReadNow, conflictOf } from "./read-back.ts";
import { ownDeed, type SendDependencies } from "./send-dependencies.ts";
import { annotate, move, mustFind, type Deed } from "./transition.ts";

const sentencesOfUpdate = {
  applied: "reading again shows the change applied",
  "not-applied": "Read again: the change is not there. Send it again, or mark it as refused.",
  "not-yet":
    "Read again: the change is not there yet. Providers apply late, so it is read once more when its time is up.",
  "cannot-tell": "Read again: none of the fields sent can be compared, so a person must say what happened.",
} as const;

const movedTooEarly =
  "Read again: the account holds neither the old nor the proposed values. Providers apply late, so it is read once " +
  "more when its time is up.";

const sentencesOfDeletion = {
  applied: "reading again shows that the account is gone",
  "not-applied": "Read again: the account is still there. Send the deletion again, or mark it as refused.",
  "not-yet": "Read again: the account is still there. Providers apply late, so it is read once more when its time is up.",
  "cannot-tell": "Read again: it cannot be told whether the account is gone, so a person must say what happened.",
} as const;

/**
 * Settles an unclear outcome by reading the account and comparing the fields sent (of a deletion: whether it is gone):
 * applied → Accepted; changed by someone else → Conflict; not applied or cannot tell → stays Outcome unknown and waits for
 * a person. What a person sees before the settle window has passed proves nothing but that it was applied: absent or
 * changed by someone else, the request may still be carried out, so the change keeps waiting.
 * `windowIsOver` is of the moment the read began, by the monotonic clock. Never sends.
 * Throws `VostroFailure` when the account cannot be read; the change is then as it was.
 */
export async function settleByReading(
  deps: SendDependencies,
  change: ChangeRecord,
  { by, windowIsOver }: { readonly by: Deed["person"]; readonly windowIsOver: boolean },
  signal: AbortSignal,
): Promise<void> {
  const provider = deps.connections.provider(change.connectionId);
  if (!provider.canRead) {
    noteUnreadable(deps, change);
    throw new VostroFailure("not-allowed", "This connection cannot read accounts, so a person must say what happened.");
  }
  const read = await readNow(provider, change, signal);
  const atMs = deps.clock.nowMs();
  const sentences = change.kind === "delete" ? sentencesOfDeletion : sentencesOfUpdate;
  await deps.journal.mark((writer) => {
    const current = mustFind(writer, change.id);
    if (current.state !== "outcome-unknown") return;
    const deed: Deed = { ...ownDeed(deps), person: by };
    if (read !== undefined) deps.accounts.absorbRead(writer, current.connectionId, read, atMs);
    const { verdict, fields } = judgeSeen(current, read, atMs);
    const found = { verification: fields, verifiedAtMs: atMs, settleAtMs: null, compareFirst: false };
    const noteVerdict = (seen: "not-applied" | "cannot-tell"): void =>
      annotate(
        writer,
        deps.audit,
        current,
        { ...found, settlement: seen, message: sentences[seen] },
        {
          ...deed,
          text: sentences[seen],
          action: "change.settle",
          facts: { settlement: seen },
        },
      );
    const keepWaiting = (text: string): void =>
      annotate(
        writer,
        deps.audit,
        current,
        { verification: fields, verifiedAtMs: atMs, message: text },
        { ...deed, text, action: "change.settle" },
      );
    switch (verdict) {
      case "applied":
        move(
          writer,
          deps.audit,
          current,
          "accept",
          { ...found, settlement: "applied", message: null, queueSeq: null },
          {
            ...deed,
            text: `Accepted by provider: ${sentences.applied}`,
          },
        );
        noteAccepted(deps, writer, current, atMs);
        return;
      case "changed-by-someone-else":
        if (!windowIsOver) return keepWaiting(movedTooEarly);
        move(
          writer,
          deps.audit,
          current,
          "find-conflict",
          {
            ...found,
            settlement: verdict,
            conflict: read === undefined ? [] : conflictOf(current, asReadNow(read, atMs)),
            queueSeq: null,
            message: "Read again: the account holds neither the old nor the proposed values. Somebody else changed it.",
          },
          { ...deed, text: "Conflict: somebody else changed the account" },
        );
        return;
      case "not-applied":
        if (!windowIsOver) return keepWaiting(sentences["not-yet"]);
        noteVerdict(verdict);
        return;
      case "cannot-tell":
        noteVerdict(verdict);
        return;
      default:
        throw new Error(verdict satisfies never);
    }
  });
  deps.announce(true);
}

/** A connection without reading: the settle window ends in a question to a person. */
export function noteUnreadable(deps: SendDependencies, change: ChangeRecord): void {
  deps.store.transaction((writer) => {
    const current = mustFind(writer, change.id);
    if (current.state !== "outcome-unknown" || current.settleAtMs === undefined) return;
    annotate(
      writer,
      deps.audit,
      current,
      {
        settleAtMs: null,
        compareFirst: false,
        settlement: "cannot-tell",
        message: "This connection cannot read accounts, so a person must say what happened.",
      },
      {
        ...ownDeed(deps),
        text: "Cannot be settled by reading: this connection has no reading",
        action: "change.settle",
      },
    );
  });
  deps.announce();
}

/** When a read for settling failed: try again later, at widening intervals, without ever giving up on the question. */
export function postponeSettling(deps: SendDependencies, change: ChangeRecord, waitMs: number, why: string): void {
  deps.store.transaction((writer) => {
    const current = mustFind(writer, change.id);
    if (current.state !== "outcome-unknown") return;
    annotate(
      writer,
      deps.audit,
      current,
      { settleAtMs: deps.clock.nowMs() + waitMs, message: `${why} It will be read again.` },
      {
        ...ownDeed(deps),
        text: `Could not be read to settle it: ${why}`,
        action: "change.settle",
      },
    );
  });
  deps.announce();
}
