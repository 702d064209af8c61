import type { BatchDetail, OutputOf, Result } from "@contract";
import { RotateCcw, ShieldCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../bridge/index.ts";
import { Block, Button, ConfirmDialog, counted, countText, Icon, Link, useNavigate } from "../../ui/index.ts";

export interface FollowUpsProps {
  readonly batch: BatchDetail;
  readonly onFailure: (sentence: string) => void;
}

function UndoResult({ undo }: { readonly undo: NonNullable<BatchDetail["undo"]> }) {
  return (
    <ul className="after">
      <li>
        <b>{countText(undo.reversed)}</b> reversed
      </li>
      <li>
        <b>{countText(undo.kept)}</b> kept, because they changed since
      </li>
      <li>
        <b>{countText(undo.couldNot)}</b> could not be put back
      </li>
    </ul>
  );
}

/** What can be done when the batch is over: send again what failed, put everything back. */
export function FollowUps({ batch, onFailure }: FollowUpsProps) {
  const retry = useCommand("batches.retry");
  const undo = useCommand("batches.undo");
  const [asks, setAsks] = useState(false);
  const go = useNavigate();
  const { outcomes, setAside, finishedAtMs } = batch;
  const failed = outcomes.refused + outcomes.conflict + outcomes.withdrawn - setAside;
  const isOver = finishedAtMs !== undefined && (batch.state === "finished" || batch.state === "stopped");
  const follow = (made: Promise<Result<OutputOf<"batches.retry">>>) =>
    void made.then((result) => {
      if (!result.ok) onFailure(result.failure.message);
      else if (result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
    });
  return (
    <Block title={isOver ? "What now" : "When it ends"} level={2}>
      {batch.undo === undefined ? null : <UndoResult undo={batch.undo} />}
      {batch.parent === undefined ? null : (
        <p className="small">
          {batch.parent.what === "undo" ? "Undoes " : "Sends again what failed of "}
          <Link to={`/import/${String(batch.parent.id)}`}>{batch.parent.name}</Link>
        </p>
      )}
      {batch.children.map((child) => (
        <p key={child.id} className="small">
          {child.what === "undo" ? "Undone by " : "Sent again as "}
          <Link to={`/import/${String(child.id)}`}>{child.name}</Link>
        </p>
      ))}
      {isOver ? (
        <div className="stack tight">
          {failed === 0 ? null : (
            <p className="small soft">
              {counted(failed, "row")} {failed === 1 ? "was" : "were"} refused, in conflict or not sent.
            </p>
          )}
          {setAside === 0 ? null : (
            <p className="small soft">
              {counted(setAside, "row was", "rows were")} withdrawn one by one and{" "}
              {setAside === 1 ? "is" : "are"} not sent again.
            </p>
          )}
          {failed === 0 ? null : (
            <Button
              wide
              icon={RotateCcw}
              isPending={retry.isRunning}
              onPress={() => follow(retry.run({ id: batch.id }))}
            >
              Send again only what failed
            </Button>
          )}
          {outcomes.accepted === 0 ? null : (
            <Button wide icon={Undo2} isPending={undo.isRunning} onPress={() => setAsks(true)}>
              Undo the batch
            </Button>
          )}
        </div>
      ) : (
        <ul className="after">
          <li>
            <Icon of={RotateCcw} size="s" />
            <span>
              <b>Send again only what failed</b> makes a new batch of the rows not accepted.
            </span>
          </li>
          <li>
            <Icon of={Undo2} size="s" />
            <span>
              <b>Undo the batch</b> drafts a reversal: reversed, kept because it changed since, or could not.
            </span>
          </li>
        </ul>
      )}
      {isOver ? null : (
        <p className="safe">
          <Icon of={ShieldCheck} size="s" />
          <span>
            Every row is on disk before it is sent, so nothing is lost and nothing is sent twice. A restart finds the
            batch paused.
          </span>
        </p>
      )}
      <ConfirmDialog
        title={`Undo “${batch.name}”?`}
        isOpen={asks}
        confirmLabel={`Prepare to undo ${counted(outcomes.accepted, "change")}`}
        onCancel={() => setAsks(false)}
        onConfirm={() => {
          setAsks(false);
          follow(undo.run({ id: batch.id }));
        }}
      >
        <p>
          A new batch puts back what this one wrote to {counted(outcomes.accepted, "account")}. Nothing is sent yet: you
          see every row in Compare and confirm it as any other batch.
        </p>
        {outcomes.unknown === 0 ? null : (
          <p>
            {counted(outcomes.unknown, "row")} of unknown outcome {outcomes.unknown === 1 ? "is" : "are"} left out. Settle{" "}
            {outcomes.unknown === 1 ? "it" : "them"} first, or undo the batch once more when that is done.
          </p>
        )}
        <ul className="after">
          <li>
            <span>
              <b>Reversed</b> where the account still holds what this batch wrote.
            </span>
          </li>
          <li>
            <span>
              <b>Kept</b> where it changed since: the newer value stays.
            </span>
          </li>
          <li>
            <span>
              <b>Could not</b> where the earlier value was unknown.
            </span>
          </li>
        </ul>
      </ConfirmDialog>
    </Block>
  );
}
