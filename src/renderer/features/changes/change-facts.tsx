import type { ChangeDetail } from "@contract";
import { Circle } from "lucide-react";
import { Block, DateTime, dateTimeText, EnvironmentBadge, Facts, Icon, NotSet, RiskTag } from "../../ui/index.ts";

/** Who made, sent and approved it, why, and what happened to it. */
export function ChangeFacts({ change }: { readonly change: ChangeDetail }) {
  const by = (name: string, atMs: number | undefined) => (
    <>
      {name} {atMs === undefined ? null : <span className="when"><DateTime atMs={atMs} /></span>}
    </>
  );
  return (
    <>
      <Block title="Who and why">
        <Facts
          wrap
          facts={[
            { label: "Made by", value: by(change.madeBy, change.createdAtMs) },
            ...(change.sentBy === undefined ? [] : [{ label: "Sent by", value: by(change.sentBy, change.sentAtMs) }]),
            ...(change.approvedBy === undefined ? [] : [{ label: "Approved by", value: by(change.approvedBy, change.approvedAtMs) }]),
            { label: "Risk", value: <><RiskTag risk={change.risk} /> {change.riskReason}</> },
            { label: "Category", value: change.reasonCategory === "" ? <NotSet /> : change.reasonCategory },
            {
              label: "Authorisation",
              value: change.authorisationRef === "" ? <NotSet /> : <span className="id">{change.authorisationRef}</span>,
            },
            { label: "Reason", value: change.proposed.reason ?? <NotSet /> },
            { label: "Connection", value: <>{change.connectionName} <EnvironmentBadge environment={change.environment} /></> },
            { label: "Customer UID", value: <span className="id">{change.customerUid}</span> },
            { label: "Account UID", value: <span className="id">{change.accountUid}</span> },
          ]}
        />
      </Block>
      <Block title="History">
        <ol className="events">
          {change.history.map((event) => (
            <li key={`${String(event.atMs)} ${event.text}`}>
              <Icon of={Circle} size="xs" />
              <span>
                {event.person === "" ? event.text : `${event.text.replace(/\.$/u, "")}, ${event.person}`}{" "}
                <span className="when">{dateTimeText(event.atMs)}</span>
              </span>
            </li>
          ))}
        </ol>
      </Block>
    </>
  );
}
