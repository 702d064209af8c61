import type { ChangeId } from "@contract";
import { changeStateWords } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ChangeDeed } from "./change-access.ts";
import type { ChangePatch, ChangeRecord } from "./change-record.ts";
import { after, allows, type ChangeEvent } from "./lifecycle.ts";
import { maskedPatch, maskedText, quotedNumbers } from "./quoted-numbers.ts";
import { findChange, insertEvent, patchChange } from "./store.ts";

export type Deed = ChangeDeed;

/** Only a start is bound to the revision: what is sent must be what was last seen. */
const seenAs = ({ id, state }: ChangeRecord) => ({ id, state });

/**
 * The only way a change changes its state: the lifecycle is asked, the row is moved from the state it was seen in, and
 * one history line and one audit row are written in the same transaction. The acceptance of a change that puts another
 * one back makes that one Reversed with it, and what that one had reversed Accepted again. Failure
 * `conflict` when the change is no longer where it was seen or the event is not allowed there.
 */
export function move(
  writer: Writer,
  audit: AuditTrail,
  change: ChangeRecord,
  event: ChangeEvent,
  patch: ChangePatch,
  deed: Deed & {
    readonly text: string;
    readonly facts?: Readonly<Record<string, unknown>>;
    /** What stood there before, beside the state; the facts are what stands there now. */
    readonly before?: Readonly<Record<string, unknown>>;
  },
): void {
  const state = after(change.state, event);
  const seen = event === "start" ? change : seenAs(change);
  if (state === undefined || !patchChange(writer, seen, { ...maskedPatch(change, patch), state }, deed.atMs)) {
    throw movedOn(findChange(writer, change.id) ?? change);
  }
  insertEvent(writer, change.id, deed.atMs, deed.person?.name ?? "Vostro", maskedText(change, deed.text));
  audit.append(writer, {
    action: `change.${event}`,
    subject: `change ${change.id}`,
    summary: deed.text,
    person: deed.person,
    before: { state: change.state, ...deed.before },
    after: { state, account: `${change.customerUid}/${change.accountUid}`, ...deed.facts },
    quoted: quotedNumbers(change),
    correlationId: deed.correlationId,
  });
  if (event === "accept") turnOver(writer, audit, change, "reverse", change.id, deed);
}

/** Along a row of undos every other change stands: its mark is turned over from the newest back to the first. */
function turnOver(
  writer: Writer,
  audit: AuditTrail,
  { reversesId }: ChangeRecord,
  event: "reverse" | "reinstate",
  by: ChangeId,
  deed: Deed,
): void {
  const original = reversesId === undefined ? undefined : findChange(writer, reversesId);
  if (original === undefined || !allows(original.state, event)) return;
  const { person, atMs, correlationId } = deed;
  const text = event === "reverse" ? `Reversed by change ${by}` : `What it wrote was put back again by change ${by}`;
  move(writer, audit, original, event, {}, { person, atMs, correlationId, text });
  turnOver(writer, audit, original, event === "reverse" ? "reinstate" : "reverse", by, deed);
}

/** Notes something on a change without changing its state: one history line, one audit row, same transaction. */
export function annotate(
  writer: Writer,
  audit: AuditTrail,
  change: ChangeRecord,
  patch: Omit<ChangePatch, "state">,
  deed: Deed & { readonly text: string; readonly action?: string; readonly facts?: Readonly<Record<string, unknown>> },
): void {
  if (!patchChange(writer, seenAs(change), maskedPatch(change, patch), deed.atMs)) {
    throw movedOn(findChange(writer, change.id) ?? change);
  }
  insertEvent(writer, change.id, deed.atMs, deed.person?.name ?? "Vostro", maskedText(change, deed.text));
  audit.append(writer, {
    action: deed.action ?? "change.note",
    subject: `change ${change.id}`,
    summary: deed.text,
    person: deed.person,
    after: { state: change.state, ...deed.facts },
    quoted: quotedNumbers(change),
    correlationId: deed.correlationId,
  });
}

/**
 * What a change that is not sent again after all goes back to. It is settled anew once a whole settle window has
 * passed: it may have been asked for before the first one had.
 */
export function calledOff(atMs: number, settleWindowMs: number, message: string): ChangePatch {
  return {
    message,
    settleAtMs: atMs + settleWindowMs,
    settlement: null,
    queueSeq: null,
    notBeforeMs: null,
    tries: 0,
    held: false,
    resend: false,
  };
}

/** The sentence for a change that is not where the person saw it. */
export function movedOn(change: ChangeRecord): VostroFailure {
  return new VostroFailure(
    "conflict",
    `This change is now ${changeStateWords[change.state]}. Nothing was done. Look at it again.`,
  );
}

/** Failure not-found. */
export function mustFind(writer: Pick<Writer, "get" | "all">, id: ChangeId): ChangeRecord {
  const change = findChange(writer, id);
  if (change === undefined) throw new VostroFailure("not-found", `There is no change ${id} in this workspace.`);
  return change;
}

/** The change at the revision the person saw. Failures not-found, conflict. */
export function mustSee(writer: Pick<Writer, "get" | "all">, id: ChangeId, revision: number): ChangeRecord {
  const change = mustFind(writer, id);
  if (change.revision !== revision) throw movedOn(change);
  return change;
}
