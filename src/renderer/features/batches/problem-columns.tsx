import type { BatchColumn, PlanRow, ProblemGroup } from "@contract";
import { CircleX, TriangleAlert } from "lucide-react";
import { Icon, type GridColumn } from "../../ui/index.ts";

const prefix = "cell-";

/** Which of the file's columns a grid column shows; undefined for the grid's own. */
export function sourceIndex(columnId: string): number | undefined {
  return columnId.startsWith(prefix) ? Number(columnId.slice(prefix.length)) : undefined;
}

function problemAt(row: PlanRow, index: number): PlanRow["problems"][number] | undefined {
  const here = row.problems.filter((problem) => problem.column === index);
  return here.find((problem) => problem.severity === "error") ?? here[0];
}

function Cell({ row, index }: { readonly row: PlanRow; readonly index: number }) {
  const problem = problemAt(row, index);
  const text = row.cells[index] ?? "";
  if (problem === undefined) return text;
  return (
    <span className="problem-cell" title={problem.message}>
      <Icon of={problem.severity === "error" ? CircleX : TriangleAlert} size="xs" />
      <span className="id">{text === "" ? "blank" : text}</span>
      <span className="sr">, {problem.message}</span>
    </span>
  );
}

/** What is wrong with a row, that of the group shown first. */
function sentences(row: PlanRow, group: ProblemGroup | undefined): string {
  const messages = row.problems.map((problem) => problem.message);
  const own = messages.filter((message) => message === group?.message);
  return [...own, ...messages.filter((message) => message !== group?.message)].join(" ");
}

const whyOf = (group: ProblemGroup | undefined): GridColumn<PlanRow> => ({
  id: "why",
  header: "What is wrong",
  width: 320,
  grow: 2,
  cell: (row) => {
    const text = sentences(row, group);
    return <span title={text}>{text}</span>;
  },
});

/** Rows that came from Vostro itself have no cells of a file: they say which account. */
const accountColumns: readonly GridColumn<PlanRow>[] = [
  { id: "customer", header: "Customer", width: 150, cell: (row) => row.customerName ?? "" },
  { id: "account", header: "Account name", width: 140, cell: (row) => row.accountName ?? "" },
];

/** What stands in a row after the cell of the last heading. */
const beyondOf = (count: number): GridColumn<PlanRow> => ({
  id: "beyond",
  header: "Beyond the last heading",
  width: 168,
  cell: (row) => {
    const texts = row.cells.slice(count).filter((cell) => cell.trim() !== "");
    const text = texts.map((cell) => `“${cell}”`).join(", ");
    return <span title={text}>{text}</span>;
  },
  cellClass: () => "is-bad",
});

/**
 * The file's own columns, those with problems first, and in words what is wrong with the row. Where cells may stand in
 * the wrong column, all of them are shown.
 */
export function problemColumns(
  columns: readonly BatchColumn[],
  group: ProblemGroup | undefined,
): readonly GridColumn<PlanRow>[] {
  const isLong = group?.code === "CSV-LONG-ROW";
  const isAstray = isLong || group?.code === "CSV-SHORT-ROW";
  const used = isAstray ? columns : columns.filter((column) => column.target !== "ignore");
  const first = used.filter((column) => column.header === group?.column);
  const rest = used.filter((column) => column.header !== group?.column);
  const why = whyOf(group);
  return [
    {
      id: "row",
      header: "Row",
      width: 56,
      grow: 0,
      align: "end",
      frozen: true,
      cell: (row) => <span className="muted">{row.row}</span>,
    },
    ...(used.length === 0 ? accountColumns : []),
    ...(isLong ? [beyondOf(columns.length)] : []),
    ...(group === undefined ? [why] : []),
    ...[...first, ...rest].map((column): GridColumn<PlanRow> => ({
      id: `${prefix}${String(column.index)}`,
      header: column.header,
      width: 132,
      cell: (row) => <Cell row={row} index={column.index} />,
      cellClass: (row) => {
        const problem = problemAt(row, column.index);
        return problem === undefined ? "id" : problem.severity === "error" ? "is-bad" : "is-warn";
      },
    })),
    ...(group === undefined ? [] : [why]),
  ];
}
