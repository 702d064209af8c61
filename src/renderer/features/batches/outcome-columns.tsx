import { waitingForApproval, type PlanRow } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { ChevronDown, ChevronRight } from "lucide-react";
import { Icon, MaskedNumber, Status, StatusWord, timeWithSecondsText, type GridColumn } from "../../ui/index.ts";
import { bucketLooks } from "./batch-words.ts";
import { PlanCellView } from "./plan-cell-view.tsx";
import { planCell, planCellText, type PlanCell, type PlanField } from "./plan-cells.ts";

const noColumns: ReadonlyMap<PlanField, readonly number[]> = new Map();

function withoutPercent(cell: PlanCell): PlanCell {
  return cell.kind === "change" ? { ...cell, percent: undefined } : cell;
}

/** The first thing a row changes, and how many more. */
function FirstChange({ row }: { readonly row: PlanRow }) {
  const [first] = row.changes;
  if (first === undefined) return null;
  const isBasis = first.field === "isUnderWritten" || first.field === "isAchPrefund";
  const field = isBasis ? "fundingBasis" : first.field;
  const more = row.changes.filter(
    (change) => change.field !== first.field && !(isBasis && change.forcedBy !== undefined),
  ).length;
  const what = isBasis ? "Funding basis" : finzlyFields[first.field].label;
  const cell = withoutPercent(planCell(row, field, noColumns));
  const others = more > 0 ? `, and ${String(more)} more` : "";
  return (
    <span className="first-change" title={`${what}: ${planCellText(cell)}${others}`}>
      <span className="what">{what}</span>
      <PlanCellView cell={cell} />
      {more > 0 ? <span className="muted">+{more}</span> : null}
    </span>
  );
}

function Outcome({ row }: { readonly row: PlanRow }) {
  if (row.outcome !== undefined) return <StatusWord state={row.outcome.state} />;
  if (!row.included) return <span className="muted">Left out</span>;
  if (row.bucket === "will-change") return <span className="muted">Not sent yet</span>;
  const look = bucketLooks[row.bucket];
  return (
    <Status icon={look.icon} tone={look.tone}>
      {look.word}
    </Status>
  );
}

/** What the provider said, or why a row became no change. */
export function saidWords(row: PlanRow): string {
  const { outcome } = row;
  if (outcome?.message !== undefined) return outcome.message;
  if (outcome === undefined) return row.problems[0]?.message ?? "";
  if (outcome.state === "waiting-for-approval") return waitingForApproval(row.risk);
  return outcome.state === "accepted" ? "Success" : "";
}

/** Whether the words are the provider's; those of a withdrawal are a person's, whatever was answered before. */
const isTheProviders = ({ outcome }: PlanRow): boolean =>
  outcome?.providerCode !== undefined && outcome.state !== "withdrawn";

export function outcomeColumns(openRow: number | undefined): readonly GridColumn<PlanRow>[] {
  return [
    {
      id: "row",
      header: "Row",
      width: 84,
      grow: 0,
      align: "end",
      cell: (row) => (
        <span className="opens">
          <Icon of={row.row === openRow ? ChevronDown : ChevronRight} size="xs" />
          <span className="muted">{row.row}</span>
        </span>
      ),
    },
    {
      id: "customer",
      header: "Customer",
      width: 130,
      frozen: true,
      cell: (row) => row.customerName ?? <span className="unk">not found</span>,
    },
    { id: "account", header: "Account name", width: 110, cell: (row) => row.accountName ?? "" },
    {
      id: "last4",
      header: "Number",
      width: 76,
      grow: 0,
      cell: (row) => (row.last4 === undefined ? null : <MaskedNumber last4={row.last4} />),
    },
    { id: "change", header: "Change", width: 252, grow: 1.3, cell: (row) => <FirstChange row={row} /> },
    { id: "outcome", header: "Outcome", width: 162, grow: 0, cell: (row) => <Outcome row={row} /> },
    {
      id: "said",
      header: "Provider said",
      width: 150,
      cell: (row) => (
        <span title={saidWords(row)}>
          {isTheProviders(row) ? <span className="code">{row.outcome?.providerCode} </span> : null}
          {saidWords(row)}
        </span>
      ),
    },
    { id: "attempts", header: "Attempts", width: 64, grow: 0, align: "end", cell: (row) => row.outcome?.attempts ?? 0 },
    {
      id: "at",
      header: "At",
      width: 70,
      grow: 0,
      align: "end",
      cell: (row) => (row.outcome?.atMs === undefined ? null : timeWithSecondsText(row.outcome.atMs)),
    },
  ];
}
