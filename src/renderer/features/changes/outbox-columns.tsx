import type { ChangeRow } from "@contract";
import { MaskedNumber, RiskTag, StatusWord, Unknown, ageText, dateTimeText, type GridColumn } from "../../ui/index.ts";

/** State, account, what changes, risk, who, age, and why it waits or what the provider said. */
export function outboxColumns(nowMs: number): readonly GridColumn<ChangeRow>[] {
  return [
    { id: "state", header: "State", width: 172, cell: (row) => <StatusWord state={row.state} /> },
    { id: "customerName", header: "Customer", width: 120, cell: (row) => row.customerName },
    { id: "accountName", header: "Account name", width: 120, cell: (row) => row.accountName },
    {
      id: "last4",
      header: "Number",
      width: 78,
      grow: 0,
      cell: (row) => (row.last4 === undefined ? <Unknown /> : <MaskedNumber last4={row.last4} />),
    },
    {
      id: "summary",
      header: "Change",
      width: 180,
      grow: 1.6,
      cell: (row) =>
        row.summary === "" ? (
          <span className="muted">nothing changed yet</span>
        ) : (
          <span title={row.summary}>{row.summary}</span>
        ),
    },
    { id: "risk", header: "Risk", width: 82, grow: 0, cell: (row) => <RiskTag risk={row.risk} /> },
    { id: "madeBy", header: "Made by", width: 104, cell: (row) => row.madeBy },
    {
      id: "updatedAtMs",
      header: "Changed",
      width: 88,
      cell: (row) => (
        <span className="age" title={dateTimeText(row.updatedAtMs)}>
          {ageText(row.updatedAtMs, nowMs)}
        </span>
      ),
    },
    {
      id: "message",
      header: "What it waits for, or was told",
      width: 160,
      grow: 1.4,
      cell: (row) => <span title={row.message}>{row.message}</span>,
    },
  ];
}
