import type { BatchDetail, BatchProgress, BatchRow } from "@contract";
import { countText, durationText, timeText } from "../../ui/index.ts";

type Outcomes = BatchRow["outcomes"];

/** How many rows have an outcome, of how many. */
export function outcomeShare(outcomes: Outcomes): { readonly done: number; readonly total: number } {
  const { accepted, reversed, refused, unknown, conflict, withdrawn } = outcomes;
  const done = accepted + reversed + refused + unknown + conflict + withdrawn;
  return { done, total: done + outcomes.sending + outcomes.left + outcomes.waiting };
}

/** "1.9": rows per second, one decimal under ten. */
export function rateText(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : countText(Math.round(perSecond));
}

/** "12,400 of 100,000 rows, 18,300 a second, under 1 min left." */
export function workSentence(progress: Pick<BatchProgress, "rowsDone" | "rowsTotal" | "perSecond" | "leftMs">): string {
  const { rowsDone, rowsTotal, perSecond, leftMs } = progress;
  const rows =
    rowsTotal === undefined ? `${countText(rowsDone)} rows` : `${countText(rowsDone)} of ${countText(rowsTotal)} rows`;
  const rate = perSecond === undefined ? "" : `, ${rateText(perSecond)} a second`;
  const left = leftMs === undefined ? "" : `, ${durationText(leftMs)} left`;
  return `${rows}${rate}${left}.`;
}

/** "about 14:29": when it will be over. */
export function endText(leftMs: number, nowMs: number): string {
  return `about ${timeText(nowMs + leftMs)}`;
}

/** The tenth (0 to 10) a share has reached. */
export function tenthOf(done: number, total: number): number {
  return total <= 0 ? 0 : Math.floor((done * 10) / total);
}

/** What is spoken when a further tenth is reached. */
export function tenthSentence(outcomes: Outcomes): string {
  const { done, total } = outcomeShare(outcomes);
  const parts = [
    `${countText(outcomes.accepted)} accepted`,
    ...(outcomes.reversed > 0 ? [`${countText(outcomes.reversed)} reversed`] : []),
    ...(outcomes.refused > 0 ? [`${countText(outcomes.refused)} refused`] : []),
    ...(outcomes.unknown > 0 ? [`${countText(outcomes.unknown)} outcome unknown`] : []),
    ...(outcomes.conflict > 0 ? [`${countText(outcomes.conflict)} in conflict`] : []),
  ];
  return `${String(tenthOf(done, total) * 10)} %: ${countText(done)} of ${countText(total)} rows. ${parts.join(", ")}.`;
}

/** The batch with the newest running numbers. */
export function withProgress(batch: BatchDetail, progress: BatchProgress | undefined): BatchDetail {
  if (progress === undefined || progress.id !== batch.id || progress.state !== batch.state) return batch;
  return {
    ...batch,
    ...(progress.outcomes === undefined ? {} : { outcomes: progress.outcomes }),
    ...(progress.perSecond === undefined ? {} : { perSecond: progress.perSecond }),
    ...(progress.leftMs === undefined ? {} : { leftMs: progress.leftMs }),
    ...(progress.message === undefined ? {} : { message: progress.message }),
  };
}

/** The batch with the first rows of its file, as long as it is read and does not hold them itself. */
export function withFirstRows(batch: BatchDetail, first: BatchProgress["first"]): BatchDetail {
  return batch.state === "reading" && batch.columns.length === 0 && first !== undefined ? { ...batch, ...first } : batch;
}
