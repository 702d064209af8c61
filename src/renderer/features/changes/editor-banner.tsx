import type { AccountDetail, ChangeDetail, Failure } from "@contract";
import { useState } from "react";
import { call, failureSentence, failureWords, useCall } from "../../bridge/index.ts";
import { Banner, Button } from "../../ui/index.ts";
import type { SaveState } from "../../bridge/autosave.ts";
import type { DraftSession } from "./draft-session.ts";
import { outcomeWords } from "./outcome-words.ts";

export interface EditorBannerProps {
  readonly account: AccountDetail;
  readonly start: ChangeDetail | undefined;
  readonly save: SaveState;
  readonly session: DraftSession;
  readonly onReload: () => void;
}

function titleOf(failure: Failure): string {
  if (failure.code === "conflict") return "This draft moved on elsewhere.";
  return failure.code === "input-invalid" ? "The draft is not saved." : `The draft is not saved. ${failureWords(failure).title}`;
}

function SaveFailed({ account, save, session, onReload }: Omit<EditorBannerProps, "start">) {
  const [isBusy, setBusy] = useState(false);
  if (save.kind !== "failed") return null;
  const { failure } = save;
  const takeNewest = () => {
    session.load(session.saved());
    onReload();
  };
  const keepMine = async () => {
    setBusy(true);
    const result = await call("changes.editable", { accountId: account.id });
    setBusy(false);
    if (result.ok && result.value.change !== undefined) session.keepMine(result.value.change);
  };
  return (
    <Banner
      tone="bad"
      title={titleOf(failure)}
      actions={
        failure.code === "conflict" ? (
          <>
            <Button size="sm" onPress={takeNewest}>Open the newest</Button>
            <Button size="sm" isPending={isBusy} onPress={() => void keepMine()}>Keep what I typed</Button>
          </>
        ) : (
          <Button size="sm" onPress={() => void session.saveNow()}>Save again</Button>
        )
      }
    >
      {failureSentence(failure)} What you typed is still here.
    </Banner>
  );
}

function Offline() {
  return (
    <Banner tone="info" title="This computer is offline.">
      You can review and draft; sending waits for a connection.
    </Banner>
  );
}

/** One banner: a save that failed comes first, then why an earlier sending of this change came back. */
export function EditorBanner({ start, ...rest }: EditorBannerProps) {
  const { data: status } = useCall("workspace.status", {});
  const isOffline = status?.online === false;
  if (rest.save.kind === "failed") return <SaveFailed {...rest} />;
  if (start === undefined || (start.state === "draft" && start.message === undefined)) return isOffline ? <Offline /> : null;
  if (start.state === "draft") {
    return start.message === undefined ? null : <Banner tone="warn" title="This draft came back.">{start.message}</Banner>;
  }
  const words = outcomeWords(start);
  return <Banner tone={words.tone} title={words.title}>{words.body}</Banner>;
}
