import type { RepairRow } from "@contract";
import { shownValue } from "@contract/rules/aggregation/shown-value.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import { Age, MaskedNumber, NotSet, Unknown, type GridColumn } from "../../ui/index.ts";
import { KnowledgeAge } from "./actor-words.tsx";
import { Shown } from "./shown-value.tsx";

function Balance({ row }: { readonly row: RepairRow }) {
  const { balance } = row.freshness;
  return balance === undefined ? <Unknown /> : <Shown value={shownValue(balance, "money", row.currency)} />;
}

/** What a person needs to see before acting; the text to copy stands in the pane. */
export function repairColumns(nowMs: number): readonly GridColumn<RepairRow>[] {
  return [
    { id: "customerName", header: "Customer", width: 120, cell: (row) => row.customerName },
    { id: "accountName", header: "Account name", width: 120, cell: (row) => row.accountName },
    {
      id: "last4",
      header: "Number",
      width: 74,
      grow: 0,
      cell: (row) => (row.last4 === undefined ? <Unknown /> : <MaskedNumber last4={row.last4} />),
    },
    { id: "provider", header: "Provider", width: 64, grow: 0, cell: (row) => providerNames[row.provider] },
    { id: "type", header: "Type", width: 84, cell: (row) => row.typeLabel },
    { id: "balance", header: "Balance", width: 92, align: "end", cell: (row) => <Balance row={row} /> },
    {
      id: "age",
      header: "Balance date",
      width: 88,
      cell: (row) => <KnowledgeAge freshness={row.freshness} nowMs={nowMs} />,
    },
    {
      id: "attempt",
      header: "Last attempt",
      width: 80,
      cell: (row) =>
        row.freshness.attemptDateS === undefined ? <NotSet /> : <Age atMs={row.freshness.attemptDateS * 1000} />,
    },
    {
      id: "code",
      header: "Code",
      width: 52,
      grow: 0,
      align: "end",
      cell: (row) => (row.status.code === undefined ? <NotSet /> : <span className="id">{row.status.code}</span>),
    },
    { id: "short", header: "What it means", width: 150, cell: (row) => row.status.short },
    { id: "doing", header: "Who does what", width: 150, cell: (row) => row.status.doing },
  ];
}
