import type { BatchId, ChangeId } from "@contract";
import { useRef, type ReactNode } from "react";
import { failureSentence, failureWords } from "../../bridge/index.ts";
import { Banner, Link, Loading, useFocusRescue } from "../../ui/index.ts";
import { BatchPage } from "./batch-page.tsx";
import { isPastSteps } from "./batch-steps.ts";
import "./batches.css";
import { useBatch } from "./use-batch.ts";
import { WizardPage } from "./wizard-page.tsx";

export interface BatchRouteProps {
  readonly batchId: BatchId;
  readonly renderChange: (id: ChangeId) => ReactNode;
}

/** One batch: the steps until it is confirmed, then how it runs and what became of it. */
export function BatchRoute({ batchId, renderChange }: BatchRouteProps) {
  const { batch, progress, failure } = useBatch(batchId);
  const frame = useRef<HTMLDivElement>(null);
  const isPast = batch !== undefined && isPastSteps(batch.state);
  useFocusRescue(frame, isPast ? "batch" : "steps");
  if (batch === undefined) {
    return failure === undefined ? (
      <Loading>Opening the batch…</Loading>
    ) : (
      <Banner tone="bad" title={failureWords(failure).title} actions={<Link to="/import">All batches</Link>}>
        {failureSentence(failure)}
      </Banner>
    );
  }
  return (
    <div className="page" ref={frame}>
      {isPast ? (
        <BatchPage batch={batch} renderChange={renderChange} />
      ) : (
        <WizardPage batch={batch} progress={progress} />
      )}
    </div>
  );
}
