import { draftDiffers, highRiskWithout, type BatchTotals, type ParsedInputOf } from "@contract";
import { lineIssues } from "@contract/rules/finzly-update.ts";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import { makeInBackground } from "./making.ts";
import { mustSee, notAsSeen } from "./planning.ts";
import { takeStagedFigures } from "./plan-figures.ts";
import { approvalsOf, noTotals } from "./present.ts";
import type { BatchRoom } from "./room.ts";
import { deedOf, movedOn, moveBatch } from "./transition.ts";

type Confirmation = ParsedInputOf<"batches.confirm">;

const typedFrom = 100;

function wrong(path: keyof Confirmation, message: string): VostroFailure {
  return new VostroFailure("input-invalid", message, { fields: [{ path, message }] });
}

function notChecked({ name }: Pick<BatchRecord, "name">): VostroFailure {
  const message = `Other columns were chosen for “${name}” since its rows were checked. Nothing was sent. Check them again.`;
  return new VostroFailure("conflict", message);
}

/** Why the batch cannot be confirmed like this, or undefined. */
function objection(batch: BatchRecord, input: Confirmation): VostroFailure | undefined {
  const totals = batch.totals ?? noTotals;
  const { chosen, risk } = totals;
  if (chosen === 0)
    return new VostroFailure("input-invalid", "No row is chosen that would change anything. Nothing was sent.");
  if ((chosen > typedFrom || risk.high > 0) && input.typedCount !== chosen) {
    return wrong("typedCount", `Type ${chosen.toLocaleString("en-US")}, the number of rows that will be changed.`);
  }
  if (input.typedCount !== undefined && input.typedCount !== chosen) {
    return wrong("typedCount", `${input.typedCount} was typed, but ${counted(chosen, "row is", "rows are")} chosen.`);
  }
  return missing(totals, input, "reason", "a reason") ??
    missing(totals, input, "authorisationRef", "an authorisation reference");
}

/** A row whose own cell is blank takes what is typed: it must be fit to send, and there where High risk needs it. */
function missing(
  totals: BatchTotals,
  input: Confirmation,
  what: "reason" | "authorisationRef",
  words: string,
): VostroFailure | undefined {
  const typed = input[what].trim();
  const [issue] = lineIssues(what, what === "reason" ? "The reason" : "The authorisation reference", typed);
  if (issue !== undefined) return wrong(what, issue.message);
  const without = highRiskWithout(totals, what);
  if (without === 0 || typed !== "") return undefined;
  const rows = counted(without, "High-risk row brings", "High-risk rows bring");
  return wrong(what, `A high-risk change needs ${words}: ${rows} none.`);
}

/**
 * Takes the stored plan as the person saw it: from here on nothing in it can be changed. The changes are then made in
 * the background. Failures conflict (also: the staged plan is not the one that was seen), input-invalid.
 */
export async function confirmBatch(room: BatchRoom, input: Confirmation, context: CallContext): Promise<void> {
  const { id: personId, name } = signedIn(context);
  const edition = await takeStagedFigures(room, input.id);
  const deed = deedOf(room, context);
  room.store.transaction((writer) => {
    const batch = mustSee(writer, input.id, input.revision);
    if (batch.state !== "compare") throw movedOn(batch);
    if (room.edits.has(batch.id)) {
      throw new VostroFailure("conflict", `“${batch.name}” is still being corrected. Nothing was sent. Look at it again.`);
    }
    if (batch.planEdition !== edition) throw notAsSeen(batch);
    if (batch.columnDraft !== undefined && draftDiffers(batch.columnDraft, batch)) throw notChecked(batch);
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
    const { chosen, sentence, risk, brings } = totals;
    moveBatch(room, writer, batch, "confirm", patch, {
      ...deed,
      text: `Confirmed ${counted(chosen, "row")}. ${sentence}`.trim(),
      facts: {
        chosen,
        risk,
        bringsOwn: { reason: brings.reason.rows, authorisationRef: brings.authorisationRef.rows },
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
