import type { BatchId, ChangeId } from "@contract";
import { BatchRoute } from "../features/batches/batch-route.tsx";
import { InlineChange } from "../features/changes/inline-change.tsx";

const renderChange = (id: ChangeId) => <InlineChange changeId={id} />;

/** One batch, whose rows open with the very detail of a single change. */
export function ImportRoute({ batchId }: { readonly batchId: BatchId }) {
  return <BatchRoute batchId={batchId} renderChange={renderChange} />;
}
