import { X } from "lucide-react";
import { failureWords, useCall } from "../../bridge/index.ts";
import { Block, DateTime, Facts, FailureBanner, IconButton, Loading } from "../../ui/index.ts";
import { areaLabel } from "./areas.ts";
import { comparedFacts, jsonLines } from "./json-lines.ts";

interface BeforeAfterProps {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function BeforeAfter({ before, after }: BeforeAfterProps) {
  if (before === undefined && after === undefined) return null;
  const compared = comparedFacts(before, after);
  if (compared === undefined) {
    return (
      <Block title="Before and after" source="numbers masked">
        {before === undefined ? null : <pre className="well">{jsonLines(before)}</pre>}
        {after === undefined ? null : <pre className="well">{jsonLines(after)}</pre>}
      </Block>
    );
  }
  return (
    <Block title="Before and after" source="numbers masked">
      <dl className="before-after">
        {compared.map(({ name, before: was, after: is, isChanged }) => [
          <dt key={`${name}-name`}>{name}</dt>,
          <dd key={`${name}-values`}>
            {isChanged && was !== undefined ? <p><span className="sign">{"\u2212"}</span><del>{was}</del></p> : null}
            {isChanged && is !== undefined ? <p><span className="sign add">+</span><ins>{is}</ins></p> : null}
            {isChanged ? null : <p><span className="sign" /><span className="soft">{is}</span></p>}
          </dd>,
        ])}
      </dl>
    </Block>
  );
}

export interface LogDetailProps {
  readonly seq: number;
  readonly onClose: () => void;
}

/** One row of the trail with its place in the hash chain. */
export function LogDetail({ seq, onClose }: LogDetailProps) {
  const { data, failure } = useCall("audit.detail", { seq }, { keepPrevious: true });
  if (failure !== undefined) return <FailureBanner words={failureWords(failure)} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <div className="pane-top">
        <div className="eyebrow">
          <span>{areaLabel(data.action)}</span>
          <span className="grow" />
          <IconButton label="Close, Esc" icon={X} onPress={onClose} />
        </div>
        <h2>{data.summary}</h2>
      </div>
      <Block title="Who and when">
        <Facts
          wrap
          facts={[
            { label: "Person", value: data.person },
            { label: "Time", value: <DateTime atMs={data.atMs} /> },
            { label: "Action", value: <span className="id">{data.action}</span> },
            { label: "Subject", value: <span className="id">{data.subject}</span> },
            { label: "Correlation", value: <span className="id">{data.correlationId}</span> },
          ]}
        />
      </Block>
      <BeforeAfter before={data.before} after={data.after} />
      <Block title="Place in the chain" source={`row ${data.seq}`}>
        <Facts
          wrap
          facts={[
            { label: "Row before", value: <span className="id hash">{data.previousHash}</span> },
            { label: "This row", value: <span className="id hash">{data.hash}</span> },
          ]}
        />
      </Block>
    </>
  );
}
