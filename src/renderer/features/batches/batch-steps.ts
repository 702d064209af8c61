import { batchSteps as steps, type BatchDetail, type BatchState, type BatchStep as Step } from "@contract";
import { counted, countText } from "../../ui/index.ts";
import { stoppedRows } from "./check-words.ts";

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
export function isFromSavedMap({ columns }: Pick<BatchDetail, "columns">): boolean {
  return columns.some((column) => column.matchedBy === "saved-map");
}

export function canShow(step: Step, batch: Pick<BatchDetail, "state" | "source" | "columns">): boolean {
  if (!hasFile(batch) && (step === "file" || step === "columns")) return false;
  if (!hasFile(batch) && batch.state === "columns") return step === "check";
  return steps.indexOf(step) <= steps.indexOf(furthestStep(batch.state));
}

/** Whether a check of these columns was asked for and did not come to its end. */
function isUnfinishedCheck({ state, step, message }: Pick<BatchDetail, "state" | "step" | "message">): boolean {
  return state === "columns" && (message !== undefined || steps.indexOf(step ?? "file") > steps.indexOf("columns"));
}

/** Where a person lands: the step they were at, the one whose button goes on, or what there is to see first. */
export function landingStep(
  batch: Pick<BatchDetail, "state" | "source" | "columns" | "step" | "counts" | "message">,
): Step {
  if (!hasFile(batch) && batch.state === "columns") return "check";
  if (isUnfinishedCheck(batch)) return "columns";
  if (batch.step !== undefined && canShow(batch.step, batch)) return batch.step;
  const furthest = furthestStep(batch.state);
  if (furthest === "columns") return "file";
  if (furthest !== "confirm") return furthest;
  return hasFile(batch) && (batch.counts.blocked ?? 0) > 0 ? "check" : "compare";
}

/** The line under a step's name: what it found. */
export function stepNote(step: Step, batch: BatchDetail): string {
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
      const ignored = batch.columns.filter((column) => column.target === "ignore").length;
      const matched = batch.columns.length - ignored;
      if (isFromSavedMap(batch)) return `skipped, map “${batch.mapName ?? ""}”`;
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
