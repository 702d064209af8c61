import type { ParsedInputOf } from "@contract";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import { makeInBackground } from "./making.ts";
import { mustSee } from "./planning.ts";
import { approvalsOf, noTotals } from "./present.ts";
import type { BatchRoom } from "./room.ts";
import { deedOf, movedOn, moveBatch } from "./transition.ts";

type Confirmation = ParsedInputOf<"batches.confirm">;

const typedFrom = 100;

function wrong(path: keyof Confirmation, message: string): VostroFailure {
  return new VostroFailure("input-invalid", message, { fields: [{ path, message }] });
}

/** Why the batch cannot be confirmed like this, or undefined. */
function objection(batch: BatchRecord, input: Confirmation): VostroFailure | undefined {
  const { chosen, risk } = batch.totals ?? noTotals;
  if (chosen === 0)
    return new VostroFailure("input-invalid", "No row is chosen that would change anything. Nothing was sent.");
  if ((chosen > typedFrom || risk.high > 0) && input.typedCount !== chosen) {
    return wrong("typedCount", `Type ${chosen.toLocaleString("en-US")}, the number of rows that will be changed.`);
  }
  if (input.typedCount !== undefined && input.typedCount !== chosen) {
    return wrong("typedCount", `${input.typedCount} was typed, but ${counted(chosen, "row is", "rows are")} chosen.`);
  }
  const hasOwn = (target: string): boolean => batch.columns.some((column) => column.target === target);
  if (risk.high > 0 && input.reason.trim() === "" && !hasOwn("reason")) {
    return wrong("reason", "A high-risk change needs a reason.");
  }
  if (risk.high > 0 && input.authorisationRef.trim() === "" && !hasOwn("authorisationRef")) {
    return wrong("authorisationRef", "A high-risk change needs an authorisation reference.");
  }
  return undefined;
}

/**
 * Takes the stored plan as the person saw it: from here on nothing in it can be changed. The changes are then made in
 * the background. Failures conflict, input-invalid.
 */
export function confirmBatch(room: BatchRoom, input: Confirmation, context: CallContext): void {
  const { id: personId, name } = signedIn(context);
  const deed = deedOf(room, context);
  room.store.transaction((writer) => {
    const batch = mustSee(writer, input.id, input.revision);
    if (batch.state !== "compare") throw movedOn(batch);
    if (room.edits.has(batch.id)) {
      throw new VostroFailure("conflict", `“${batch.name}” is still being corrected. Nothing was sent. Look at it again.`);
    }
    const refused = objection(batch, input);
    if (refused !== undefined) throw refused;
    const totals = batch.totals ?? noTotals;
    const { reasonCategory, reason, authorisationRef, stopAfterRefusals = null } = input;
    const approvals = approvalsOf(room.policy(), totals);
    const patch = {
      reasonCategory,
      reason: reason.trim(),
      authorisationRef: authorisationRef.trim(),
      stopAfterRefusals,
      secondPerson: approvals > 0,
      chosen: totals.chosen,
      confirmedBy: { id: personId, name },
      startedAtMs: deed.atMs,
      sourcePath: null,
    };
    const { chosen, sentence, risk } = totals;
    moveBatch(room, writer, batch, "confirm", patch, {
      ...deed,
      text: `Confirmed ${counted(chosen, "row")}. ${sentence}`.trim(),
      facts: {
        chosen,
        risk,
        category: reasonCategory,
        reason: patch.reason,
        authorisationRef: patch.authorisationRef,
        stopAfterRefusals,
        approvals,
      },
    });
    room.changes.setGate(writer, batch.id, false);
  });
  room.pasted.delete(input.id);
  room.announce();
  makeInBackground(room, input.id, deed.correlationId);
}
