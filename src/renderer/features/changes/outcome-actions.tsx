import type { ChangeDetail } from "@contract";
import { CircleCheck, CircleX, Pencil, RotateCcw, Send } from "lucide-react";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import { Button, ErrorMessage } from "../../ui/index.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import { CompareButton } from "./restored-banner.tsx";
import { environmentWord } from "./send-words.ts";
import { WithdrawButton } from "./withdraw-button.tsx";

type Ask = "send-again" | "accepted" | "refused";

function useSettling(change: ChangeDetail) {
  const readBack = useCommand("changes.readBack");
  const sendAgain = useCommand("changes.sendAgain");
  const settle = useCommand("changes.settle");
  const [ask, setAsk] = useState<Ask>();
  const confirm = async (reason: string) => {
    const seen = { id: change.id, revision: change.revision, reason };
    const result =
      ask === "send-again"
        ? await sendAgain.run(seen)
        : await settle.run({ ...seen, verdict: ask === "accepted" ? "accepted" : "refused" });
    if (result.ok) setAsk(undefined);
  };
  const cancel = () => {
    sendAgain.clear();
    settle.clear();
    setAsk(undefined);
  };
  return { readBack, sendAgain, settle, ask, setAsk, confirm, cancel };
}

const titles: Readonly<Record<Ask, (where: string, account: string) => string>> = {
  "send-again": (where, account) => `Send the same change of ${account} to ${where} once more?`,
  accepted: (where, account) => `Mark the change of ${account} at ${where} as Accepted by provider?`,
  refused: (where, account) => `Mark the change of ${account} at ${where} as Refused by provider?`,
};

const labels: Readonly<Record<Ask, string>> = {
  "send-again": "Send again",
  accepted: "Mark as Accepted by provider",
  refused: "Mark as Refused by provider",
};

const effectsOfDeletion: typeof effects = {
  "send-again": (provider) => `${provider} deletes the account, if it is still there.`,
  accepted: () => "Vostro then shows the account as deleted.",
  refused: (provider) => `Do this only when you have seen at ${provider} that the account is still there.`,
};

const effects: Readonly<Record<Ask, (provider: string) => string>> = {
  "send-again": () => "If the first one was applied after all, it is applied twice: the same values are written again.",
  accepted: () => "Vostro then takes the proposed values as the last known ones.",
  refused: (provider) =>
    `The draft comes back to be corrected. Do this only when you have seen at ${provider} that nothing changed.`,
};

/** An unclear outcome: read again, send again, or a person's word, each with its reason in the trail. */
function SettleActions({ change }: { readonly change: ChangeDetail }) {
  const { readBack, sendAgain, settle, ask, setAsk, confirm, cancel } = useSettling(change);
  const provider = providerNames[change.provider];
  const where = `${provider} ${environmentWord(change.environment)}`;
  const shown = ask ?? "accepted";
  return (
    <div className="decide">
      <h3>Settle this outcome</h3>
      <div className="row">
        {change.canReadBack ? (
          <Button
            variant="primary"
            icon={RotateCcw}
            isPending={readBack.isRunning}
            onPress={() => void readBack.run({ id: change.id })}
          >
            Read the account again
          </Button>
        ) : null}
        {change.compareFirst ? null : (
          <Button icon={Send} onPress={() => setAsk("send-again")}>
            Send again
          </Button>
        )}
        <Button icon={CircleCheck} onPress={() => setAsk("accepted")}>
          Mark as Accepted by provider
        </Button>
        <Button icon={CircleX} onPress={() => setAsk("refused")}>
          Mark as Refused by provider
        </Button>
      </div>
      {readBack.failure === undefined ? null : <ErrorMessage>{failureSentence(readBack.failure)}</ErrorMessage>}
      <p>
        {change.canReadBack ? "" : "This connection cannot read accounts. "}A mark needs your reason and is named in the
        audit trail. If you cannot tell, look at account UID {change.accountUid} in {provider}, or leave it.
      </p>
      <ReasonDialog
        title={titles[shown](where, change.accountName)}
        confirmLabel={labels[shown]}
        isOpen={ask !== undefined}
        isPending={sendAgain.isRunning || settle.isRunning}
        failure={sendAgain.failure ?? settle.failure}
        onConfirm={(reason) => void confirm(reason)}
        onCancel={cancel}
      >
        <p>{(change.kind === "delete" ? effectsOfDeletion : effects)[shown](provider)}</p>
      </ReasonDialog>
    </div>
  );
}

function TryNow({ change }: { readonly change: ChangeDetail }) {
  const send = useCommand("changes.send");
  if (change.message === undefined) return null;
  return (
    <>
      <Button
        icon={Send}
        isPending={send.isRunning}
        onPress={() => void send.run({ id: change.id, revision: change.revision })}
      >
        Try now
      </Button>
      {send.failure === undefined ? null : <ErrorMessage>{failureSentence(send.failure)}</ErrorMessage>}
    </>
  );
}

/** What a person can do with a change in its state. */
export function OutcomeActions({ change, onEdit }: { readonly change: ChangeDetail; readonly onEdit: () => void }) {
  const mayEdit = useMayEdit();
  if (!mayEdit) return <p className="small muted">Only a maker or an administrator can act on this change.</p>;
  switch (change.state) {
    case "outcome-unknown":
      return <SettleActions key={change.id} change={change} />;
    case "draft":
      return (
        <div className="acts">
          <Button variant="primary" icon={Pencil} onPress={onEdit}>
            Open the draft
          </Button>
          <WithdrawButton change={change} />
        </div>
      );
    case "refused":
    case "rejected":
    case "expired":
      return (
        <div className="acts">
          {change.kind === "delete" ? null : (
            <Button variant="primary" icon={Pencil} onPress={onEdit}>
              Correct the draft
            </Button>
          )}
          <WithdrawButton change={change} />
        </div>
      );
    case "approved":
      if (change.compareFirst) {
        return (
          <div className="acts">
            <CompareButton />
          </div>
        );
      }
      return (
        <div className="acts">
          <TryNow change={change} />
          <WithdrawButton change={change} />
        </div>
      );
    case "waiting-for-approval":
    case "conflict":
      return (
        <div className="acts">
          <WithdrawButton change={change} />
        </div>
      );
    case "accepted":
    case "withdrawn":
    case "reversed":
      if (change.kind === "delete" && change.state === "accepted") return null;
      return (
        <div className="acts">
          <Button icon={Pencil} onPress={onEdit}>
            Edit the account
          </Button>
        </div>
      );
    case "sending":
      return null;
  }
}
