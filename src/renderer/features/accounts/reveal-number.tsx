/* oxlint-disable jsx-a11y/no-autofocus -- focus has to start inside a dialog, in the field it asks for */
import type { AccountDetail, OutputOf } from "@contract";
import { accountNumberWarning } from "@contract/rules/account-number-text.ts";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Button, Dialog, ErrorMessage, LinkButton, MaskedNumber, TextAreaField, Unknown, useAnnounce } from "../../ui/index.ts";
import { useBriefly } from "./use-briefly.ts";

export interface RevealNumberProps {
  readonly account: AccountDetail;
  readonly field: "accountNumber" | "fboAccountNumber";
  /** "account number": what it is called in words. */
  readonly what: string;
}

function endingOf(account: AccountDetail, field: RevealNumberProps["field"]): string | undefined {
  const known = account.known[field]?.value;
  if (typeof known === "string" && known !== "") return known;
  return field === "accountNumber" ? account.last4 : undefined;
}

/** The masked number, and the audited way to see all of it for a short while. */
export function RevealNumber({ account, field, what }: RevealNumberProps) {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState("");
  const [missed, setMissed] = useState(false);
  const { shown, show: setShown } = useBriefly<OutputOf<"accounts.revealNumber">>("The number is masked again.");
  const reveal = useCommand("accounts.revealNumber");
  const copy = useCommand("accounts.copyNumber");
  const [isCopied, setCopied] = useState(false);
  const announce = useAnnounce();
  const { clear } = reveal;
  const close = () => {
    setAsks(false);
    setReason("");
    setMissed(false);
    clear();
  };
  const run = async () => {
    const said = reason.trim();
    if (said === "" || said.length > 255) return setMissed(true);
    const result = await reveal.run({ id: account.id, field, reason: said });
    if (!result.ok) return;
    close();
    setCopied(false);
    setShown(result.value);
  };
  const copyShown = async () => {
    const result = await copy.run({ id: account.id, field });
    setCopied(result.ok);
    if (result.ok) announce("Copied. The clipboard is emptied after 30 seconds unless you copy something else.");
  };
  const last4 = endingOf(account, field);
  if (last4 === undefined) return <Unknown />;
  if (shown !== undefined) {
    return (
      <>
        <span className="id full">{shown.value}</span>
        <LinkButton onPress={() => void copyShown()}>{isCopied ? "Copied for 30 s" : "Copy"}</LinkButton>
        <LinkButton onPress={() => setShown(undefined)}>Hide</LinkButton>
        {copy.failure === undefined ? null : <ErrorMessage>{failureSentence(copy.failure)}</ErrorMessage>}
      </>
    );
  }
  return (
    <>
      <MaskedNumber last4={last4} />
      <LinkButton onPress={() => setAsks(true)}>Show full number</LinkButton>
      <Dialog
        title={`Show the full ${what} of ${account.accountName}?`}
        isOpen={asks}
        onClose={close}
        footer={
          <>
            <Button onPress={close}>Cancel</Button>
            <Button variant="primary" isPending={reveal.isRunning} onPress={() => void run()}>Show for 20 s</Button>
          </>
        }
      >
        <p>{account.customerName}. It is shown for 20 seconds, then masked again. The trail keeps your name and the reason.</p>
        <TextAreaField
          label="Reason"
          required
          autoFocus
          countTo={255}
          value={reason}
          onChange={setReason}
          warning={accountNumberWarning(reason)}
          error={missed ? "Give a reason of at most 255 characters." : undefined}
        />
        {reveal.failure === undefined ? null : <ErrorMessage>{failureSentence(reveal.failure)}</ErrorMessage>}
      </Dialog>
    </>
  );
}
