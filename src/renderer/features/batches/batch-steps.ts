import {
  batchSteps as steps, draftDiffers, type BatchDetail, type BatchState, type BatchStep as Step, type ColumnDraft,
} from "@contract";
import { counted, countText } from "../../ui/index.ts";
import { stoppedRows } from "./check-words.ts";
import { mustCheckAgain } from "./column-draft.ts";

export { steps, type Step };

export const stepTitles: Readonly<Record<Step, string>> = {
  file: "File",
  columns: "Columns",
  check: "Check",
  compare: "Compare",
  confirm: "Confirm",
};

/** Whether the batch is past the steps: its changes are made, sent, or it was given up. */
export function isPastSteps(state: BatchState): boolean {
  return ["making", "waiting", "sending", "paused", "stopped", "finished", "withdrawn"].includes(state);
}

/** The last step a batch in this state can show. */
export function furthestStep(state: BatchState): Step {
  if (state === "reading" || state === "failed") return "file";
  if (state === "columns") return "columns";
  return state === "checking" ? "check" : "confirm";
}

/** Whether rows came from outside, so that there is a file and columns to look at. */
export function hasFile({ source, columns }: Pick<BatchDetail, "source" | "columns">): boolean {
  return isReadIn({ source }) || columns.length > 0;
}

/** Whether rows were read from a file or the clipboard, so that it matters how. */
export function isReadIn({ source }: Pick<BatchDetail, "source">): boolean {
  return source === "file" || source === "paste";
}

/** Whether a saved map fitted exactly, so that nobody had to look at the columns. */
export function isFromSavedMap({ columns, mapName }: Pick<BatchDetail, "columns" | "mapName">): boolean {
  return mapName !== undefined && columns.length > 0 && columns.every((column) => column.matchedBy === "saved-map");
}

type Mapped = Pick<BatchDetail, "state" | "source" | "columns" | "key" | "connectionId">;

/** Whether a step can be shown; `pending` are columns chosen since the rows were checked. */
export function canShow(step: Step, batch: Mapped, pending?: ColumnDraft | undefined): boolean {
  if (!hasFile(batch) && (step === "file" || step === "columns")) return false;
  if (!hasFile(batch) && batch.state === "columns") return step === "check";
  const furthest = mustCheckAgain(batch, pending) ? "columns" : furthestStep(batch.state);
  return steps.indexOf(step) <= steps.indexOf(furthest);
}

/** Whether a check of these columns was asked for and did not come to its end. */
function isUnfinishedCheck({ state, step, message }: Pick<BatchDetail, "state" | "step" | "message">): boolean {
  return state === "columns" && (message !== undefined || steps.indexOf(step ?? "file") > steps.indexOf("columns"));
}

/** Where a person lands: the step they were at, the one whose button goes on, or what there is to see first. */
export function landingStep(
  batch: Mapped & Pick<BatchDetail, "step" | "counts" | "message">,
  pending?: ColumnDraft | undefined,
): Step {
  if (!hasFile(batch) && batch.state === "columns") return "check";
  if (isUnfinishedCheck(batch)) return "columns";
  if (batch.step !== undefined && canShow(batch.step, batch, pending)) return batch.step;
  if (mustCheckAgain(batch, pending)) return "columns";
  const furthest = furthestStep(batch.state);
  if (furthest === "columns") return "file";
  if (furthest !== "confirm") return furthest;
  return hasFile(batch) && (batch.counts.blocked ?? 0) > 0 ? "check" : "compare";
}

/** The line under a step's name: what it found, or that it must be gone through again. */
export function stepNote(step: Step, batch: BatchDetail, pending?: ColumnDraft | undefined): string {
  if (mustCheckAgain(batch, pending)) {
    if (step === "check") return "columns changed: check again";
    if (step === "compare" || step === "confirm") return "after the check";
  }
  switch (step) {
    case "file":
      return batch.state === "reading"
        ? "reading"
        : batch.state === "failed"
          ? "not read"
          : hasFile(batch)
            ? counted(batch.rows, "row")
            : "no file";
    case "columns": {
      if (batch.columns.length === 0 && hasFile(batch)) return "what each one is";
      if (batch.columns.length === 0) return batch.source === "undo" ? "what was written" : "chosen accounts";
      const { columns } = pending ?? batch;
      const ignored = columns.filter((column) => column.target === "ignore").length;
      const matched = columns.length - ignored;
      if (isFromSavedMap(batch) && (pending === undefined || !draftDiffers(pending, batch))) return `skipped, map “${batch.mapName ?? ""}”`;
      return `${countText(matched)} matched, ${countText(ignored)} ignored`;
    }
    case "check": {
      if (furthestStep(batch.state) !== "confirm") return batch.state === "checking" ? "checking" : "every row";
      const stopped = stoppedRows(batch.counts);
      return stopped === 0 ? "nothing blocked" : `${counted(stopped, "row")} not sent`;
    }
    case "compare":
      return furthestStep(batch.state) === "confirm"
        ? `${countText(batch.counts["will-change"] ?? 0)} will change`
        : "old and new";
    case "confirm":
      return batch.approvals > 0 ? "reason, approval" : "reason";
    default:
      return step satisfies never;
  }
}
