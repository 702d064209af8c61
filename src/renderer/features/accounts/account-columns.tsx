import type { AccountRow, FinzlyFieldName } from "@contract";
import { shownValue } from "@contract/rules/aggregation/shown-value.ts";
import { minorDigits } from "@contract/rules/money.ts";
import { CircleCheck, CirclePause, CircleSlash, CircleDashed, SearchX, Trash2, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { providerNames } from "../../bridge/provider-name.ts";
import {
  counted,
  MaskedNumber,
  Money,
  NotSet,
  Staleness,
  Status,
  StatusWord,
  Unknown,
  type GridColumn,
  type Tone,
} from "../../ui/index.ts";
import { KnowledgeAge } from "./actor-words.tsx";
import { Shown } from "./shown-value.tsx";

const statusLooks: ReadonlyMap<string, { readonly icon: LucideIcon; readonly tone: Tone }> = new Map([
  ["active", { icon: CircleCheck, tone: "good" }],
  ["suspended", { icon: CirclePause, tone: "warn" }],
  ["closed", { icon: CircleSlash, tone: "plain" }],
  ["deleted", { icon: Trash2, tone: "plain" }],
  ["missing", { icon: SearchX, tone: "warn" }],
]);

export function AccountStatus({ status }: { readonly status: string | undefined }) {
  if (status === undefined) return <Unknown />;
  const look = statusLooks.get(status.toLowerCase()) ?? { icon: CircleDashed, tone: "plain" };
  return (
    <Status icon={look.icon} tone={look.tone}>
      {status.charAt(0).toUpperCase() + status.slice(1)}
    </Status>
  );
}

export const basisWords: Readonly<Record<AccountRow["fundingBasis"], string>> = {
  prefunded: "Prefunded",
  underwritten: "Underwritten",
  neither: "Neither",
  unknown: "unknown",
};

interface AmountProps {
  readonly row: AccountRow;
  /** Null: not set. Undefined: unknown. */
  readonly amountMinor: number | null | undefined;
}

function Amount({ row, amountMinor }: AmountProps) {
  if (amountMinor === undefined) return <Unknown />;
  if (amountMinor === null) return <NotSet />;
  return <Money amountMinor={amountMinor} digits={minorDigits(row.currency ?? "USD") ?? 2} />;
}

/** What only Finzly's accounts have. */
function finzlyOnly(cell: (row: AccountRow) => ReactNode) {
  return (row: AccountRow) => (row.aggregated === undefined ? cell(row) : <NotSet spoken="does not apply" />);
}

function Balance({ row }: { readonly row: AccountRow }) {
  if (row.ledgerMinor !== undefined) return <Amount row={row} amountMinor={row.ledgerMinor} />;
  const sent = row.aggregated?.freshness.balance;
  return sent === undefined ? <Unknown /> : <Shown value={shownValue(sent, "money", row.currency)} />;
}

function Codes({ codes }: { readonly codes: readonly string[] | undefined }) {
  if (codes === undefined) return <Unknown />;
  if (codes.length === 0) return <NotSet />;
  const more = codes.length > 2 ? ` +${String(codes.length - 2)}` : "";
  return (
    <span className="code" title={codes.join(" ")}>
      {codes.slice(0, 2).join(" ")}
      {more}
    </span>
  );
}

function pendingIn(...fields: readonly FinzlyFieldName[]) {
  const isOpen = (row: AccountRow) =>
    row.change !== undefined && row.change.fields.some((field) => fields.includes(field));
  return (row: AccountRow) => (isOpen(row) ? "pending" : undefined);
}

/** The columns the cache can fill; a cell with an open change has an accent corner. */
export function accountColumns(nowMs: number): readonly GridColumn<AccountRow>[] {
  return [
    { id: "customerName", header: "Customer", width: 102, sortable: true, cell: (row) => row.customerName },
    {
      id: "accountName",
      header: "Account name",
      width: 98,
      sortable: true,
      cell: (row) => row.accountName,
      cellClass: pendingIn("accountName"),
    },
    {
      id: "last4",
      header: "Number",
      width: 70,
      grow: 0,
      sortable: true,
      cell: (row) => (row.last4 === undefined ? <Unknown /> : <MaskedNumber last4={row.last4} />),
      cellClass: pendingIn("accountNumber"),
    },
    { id: "provider", header: "Provider", width: 61, grow: 0, cell: (row) => providerNames[row.provider] },
    {
      id: "type",
      header: "Type",
      width: 76,
      sortable: true,
      cell: (row) => (row.type === undefined ? <Unknown /> : <span title={row.type}>{row.type}</span>),
      cellClass: pendingIn("accountType", "accountSubType"),
    },
    { id: "status", header: "Status", width: 94, sortable: true, cell: (row) => <AccountStatus status={row.status} /> },
    {
      id: "ledgerMinor",
      header: "Balance",
      width: 89,
      align: "end",
      sortable: true,
      cell: (row) => <Balance row={row} />,
    },
    {
      id: "fundingBasis",
      header: "Funding basis",
      width: 85,
      cell: finzlyOnly((row) => (row.fundingBasis === "unknown" ? <Unknown /> : basisWords[row.fundingBasis])),
      cellClass: pendingIn("isAchPrefund", "isUnderWritten"),
    },
    {
      id: "debitLimitMinor",
      header: "Debit limit",
      width: 80,
      align: "end",
      sortable: true,
      cell: finzlyOnly((row) => <Amount row={row} amountMinor={row.debitLimitMinor} />),
      cellClass: pendingIn("debitExposureLimit"),
    },
    {
      id: "creditLimitMinor",
      header: "Credit limit",
      width: 81,
      align: "end",
      sortable: true,
      cell: finzlyOnly((row) => <Amount row={row} amountMinor={row.creditLimitMinor} />),
      cellClass: pendingIn("creditExposureLimit"),
    },
    {
      id: "secCodes",
      header: "SEC codes",
      width: 76,
      cell: finzlyOnly((row) => <Codes codes={row.secCodes} />),
      cellClass: pendingIn("secCodes"),
    },
    {
      id: "readAtMs",
      header: "Age",
      width: 86,
      sortable: true,
      cell: (row) =>
        row.aggregated !== undefined ? (
          <KnowledgeAge freshness={row.aggregated.freshness} nowMs={nowMs} />
        ) : row.readAtMs === undefined ? (
          <span className="unk">never read</span>
        ) : (
          <Staleness atMs={row.readAtMs} nowMs={nowMs} />
        ),
    },
    {
      id: "change",
      header: "Change",
      width: 70,
      cell: (row) =>
        row.change === undefined ? null : (
          <StatusWord
            state={row.change.state}
            text={row.change.kind === "delete" ? "Deletion" : counted(row.change.fields.length, "field")}
          />
        ),
    },
  ];
}
