import type { BatchDetail } from "@contract";
import { FileUp } from "lucide-react";
import { Button, dateTimeText, Empty, useNavigate } from "../../ui/index.ts";

/** "Maya Lindqvist, 14 Jan 2026, 10:02": who gave a batch up, and when. */
export function withdrawnWords({ withdrawnBy, finishedAtMs }: Pick<BatchDetail, "withdrawnBy" | "finishedAtMs">): string {
  const atText = finishedAtMs === undefined ? "" : dateTimeText(finishedAtMs);
  return [withdrawnBy ?? "", atText].filter((part) => part !== "").join(", ");
}

/** A batch that was given up before anything was sent: there are no rows to look at. */
export function WithdrawnBatch({ batch }: { readonly batch: BatchDetail }) {
  const go = useNavigate();
  return (
    <div className="page fill">
      <Empty
        title="Its rows are no longer here."
        action={
          <Button variant="primary" icon={FileUp} onPress={() => go("/import")}>
            Import anew
          </Button>
        }
      >
        {batch.source === "file"
          ? "Your file stays as it is. To send these changes after all, import it anew."
          : "To send these changes after all, begin anew."}
      </Empty>
    </div>
  );
}
