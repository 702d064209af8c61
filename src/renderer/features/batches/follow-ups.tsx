import { isUnderWay, type BatchDetail, type OutputOf, type Result } from "@contract";
import { RotateCcw, ShieldCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { Block, Button, ConfirmDialog, counted, countText, Icon, Link, useNavigate } from "../../ui/index.ts";

export interface FollowUpsProps {
  readonly batch: BatchDetail;
  readonly onFailure: (sentence: string) => void;
}

/** What became of the rows of an undo; of the rarer kinds only those there are. */
export function undoLines(
  batch: Pick<BatchDetail, "undo" | "toSendAgain">,
): readonly { readonly count: number; readonly words: string }[] {
  const { undo, toSendAgain } = batch;
  if (undo === undefined) return [];
  const rare = [
    { count: undo.undone, words: "reversed, and undone again since" },
    {
      count: undo.refused,
      words: `refused by the provider${toSendAgain > 0 ? ", can be sent again" : ""}`,
    },
    { count: undo.unknown, words: "of unknown outcome" },
    { count: undo.withdrawn, words: "withdrawn, not sent" },
  ];
  return [
    { count: undo.reversed, words: "reversed" },
    ...rare.slice(0, 1).filter(({ count }) => count > 0),
    { count: undo.kept, words: "kept, because they changed since" },
    { count: undo.couldNot, words: "could not be put back" },
    ...rare.slice(1).filter(({ count }) => count > 0),
  ];
}

/** The batches this one came from and led to. */
export function Relatives({ batch }: { readonly batch: BatchDetail }) {
  return (
    <>
      {batch.parent === undefined ? null : (
        <p className="small">
          {relation(batch.parent.what, batch.state)}{" "}
          <Link to={`/import/${String(batch.parent.id)}`}>{batch.parent.name}</Link>
        </p>
      )}
      {batch.children.map((child) => (
        <p key={child.id} className="small">
          {child.what === "undo" ? "Undone by " : "Sent again as "}
          <Link to={`/import/${String(child.id)}`}>{child.name}</Link>
          {isUnderWay(child.state) ? ", not over yet" : child.state === "withdrawn" ? ", withdrawn" : ""}
        </p>
      ))}
    </>
  );
}

function relation(what: "retry" | "undo", state: BatchDetail["state"]): string {
  if (state === "withdrawn") return what === "undo" ? "Was to undo" : "Was to send again what failed of";
  return what === "undo" ? "Undoes" : "Sends again what failed of";
}

/** What stands to be said before the batch is over. */
function WhenItEnds() {
  return (
    <>
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
      <p className="safe">
        <Icon of={ShieldCheck} size="s" />
        <span>
          Every row is on disk before it is sent, so nothing is lost and nothing is sent twice. A restart finds the batch
          paused.
        </span>
      </p>
    </>
  );
}

/** What can be done when the batch is over: send again what failed, put everything back. */
export function FollowUps({ batch, onFailure }: FollowUpsProps) {
  const retry = useCommand("batches.retry");
  const undo = useCommand("batches.undo");
  const may = useMayEdit();
  const [asks, setAsks] = useState(false);
  const go = useNavigate();
  const { outcomes, setAside, finishedAtMs, toSendAgain, children } = batch;
  const { accepted } = outcomes;
  const isOver = finishedAtMs !== undefined && (batch.state === "finished" || batch.state === "stopped");
  const isOpen = (what: "retry" | "undo") => children.some((child) => child.what === what && isUnderWay(child.state));
  const follow = (made: Promise<Result<OutputOf<"batches.retry">>>) =>
    void made.then((result) => {
      if (!result.ok) onFailure(result.failure.message);
      else if (result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
    });
  return (
    <Block title={isOver ? "What now" : "When it ends"} level={2}>
      {batch.undo === undefined ? null : (
        <ul className="after">
          {undoLines(batch).map(({ count, words }) => (
            <li key={words}>
              <b>{countText(count)}</b> {words}
            </li>
          ))}
        </ul>
      )}
      <Relatives batch={batch} />
      {isOver ? (
        <div className="stack tight">
          {toSendAgain === 0 ? null : (
            <p className="small soft">
              {counted(toSendAgain, "row")} {toSendAgain === 1 ? "was" : "were"} refused, in conflict or not sent.
            </p>
          )}
          {setAside === 0 ? null : (
            <p className="small soft">
              {counted(setAside, "row was", "rows were")} withdrawn one by one and{" "}
              {setAside === 1 ? "is" : "are"} not sent again.
            </p>
          )}
          {!may || toSendAgain === 0 || isOpen("retry") ? null : (
            <Button
              wide
              icon={RotateCcw}
              isPending={retry.isRunning}
              onPress={() => follow(retry.run({ id: batch.id }))}
            >
              Send again only what failed, {countText(toSendAgain)}
            </Button>
          )}
          {!may || accepted === 0 || isOpen("undo") ? null : (
            <Button wide icon={Undo2} isPending={undo.isRunning} onPress={() => setAsks(true)}>
              Undo the batch, {counted(accepted, "change")}
            </Button>
          )}
        </div>
      ) : (
        <WhenItEnds />
      )}
      <ConfirmDialog
        title={`Undo “${batch.name}”?`}
        isOpen={asks}
        confirmLabel={`Prepare to undo ${counted(accepted, "change")}`}
        onCancel={() => setAsks(false)}
        onConfirm={() => {
          setAsks(false);
          follow(undo.run({ id: batch.id }));
        }}
      >
        <p>
          A new batch puts back what this one wrote to {counted(accepted, "account")}. Nothing is sent yet: you
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
