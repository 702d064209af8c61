import type { BatchDetail, PlanRow } from "@contract";
import { ageText, MaskedNumber, RiskTag, Tag, Unknown, type GridColumn } from "../../ui/index.ts";
import {
  columnsByField,
  hasLargeIncrease,
  isMoneyField,
  planCell,
  planFieldLabel,
  planFields,
  type PlanField,
} from "./plan-cells.ts";
import { shortSource } from "./batch-words.ts";
import { PlanCellView, planCellClass } from "./plan-cell-view.tsx";

function fieldWidth(field: PlanField): number {
  if (isMoneyField(field)) return 236;
  if (field === "fundingBasis") return 168;
  return field === "secCodes" ? 132 : 150;
}

const identity: readonly GridColumn<PlanRow>[] = [
  {
    id: "row",
    header: "Row",
    width: 46,
    grow: 0,
    align: "end",
    cell: (row) => <span className="muted">{row.row}</span>,
  },
  {
    id: "customer",
    header: "Customer",
    width: 132,
    grow: 0,
    frozen: true,
    cell: (row) => row.customerName ?? <span className="unk">not found</span>,
  },
  { id: "account", header: "Account name", width: 102, cell: (row) => row.accountName ?? "" },
  {
    id: "last4",
    header: "Number",
    width: 74,
    grow: 0,
    cell: (row) => (row.last4 === undefined ? <Unknown /> : <MaskedNumber last4={row.last4} />),
  },
];

function reasonOf(row: PlanRow): string {
  return row.problems.map((problem) => problem.message).join(" ");
}

const why: GridColumn<PlanRow> = {
  id: "why",
  header: "Why",
  width: 320,
  grow: 2,
  cell: (row) => <span title={reasonOf(row)}>{reasonOf(row)}</span>,
};

/** The columns of Compare: who, each field old and new, the risk, and where “old” comes from. */
export function compareColumns(
  batch: Pick<BatchDetail, "columns" | "totals" | "key">,
  all: boolean,
  nowMs: number,
  withWhy: boolean,
): readonly GridColumn<PlanRow>[] {
  const sources = columnsByField(batch.columns);
  const currencies = new Set(batch.totals.figures.flatMap((figure) => figure.currency ?? []));
  const [only = "USD"] = currencies;
  const inCells = currencies.size > 1;
  const fields = planFields(batch, all).map((field): GridColumn<PlanRow> => ({
    id: field,
    header: isMoneyField(field) && !inCells ? `${planFieldLabel(field)}, ${only}` : planFieldLabel(field),
    width: fieldWidth(field),
    grow: isMoneyField(field) ? 0 : 1,
    align: isMoneyField(field) ? "end" : "start",
    cell: (row) => (
      <>
        {inCells && isMoneyField(field) && row.currency !== undefined ? (
          <span className="muted">{row.currency} </span>
        ) : null}
        <PlanCellView cell={planCell(row, field, sources)} isCode={field === "secCodes"} />
      </>
    ),
    cellClass: (row) => planCellClass(planCell(row, field, sources)),
  }));
  return [
    ...identity,
    ...(withWhy ? [why] : []),
    ...fields,
    {
      id: "risk",
      header: "Risk",
      width: 166,
      grow: 0,
      cell: (row) => (
        <span className="codes">
          {row.risk === undefined ? null : <RiskTag risk={row.risk} />}
          {hasLargeIncrease(row) ? <Tag tone="warn">Large increase</Tag> : null}
        </span>
      ),
    },
    {
      id: "known",
      header: "Last known from",
      width: 122,
      cell: (row) =>
        row.lastKnown === undefined ? (
          <span className="unk">never read</span>
        ) : (
          <span className="muted">
            {shortSource(row.lastKnown.source)}, {ageText(row.lastKnown.atMs, nowMs)}
          </span>
        ),
    },
  ];
}
