import type { BatchDetail } from "@contract";
import { CircleSlash, Pause, Play, Square } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { Button, ConfirmDialog, counted } from "../../ui/index.ts";

export interface BatchActionsProps {
  readonly batch: BatchDetail;
  readonly onFailure: (sentence: string) => void;
}

/** Pause, Resume, Stop, which takes back what waits for approval too. */
export function BatchActions({ batch, onFailure }: BatchActionsProps) {
  const pause = useCommand("batches.pause");
  const resume = useCommand("batches.resume");
  const stop = useCommand("batches.stop");
  const may = useMayEdit();
  const [asks, setAsks] = useState(false);
  const { waiting } = batch.outcomes;
  const left = batch.outcomes.left + waiting;
  const runs = batch.state === "sending" || batch.state === "making";
  const isWaiting = batch.state === "waiting";
  const isPaused = batch.state === "paused";
  const report = (done: ReturnType<typeof pause.run>) =>
    void done.then((result) => (result.ok ? undefined : onFailure(result.failure.message)));
  if (!may) return null;
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
          Resume, {counted(batch.outcomes.left, "row")} left
        </Button>
      ) : null}
      {runs || isPaused ? (
        <Button icon={Square} onPress={() => setAsks(true)}>
          Stop
        </Button>
      ) : null}
      {isWaiting ? (
        <Button icon={CircleSlash} onPress={() => setAsks(true)}>
          Withdraw the {counted(waiting, "row")} waiting
        </Button>
      ) : null}
      <ConfirmDialog
        title={`${isWaiting ? "Withdraw what waits of" : "Stop"} “${batch.name}”?`}
        isOpen={asks}
        confirmLabel={`${isWaiting ? "Withdraw" : "Stop, withdraw"} ${counted(left, "row")}`}
        danger
        onCancel={() => setAsks(false)}
        onConfirm={() => {
          setAsks(false);
          report(stop.run({ id: batch.id }));
        }}
      >
        <p>
          {isWaiting ? "" : "Rows under way finish. "}The {counted(left, "row")} left {left === 1 ? "is" : "are"}{" "}
          withdrawn, not sent; what Finzly accepted, {counted(batch.outcomes.accepted, "row")}, stays as it is. You can
          send the others again as a new batch.
        </p>
      </ConfirmDialog>
    </>
  );
}
