import type { BatchDetail, ChangeId } from "@contract";
import { useState, type ReactNode } from "react";
import { useCall } from "../../bridge/index.ts";
import { Banner, Button, counted, Link, PageHeader, Pane, SplitPage, Status, type BannerTone } from "../../ui/index.ts";
import { BatchActions } from "./batch-actions.tsx";
import { BatchFacts } from "./batch-facts.tsx";
import { BatchProgressBar } from "./batch-progress.tsx";
import { BatchRows } from "./batch-rows.tsx";
import { batchLooks, runningStates } from "./batch-words.ts";
import { approvalReason } from "./confirm-form.ts";
import { outcomeShare } from "./progress-words.ts";
import { WithdrawnBatch } from "./withdrawn-batch.tsx";

export interface BatchPageProps {
  readonly batch: BatchDetail;
  readonly renderChange: (id: ChangeId) => ReactNode;
}

const bannerOf: Partial<
  Record<BatchDetail["state"], { readonly tone: BannerTone; readonly title: string; readonly text: string }>
> = {
  paused: { tone: "warn", title: "This batch is paused.", text: "Nothing more is sent until somebody resumes it." },
  stopped: { tone: "warn", title: "This batch was stopped.", text: "What was left is withdrawn and was not sent." },
  withdrawn: { tone: "info", title: "This batch was withdrawn.", text: "Nothing was sent." },
  making: {
    tone: "info",
    title: "Preparing the changes.",
    text: "Each row is compared once more; the first ones go out in a moment.",
  },
};

/** What waits for a second person, and why; the others do not wait for it. */
function WaitingBanner({ batch }: { readonly batch: BatchDetail }) {
  const { waiting } = batch.outcomes;
  const others = outcomeShare(batch.outcomes).total - waiting;
  return (
    <Banner tone="info" title={`${counted(waiting, "row waits", "rows wait")} for approval.`}>
      {approvalReason(batch)} {waiting === 1 ? "It is" : "They are"} not sent before.{" "}
      {others === 0 ? "" : `The ${counted(others, "other row")} ${others === 1 ? "is" : "are"} dealt with. `}
      To send {waiting === 1 ? "it" : "them"} without a second person, an administrator changes the rule under{" "}
      <Link to="/settings">Settings</Link>; then withdraw {waiting === 1 ? "it" : "them"} here and
      send again what failed.
    </Banner>
  );
}

/** What a person typed as a reason may lack its full stop. */
function asSentence(words: string): string {
  return /[.!?…]$/u.test(words) ? words : `${words}.`;
}

function StateBanner({ batch }: { readonly batch: BatchDetail }) {
  if (batch.state === "waiting" && batch.outcomes.waiting > 0) return <WaitingBanner batch={batch} />;
  const found = bannerOf[batch.state];
  if (found === undefined) return batch.message === undefined ? null : <Banner tone="warn" title={batch.message} />;
  return (
    <Banner tone={found.tone} title={found.title}>
      {batch.message === undefined ? "" : `${asSentence(batch.message)} `}
      {found.text}
    </Banner>
  );
}

/** A batch that is or was sent: how far it has come, every row's outcome, and what can be done. */
export function BatchPage({ batch, renderChange }: BatchPageProps) {
  const [failed, setFailed] = useState<string>();
  const { data: connections } = useCall("connections.list", {});
  const look = batchLooks[batch.state];
  const isWithdrawn = batch.state === "withdrawn";
  return (
    <div className="page">
      <PageHeader
        title={batch.name}
        crumbs={[{ label: "Import", to: "/import" }]}
        beside={
          <>
            <span className="soft id">B-{String(batch.id).padStart(4, "0")}</span>
            <Status pill icon={look.icon} tone={look.tone} spin={runningStates.has(batch.state)}>
              {look.word}
            </Status>
          </>
        }
        actions={<BatchActions batch={batch} onFailure={setFailed} />}
      />
      {failed === undefined ? (
        <StateBanner batch={batch} />
      ) : (
        <Banner
          tone="bad"
          title="This was not done."
          actions={
            <Button size="sm" onPress={() => setFailed(undefined)}>
              Close
            </Button>
          }
        >
          {failed}
        </Banner>
      )}
      {isWithdrawn ? null : (
        <BatchProgressBar batch={batch} connection={connections?.find((each) => each.id === batch.connectionId)} />
      )}
      <div className="fill">
        <SplitPage
          pane={
            <Pane label="Batch" width={256} minWidth={220} maxWidth={420}>
              <BatchFacts batch={batch} onFailure={setFailed} />
            </Pane>
          }
        >
          {isWithdrawn ? <WithdrawnBatch batch={batch} /> : <BatchRows batch={batch} renderChange={renderChange} />}
        </SplitPage>
      </div>
    </div>
  );
}
