import type { ChangeDetail } from "@contract";
import { accountNumberWarning } from "@contract/rules/account-number-text.ts";
import { CircleSlash } from "lucide-react";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import { Button, ConfirmDialog, ErrorMessage, TextAreaField } from "../../ui/index.ts";
import { countOf, environmentWord } from "./send-words.ts";

const longestReason = 255;

/** Takes a change back; the trail keeps it and its reason. */
export function WithdrawButton({ change }: { readonly change: ChangeDetail }) {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState("");
  const withdraw = useCommand("changes.withdraw");
  const said = reason.trim();
  const isTooLong = said.length > longestReason;
  const run = async () => {
    if (isTooLong) return;
    const result = await withdraw.run({ id: change.id, revision: change.revision, reason: said });
    if (result.ok) setAsks(false);
  };
  const cancel = () => {
    withdraw.clear();
    setAsks(false);
  };
  return (
    <>
      <Button icon={CircleSlash} onPress={() => setAsks(true)}>
        Withdraw
      </Button>
      <ConfirmDialog
        title={`Withdraw the change of ${change.accountName}?`}
        isOpen={asks}
        highRisk
        confirmLabel="Withdraw the change"
        isPending={withdraw.isRunning}
        onConfirm={() => void run()}
        onCancel={cancel}
      >
        <p>Vostro will not send it to {providerNames[change.provider]} {environmentWord(change.environment)}. It stays in the trail.</p>
        <TextAreaField
          label="Reason"
          countTo={longestReason}
          value={reason}
          onChange={setReason}
          warning={accountNumberWarning(reason)}
          error={
            isTooLong
              ? `The reason has ${countOf(said.length, "character")}; it may have at most ${String(longestReason)}.`
              : undefined
          }
        />
        {withdraw.failure === undefined ? null : <ErrorMessage>{failureSentence(withdraw.failure)}</ErrorMessage>}
      </ConfirmDialog>
    </>
  );
}
