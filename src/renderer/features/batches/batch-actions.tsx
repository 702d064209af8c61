import type { BatchDetail } from "@contract";
import { Pause, Play, Square } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../bridge/index.ts";
import { Button, ConfirmDialog, counted } from "../../ui/index.ts";

export interface BatchActionsProps {
  readonly batch: BatchDetail;
  readonly onFailure: (sentence: string) => void;
}

/** Pause, Resume, Stop; taking back what waits for approval. */
export function BatchActions({ batch, onFailure }: BatchActionsProps) {
  const pause = useCommand("batches.pause");
  const resume = useCommand("batches.resume");
  const stop = useCommand("batches.stop");
  const withdraw = useCommand("batches.withdraw");
  const [asks, setAsks] = useState<"stop" | "withdraw">();
  const { left } = batch.outcomes;
  const runs = batch.state === "sending" || batch.state === "making";
  const isPaused = batch.state === "paused";
  const report = (done: ReturnType<typeof pause.run>) =>
    void done.then((result) => (result.ok ? undefined : onFailure(result.failure.message)));
  return (
    <>
      {runs ? (
        <Button icon={Pause} isPending={pause.isRunning} onPress={() => report(pause.run({ id: batch.id }))}>
          Pause
        </Button>
      ) : null}
      {isPaused ? (
        <Button
          variant="primary"
          icon={Play}
          isPending={resume.isRunning}
          onPress={() => report(resume.run({ id: batch.id }))}
        >
          Resume, {counted(left, "row")} left
        </Button>
      ) : null}
      {runs || isPaused ? (
        <Button icon={Square} onPress={() => setAsks("stop")}>
          Stop
        </Button>
      ) : null}
      {batch.state === "waiting" ? (
        <Button icon={Square} onPress={() => setAsks("withdraw")}>
          Withdraw the batch
        </Button>
      ) : null}
      <ConfirmDialog
        title={`Stop “${batch.name}”?`}
        isOpen={asks === "stop"}
        confirmLabel={`Stop, withdraw ${counted(left, "row")}`}
        danger
        onCancel={() => setAsks(undefined)}
        onConfirm={() => {
          setAsks(undefined);
          report(stop.run({ id: batch.id }));
        }}
      >
        <p>
          Rows under way finish. The {counted(left, "row")} left {left === 1 ? "is" : "are"} withdrawn, not sent;{" "}
          {counted(batch.outcomes.accepted, "row")} Finzly accepted stay as they are. You can send the others again as a
          new batch.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        title={`Withdraw “${batch.name}”?`}
        isOpen={asks === "withdraw"}
        confirmLabel={`Withdraw ${counted(left, "change")}`}
        danger
        onCancel={() => setAsks(undefined)}
        onConfirm={() => {
          setAsks(undefined);
          report(withdraw.run({ id: batch.id, reason: "" }));
        }}
      >
        <p>Nothing has been sent. Nobody can approve it any more.</p>
      </ConfirmDialog>
    </>
  );
}
