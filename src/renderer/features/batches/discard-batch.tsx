import type { BatchDetail } from "@contract";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Button, Callout, ConfirmDialog, useAnnounce, useNavigate } from "../../ui/index.ts";

/** Gives up a batch before anything was sent. */
export function DiscardBatch({ batch }: { readonly batch: Pick<BatchDetail, "id" | "name"> }) {
  const { run, isRunning, failure } = useCommand("batches.withdraw");
  const [asks, setAsks] = useState(false);
  const go = useNavigate();
  const announce = useAnnounce();
  const discard = async () => {
    const result = await run({ id: batch.id, reason: "" });
    if (!result.ok) return;
    announce(`“${batch.name}” discarded. Nothing was sent.`);
    go("/import");
  };
  return (
    <>
      <Button variant="quiet" size="sm" icon={Trash2} onPress={() => setAsks(true)}>
        Discard
      </Button>
      <ConfirmDialog
        title={`Discard “${batch.name}”?`}
        isOpen={asks}
        confirmLabel={isRunning ? "Discarding…" : "Discard the batch"}
        danger
        onCancel={() => setAsks(false)}
        onConfirm={() => void discard()}
      >
        <p>Nothing of it was sent. What was read and corrected here goes; your file stays as it is.</p>
        {failure === undefined ? null : <Callout tone="bad">{failureSentence(failure)}</Callout>}
      </ConfirmDialog>
    </>
  );
}
