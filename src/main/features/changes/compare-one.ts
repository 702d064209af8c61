import type { ChangeId } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { ChangePatch, ChangeRecord } from "./change-record.ts";
import { judgeSeen, noteAccepted, readNow, type Seen } from "./look.ts";
import { asReadNow, conflictOf } from "./read-back.ts";
import { ownDeed, type SendDependencies } from "./send-dependencies.ts";
import { anotherInFlight } from "./store.ts";
import { annotate, move, mustFind, type Deed } from "./transition.ts";

const texts = {
  applied: "Found already applied when the restored file was compared with the provider. Nothing was sent.",
  absent: "Compared with the provider: it is not there. Send it when it still should be sent, or withdraw it.",
  stillThere:
    "Compared with the provider: the account is still there. Send the deletion when it should go, or withdraw it.",
  moved: "Compared with the provider: the account holds neither the old nor the proposed values.",
  doubt: "It may have been sent from a newer file than this one. Ask the provider, then say what happened.",
} as const;

const isWaiting = ({ state, compareFirst }: ChangeRecord): boolean => state === "approved" && compareFirst;

/**
 * Compares one held change of a restored file with what the provider holds now: already there → Accepted; not there →
 * approved and held, for a person to send; changed by someone → Conflict; not to be seen → Outcome unknown, for a person's
 * word. Never sends. Throws `VostroFailure` when the account cannot be read now; the change is then as it was.
 */
export async function compareOne(
  deps: SendDependencies,
  id: ChangeId,
  by: Deed["person"],
  signal: AbortSignal,
): Promise<void> {
  const change = mustFind(deps.store.read, id);
  if (!isWaiting(change)) return;
  const seen = await lookNow(deps, change, signal);
  const atMs = deps.clock.nowMs();
  await deps.journal.mark((writer) => {
    const current = mustFind(writer, id);
    if (!isWaiting(current)) return;
    const deed: Deed = { ...ownDeed(deps), person: by };
    if (seen === undefined) doubt(deps, writer, current, deed, {});
    else judge(deps, writer, current, deed, judgeSeen(current, seen.read, atMs), atMs);
  });
}

/** Nothing where this account can never be read: no reading, no such connection or account. */
async function lookNow(
  deps: SendDependencies,
  change: ChangeRecord,
  signal: AbortSignal,
): Promise<Pick<Seen, "read"> | undefined> {
  if (deps.connections.list().find(({ id }) => id === change.connectionId)?.canRead !== true) return undefined;
  try {
    return { read: await readNow(deps.connections.provider(change.connectionId), change, signal) };
  } catch (error) {
    const never = error instanceof VostroFailure && ["not-found", "provider-rejected"].includes(error.code);
    if (never) return undefined;
    throw error;
  }
}

function judge(
  deps: SendDependencies,
  writer: Writer,
  change: ChangeRecord,
  deed: Deed,
  { read, verdict, fields }: Seen,
  atMs: number,
): void {
  if (read !== undefined) deps.accounts.absorbRead(writer, change.connectionId, read, atMs);
  const found: ChangePatch = { verification: fields, verifiedAtMs: atMs, compareFirst: false };
  const facts = { compared: verdict };
  switch (verdict) {
    case "applied": {
      const patch = { ...found, settlement: verdict, held: false, resend: false, queueSeq: null, message: null };
      move(writer, deps.audit, change, "accept", patch, { ...deed, text: texts.applied, facts });
      noteAccepted(deps, writer, change, atMs);
      return;
    }
    case "not-applied": {
      const absent = change.kind === "delete" ? texts.stillThere : texts.absent;
      annotate(
        writer,
        deps.audit,
        change,
        { ...found, held: true, message: absent },
        { ...deed, text: absent, action: "change.compare", facts },
      );
      return;
    }
    case "changed-by-someone-else": {
      const conflict = read === undefined ? [] : conflictOf(change, asReadNow(read, atMs));
      const patch = { ...found, settlement: verdict, conflict, held: false, resend: false, queueSeq: null };
      move(writer, deps.audit, change, "find-conflict", { ...patch, message: texts.moved }, { ...deed, text: texts.moved, facts });
      return;
    }
    case "cannot-tell":
      doubt(deps, writer, change, deed, found);
      return;
    default:
      throw new Error(verdict satisfies never);
  }
}

/** One unclear change an account: while there is another, this one waits until that is decided. */
function doubt(deps: SendDependencies, writer: Writer, change: ChangeRecord, deed: Deed, found: ChangePatch): void {
  if (anotherInFlight(writer, change))
    throw new VostroFailure("conflict", "Another change of the same account is unclear. Decide that one first.");
  move(
    writer,
    deps.audit,
    change,
    "doubt",
    {
      ...found,
      compareFirst: false,
      settlement: "cannot-tell",
      settleAtMs: null,
      held: false,
      resend: false,
      queueSeq: null,
      message: texts.doubt,
    },
    { ...deed, text: `Outcome unknown: ${texts.doubt}`, facts: { compared: "cannot-tell" } },
  );
}
