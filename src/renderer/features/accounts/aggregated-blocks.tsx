import type { AccountDetail, AggregatedDetail } from "@contract";
import { attemptOutcome, freshnessSentence, isLastAttemptBad } from "@contract/rules/aggregation/freshness.ts";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { providerNames } from "../../bridge/provider-name.ts";
import { Block, DateTime, Facts, Icon, Link, MaskedNumber, Staleness, useNow } from "../../ui/index.ts";
import "./aggregated.css";
import { NextStep } from "./next-step.tsx";
import { PositionsTable } from "./positions-table.tsx";
import { Shown } from "./shown-value.tsx";

interface Props {
  readonly account: AccountDetail;
  readonly detail: AggregatedDetail;
}

function Dated({ atS, children }: { readonly atS: number | undefined; readonly children?: ReactNode }) {
  if (atS === undefined) return <span className="unk">no date</span>;
  return (
    <>
      <DateTime atMs={atS * 1000} /> {children}
    </>
  );
}

function Attempt({ detail }: { readonly detail: AggregatedDetail }) {
  const outcome = attemptOutcome(detail.freshness);
  const isBad = isLastAttemptBad(detail.freshness);
  const words = { never: "never", succeeded: "succeeded", failed: "failed", running: "running", unclear: "not confirmed" };
  return (
    <Dated atS={detail.freshness.attemptDateS}>
      <span className={isBad ? "status bad" : "when"}>
        {isBad ? <Icon of={TriangleAlert} size="xs" /> : null} {words[outcome]}
      </span>
    </Dated>
  );
}

function AggregatedFreshness({ account, detail }: Props) {
  const nowMs = useNow();
  const { freshness } = detail;
  const isBad = isLastAttemptBad(freshness);
  const aged = (atS: number | undefined) => (
    <Dated atS={atS}>{atS === undefined ? null : <Staleness atMs={atS * 1000} lastAttemptFailed={isBad} />}</Dated>
  );
  return (
    <Block title="Freshness" source={`by ${providerNames[account.provider]}'s clock`}>
      <Facts
        wrap
        facts={[
          { label: "Balance date", value: aged(freshness.balanceDateS) },
          { label: "Last success", value: aged(freshness.successDateS) },
          { label: "Last attempt", value: <Attempt detail={detail} /> },
          {
            label: "Read by Vostro",
            value: account.readAtMs === undefined ? <span className="unk">never</span> : <DateTime atMs={account.readAtMs} />,
          },
        ]}
      />
      <p className="small freshness-sentence">{freshnessSentence(freshness, nowMs)}</p>
    </Block>
  );
}

function RelativeLine({ of }: { readonly of: AggregatedDetail["children"][number] }) {
  const name = of.accountName ?? `Account ${of.accountUid}`;
  return (
    <li>
      <span>
        {of.id === undefined ? name : <Link to={`/accounts/${String(of.id)}`}>{name}</Link>}{" "}
        {of.last4 === undefined ? null : <MaskedNumber last4={of.last4} />}{" "}
        <span className="muted">{of.id === undefined ? "not read yet" : of.typeLabel}</span>
      </span>
      {of.balance === undefined ? null : <Shown value={of.balance} />}
    </li>
  );
}

function StudentLoans({ detail }: { readonly detail: AggregatedDetail }) {
  if (detail.parent === undefined && detail.children.length === 0) return null;
  return (
    <Block title="Belongs together" source="by parent account">
      {detail.parent === undefined ? null : (
        <>
          <p className="small muted">Part of</p>
          <ul className="relatives">
            <RelativeLine of={detail.parent} />
          </ul>
        </>
      )}
      {detail.children.length === 0 ? null : (
        <>
          <p className="small muted">Its accounts</p>
          <ul className="relatives">
            {detail.children.map((child) => (
              <RelativeLine key={child.accountUid} of={child} />
            ))}
          </ul>
        </>
      )}
    </Block>
  );
}

function fieldFacts(fields: AggregatedDetail["record"]) {
  const labels = fields.map(({ label }) => label);
  return fields.map(({ key, label, value }) => ({
    label: labels.filter((other) => other === label).length > 1 ? `${label} (${key})` : label,
    value: <Shown value={value} />,
  }));
}

/** An account as its aggregator knows it: how fresh, who must act, and everything that was sent. */
export function AggregatedBlocks({ account, detail }: Props) {
  return (
    <div className="aggregated">
      <AggregatedFreshness account={account} detail={detail} />
      {account.deleted === undefined && account.missingSinceMs === undefined ? (
        <Block title="Aggregation status">
          <NextStep accountId={account.id} status={detail.status} />
        </Block>
      ) : null}
      <Block title="Balance" source={account.currency ?? "currency not sent"}>
        <Facts
          rightAligned
          facts={[
            { label: "Cleared balance", value: <Shown value={detail.balance} /> },
            { label: "Type", value: detail.isTypeKnown ? detail.typeLabel : `${detail.typeLabel} (not documented)` },
          ]}
        />
      </Block>
      <StudentLoans detail={detail} />
      {detail.groups.map((group) => (
        <Block key={group.title} title={group.title} source={group.title === "Other" ? "as the provider sent it" : undefined}>
          <Facts rightAligned wrap facts={fieldFacts(group.fields)} />
        </Block>
      ))}
      {detail.positions.rows.length === 0 ? null : (
        <Block title="Positions" source={`${String(detail.positions.rows.length)} held`}>
          <PositionsTable positions={detail.positions} />
        </Block>
      )}
      <Block title="Record" source="cannot be edited">
        <Facts wrap facts={fieldFacts(detail.record)} />
      </Block>
    </div>
  );
}
