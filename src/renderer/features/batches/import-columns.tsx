import { batchSourceNames, type BatchRow } from "@contract";
import { ageText, counted, countText, dateTimeText, NotSet, Status, type GridColumn } from "../../ui/index.ts";
import { batchLooks, runningStates, shortSha } from "./batch-words.ts";
import { outcomeShare } from "./progress-words.ts";

/** What became of the rows, or what they would do. */
export function resultWords(row: BatchRow): string {
  const { outcomes, counts, state } = row;
  const { done, total } = outcomeShare(outcomes);
  if (total > 0 && !["columns", "reading", "checking", "compare", "failed"].includes(state)) {
    const parts = [
      `${countText(outcomes.accepted)} of ${countText(total)} accepted`,
      ...(outcomes.reversed > 0 ? [`${countText(outcomes.reversed)} reversed`] : []),
      ...(outcomes.refused > 0 ? [`${countText(outcomes.refused)} refused`] : []),
      ...(outcomes.unknown > 0 ? [`${countText(outcomes.unknown)} unknown`] : []),
      ...(outcomes.conflict > 0 ? [`${countText(outcomes.conflict)} in conflict`] : []),
      ...(outcomes.waiting > 0 ? [`${countText(outcomes.waiting)} for approval`] : []),
    ];
    return done + outcomes.waiting === 0 ? `${counted(total, "change")} to send` : parts.join(", ");
  }
  if (state === "failed") return row.message ?? "";
  const change = counts["will-change"];
  if (change === undefined) return row.message ?? "";
  const blocked = counts.blocked ?? 0;
  return `${countText(change)} will change${blocked > 0 ? `, ${countText(blocked)} blocked` : ""}`;
}

export const importColumns = (nowMs: number): readonly GridColumn<BatchRow>[] => [
  { id: "name", header: "Batch", width: 200, cell: (row) => row.name },
  {
    id: "state",
    header: "State",
    width: 150,
    grow: 0,
    cell: (row) => {
      const look = batchLooks[row.state];
      return (
        <Status icon={look.icon} tone={look.tone} spin={runningStates.has(row.state)}>
          {look.word}
        </Status>
      );
    },
  },
  { id: "rows", header: "Rows", width: 76, grow: 0, align: "end", cell: (row) => countText(row.rows) },
  { id: "result", header: "What became of them", width: 220, cell: resultWords },
  {
    id: "file",
    header: "File",
    width: 160,
    cell: (row) => row.fileName ?? <span className="muted">{batchSourceNames[row.source]}</span>,
  },
  {
    id: "sha",
    header: "SHA-256",
    width: 132,
    grow: 0,
    cell: (row) =>
      row.sha256 === undefined ? <NotSet spoken="no file" /> : <span className="id">{shortSha(row.sha256)}</span>,
  },
  { id: "by", header: "Made by", width: 120, cell: (row) => row.madeBy },
  {
    id: "at",
    header: "Last change",
    width: 96,
    grow: 0,
    cell: (row) => <span title={dateTimeText(row.updatedAtMs)}>{ageText(row.updatedAtMs, nowMs)}</span>,
  },
];
