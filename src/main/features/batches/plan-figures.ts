import type { BatchId } from "@contract";
import type { BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import { planPatch } from "./planning.ts";
import type { BatchRoom } from "./room.ts";
import { moveBatch, mustFind, ownDeed } from "./transition.ts";

const lost =
  "Vostro ended while cells were being put right. What was put right is kept, but the rows must be checked again. " +
  "Nothing was sent.";

const missing = "The rows of this batch are no longer on this machine. Import the file again. Nothing was sent.";

/**
 * Takes the figures of a batch at Compare from its staged plan, where an edit was staged and the app ended, or the disk
 * was full, before the workspace noted it. A plan that was left half-corrected is lost, and the batch is at its columns
 * again. Returns the edition the batch's figures are of; undefined where it is not at Compare, or an edit is under way,
 * which brings its own. Failures storage-failed, conflict.
 */
export async function takeStagedFigures(room: BatchRoom, id: BatchId): Promise<number | undefined> {
  const seen = mustFind(room.store.read, id);
  if (seen.state !== "compare" || room.edits.has(id)) return undefined;
  const staged = await room.pool.use(id, (staging) => staging.plannedUnless(seen.planEdition));
  if (staged.kind === "same") return seen.planEdition;
  const edition = room.store.transaction((writer) => {
    const batch = mustFind(writer, id);
    if (batch.state !== "compare" || batch.planEdition !== seen.planEdition || room.edits.has(id)) return undefined;
    if (staged.kind === "none" || staged.kind === "missing") {
      const message = staged.kind === "none" ? lost : missing;
      moveBatch(room, writer, batch, "lose-plan", { message }, { ...ownDeed(room), text: message });
      return undefined;
    }
    const { planned } = staged;
    const edits = planned.edition - batch.planEdition;
    moveBatch(room, writer, batch, "check-again", planPatch(planned), {
      ...ownDeed(room),
      text: `Took over ${counted(edits, "correction")} that ${edits === 1 ? "was" : "were"} kept but not noted`,
      facts: { action: "take-over", edits, counts: planned.counts, chosen: planned.totals.chosen },
    });
    return planned.edition;
  });
  room.announce();
  return edition;
}

/** Once a batch and opening of the workspace, and after an edit that went wrong: in the background, because it may wait. */
export function makeSure(room: BatchRoom, { id, state }: Pick<BatchRecord, "id" | "state">): void {
  if (state !== "compare" || room.surePlans.has(id) || room.edits.has(id)) return;
  room.surePlans.add(id);
  takeStagedFigures(room, id).catch((error: unknown) => {
    room.surePlans.delete(id);
    room.log.warn("The figures of a batch could not be compared with its plan.", { batch: id, error });
  });
}
