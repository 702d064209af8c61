import { batchSourceNames, type BatchDetail } from "@contract";
import { Block, bytesText, countText, dateTimeText, Facts, ShortHash, type Fact } from "../../ui/index.ts";
import { FollowUps, Relatives } from "./follow-ups.tsx";
import { ResultExport, type ResultExportProps } from "./result-export.tsx";
import { withdrawnWords } from "./withdrawn-batch.tsx";

const fact = (label: string, value: Fact["value"] | undefined): readonly Fact[] =>
  value === undefined || value === "" ? [] : [{ label, value }];

function WhoAndWhy({ batch }: { readonly batch: BatchDetail }) {
  const isWithdrawn = batch.state === "withdrawn";
  const onRefusals =
    batch.stopAfterRefusals === undefined ? "goes on" : `stops after ${countText(batch.stopAfterRefusals)}`;
  const connection =
    batch.connectionName === undefined ? undefined : `${batch.connectionName}, ${batch.environment ?? ""}`;
  return (
    <Block title="Who and why" level={2}>
      <Facts
        wrap
        facts={[
          ...fact(
            "Made by",
            <>
              {batch.madeBy} <span className="when">{dateTimeText(batch.createdAtMs)}</span>
            </>,
          ),
          ...fact("Sent by", batch.sentBy),
          ...fact("Withdrawn", isWithdrawn ? withdrawnWords(batch) : undefined),
          ...fact(
            "Authorisation",
            batch.authorisationRef === "" ? undefined : <span className="id">{batch.authorisationRef}</span>,
          ),
          ...fact("Category", batch.reasonCategory),
          ...fact("Reason", batch.reason),
          ...fact("Connection", connection),
          ...fact("On refusals", isWithdrawn ? undefined : onRefusals),
        ]}
      />
    </Block>
  );
}

/** The pane beside a batch: its result file, who and why, the file, and what comes after. */
export function BatchFacts({ batch, onFailure }: ResultExportProps) {
  const isWithdrawn = batch.state === "withdrawn";
  const all = countText(batch.rows);
  const isOver = batch.state === "finished" || batch.state === "stopped";
  return (
    <div className="batch-facts">
      {isWithdrawn ? null : <ResultExport batch={batch} onFailure={onFailure} />}
      {isOver ? <FollowUps batch={batch} onFailure={onFailure} /> : null}
      <WhoAndWhy batch={batch} />
      <Block title="File" level={2}>
        <Facts
          facts={[
            ...fact("Name", batch.fileName ?? batchSourceNames[batch.source]),
            ...fact("Rows", isWithdrawn ? all : `${countText(batch.totals.chosen)} of ${all}`),
            ...fact("Size", batch.bytes === undefined ? undefined : bytesText(batch.bytes)),
            ...fact("SHA-256", batch.sha256 === undefined ? undefined : <ShortHash hash={batch.sha256} />),
          ]}
        />
      </Block>
      {isWithdrawn && batch.parent !== undefined ? (
        <Block title="Where it came from" level={2}>
          <Relatives batch={batch} />
        </Block>
      ) : null}
      {isOver || isWithdrawn ? null : <FollowUps batch={batch} onFailure={onFailure} />}
    </div>
  );
}
