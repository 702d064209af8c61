import { draftDiffers, hasHeadings, type BatchDetail, type OutputOf, type Reading } from "@contract";
import { counted } from "../../ui/index.ts";

type Handwork = OutputOf<"batches.handwork">;

/** Whether somebody chose what a column is, other than it was recognised. */
function hasChosenColumns(batch: Pick<BatchDetail, "columns" | "key" | "connectionId" | "columnDraft">): boolean {
  const { columns, columnDraft } = batch;
  if (columnDraft !== undefined && draftDiffers(columnDraft, batch)) return true;
  return columns.some(({ matchedBy }) => matchedBy === "person");
}

/**
 * What goes of a person's work when the file is read in another way, in sentences; none when nothing does. `handwork` is
 * undefined where it could not be counted.
 */
export function whatGoes(
  handwork: Handwork | undefined,
  batch: Pick<BatchDetail, "reading" | "columns" | "key" | "connectionId" | "columnDraft">,
  wanted: Pick<Reading, "header">,
): readonly string[] {
  const { corrected, unticked } = handwork ?? { corrected: 0, unticked: 0 };
  const parts = [
    ...(corrected === 0 ? [] : [counted(corrected, "corrected row")]),
    ...(unticked === 0 ? [] : [counted(unticked, "unticked row")]),
  ];
  const goes = corrected + unticked === 1 ? "goes" : "go";
  const columns =
    wanted.header && hasHeadings(batch)
      ? "The columns you chose stay if the headings stay the same; otherwise they go."
      : "The columns you chose go.";
  return [
    ...(handwork === undefined ? ["Corrected and unticked rows go, if there are any."] : []),
    ...(parts.length === 0 ? [] : [`${parts.join(" and ")} ${goes}: every row is as in the file again, and ticked.`]),
    ...(hasChosenColumns(batch) ? [columns] : []),
  ];
}
