import type { AccountDetail, FinzlyFieldName } from "@contract";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import { Circle } from "lucide-react";
import type { ReactNode } from "react";
import { groupSource, sourceWords } from "../../bridge/known-source.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import {
  ageText,
  Block,
  Chip,
  dateTimeText,
  Facts,
  Icon,
  Link,
  NotSet,
  Unknown,
  useNow,
  type Fact,
} from "../../ui/index.ts";
import { basisWords } from "./account-columns.tsx";
import { RevealNumber } from "./reveal-number.tsx";

const fundingFields = [
  "isUnderWritten",
  "isAchPrefund",
  "debitExposureLimit",
  "creditExposureLimit",
  "callbackLimit",
] as const;
const identityFields = [
  "accountType",
  "accountSubType",
  "systemOfRecords",
  "currency",
  "costCenter",
  "masterGl",
] as const;
const routingFields = ["routingNumber", "bankIdType", "countryCode", "achCompanyId"] as const;
const featureFields = [
  "enableOffset",
  "defaultOffset",
  "enableWire",
  "enableCallbacks",
  "feeAccount",
  "returnAccount",
  "accountAnalysis",
] as const;
/** Shorter than the editor's labels, for the narrow pane. */
const shortLabels: Partial<Record<FinzlyFieldName, string>> = {
  routingNumber: "Routing",
  achCompanyId: "ACH company",
  accountType: "Type",
  accountSubType: "Subtype",
  systemOfRecords: "System",
};
const monoFields: ReadonlySet<FinzlyFieldName> = new Set(["routingNumber", "achCompanyId", "costCenter", "masterGl"]);

interface Props {
  readonly account: AccountDetail;
}

function KnownBlock({
  title,
  account,
  fields,
  children,
}: Props & { title: string; fields: readonly FinzlyFieldName[]; children: ReactNode }) {
  const nowMs = useNow();
  const source = groupSource(fields, account.known);
  const words =
    source === undefined
      ? "not in the last read"
      : `${sourceWords(source.source, providerNames[account.provider])}, ${ageText(source.atMs, nowMs)}`;
  return (
    <Block title={title} source={words}>
      {children}
    </Block>
  );
}

function knownNode(account: AccountDetail, field: FinzlyFieldName): ReactNode {
  const known = account.known[field];
  if (known === undefined) return <Unknown />;
  const text = displayValue(field, known.value, account.currency ?? "USD");
  if (text === "—") return <NotSet />;
  return monoFields.has(field) ? <span className="id">{text}</span> : text;
}

function factsOf(account: AccountDetail, fields: readonly FinzlyFieldName[]): readonly Fact[] {
  return fields.map((field) => ({
    label: shortLabels[field] ?? finzlyFields[field].label,
    value: knownNode(account, field),
  }));
}

function Balances({ account }: Props) {
  const balances = account.facts.filter((fact) => fact.kind === "money");
  if (balances.length === 0) return null;
  return (
    <Block title="Balance" source={account.currency}>
      <Facts rightAligned facts={balances.map((fact) => ({ label: fact.label, value: fact.value }))} />
    </Block>
  );
}

/** What is known, in the groups of the editor, each with its source and age. */
export function FactBlocks({ account }: Props) {
  const others = account.facts.filter((fact) => fact.kind !== "money");
  return (
    <>
      <Balances account={account} />
      <KnownBlock title="ACH funding, limits" account={account} fields={fundingFields}>
        <Facts
          rightAligned
          facts={[
            {
              label: "Funding basis",
              value: account.fundingBasis === "unknown" ? <Unknown /> : basisWords[account.fundingBasis],
            },
            ...factsOf(account, ["debitExposureLimit", "creditExposureLimit", "callbackLimit"]),
          ]}
        />
      </KnownBlock>
      <KnownBlock title="SEC codes" account={account} fields={["secCodes"]}>
        <span className="codes">
          {account.secCodes === undefined ? (
            <Unknown />
          ) : (
            account.secCodes.map((code) => <Chip key={code}>{code}</Chip>)
          )}
        </span>
      </KnownBlock>
      <KnownBlock title="Identity and routing" account={account} fields={[...identityFields, ...routingFields]}>
        <Facts
          wrap
          facts={[
            { label: "Customer UID", value: <span className="id">{account.customerUid}</span> },
            { label: "Account UID", value: <span className="id">{account.accountUid}</span> },
            ...factsOf(account, [...routingFields, ...identityFields]),
            {
              label: "FBO number",
              value: (
                <span className="reveal">
                  <RevealNumber account={account} field="fboAccountNumber" what="FBO account number" />
                </span>
              ),
            },
          ]}
        />
      </KnownBlock>
      <KnownBlock title="Features" account={account} fields={featureFields}>
        <Facts rightAligned facts={factsOf(account, featureFields)} />
      </KnownBlock>
      {others.length === 0 ? null : (
        <Block title="From the provider" source="cannot be edited">
          <Facts
            wrap
            facts={others.map((fact) => ({
              label: fact.label,
              value: fact.kind === "id" ? <span className="id">{fact.value}</span> : fact.value,
            }))}
          />
        </Block>
      )}
    </>
  );
}

export function HistoryBlock({ account }: Props) {
  return (
    <Block title="History">
      {account.history.length === 0 ? (
        <p className="small muted">No changes yet.</p>
      ) : (
        <ol className="events">
          {account.history.map((event) => (
            <li key={`${String(event.atMs)} ${event.text}`}>
              <Icon of={Circle} size="xs" />
              <span>
                {event.changeId === undefined ? (
                  event.text
                ) : (
                  <Link to={`/outbox/${String(event.changeId)}`}>{event.text}</Link>
                )}{" "}
                <span className="when">{dateTimeText(event.atMs)}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Block>
  );
}
