/* oxlint-disable jsx-a11y/no-autofocus -- focus has to start inside a dialog, in the field it asks for */
import type { Failure } from "@contract";
import { accountNumberWarning } from "@contract/rules/account-number-text.ts";
import { useState, type ReactNode } from "react";
import { failureSentence } from "../../bridge/index.ts";
import { Button, Dialog, ErrorMessage, TextAreaField } from "../../ui/index.ts";

export interface ReasonDialogProps {
  /** Names the act, the object and the environment. */
  readonly title: string;
  readonly confirmLabel: string;
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly failure: Failure | undefined;
  readonly children?: ReactNode;
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

/** A person's explicit act that the trail keeps with its reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [missed, setMissed] = useState(false);
  const cancel = () => {
    setReason("");
    setMissed(false);
    props.onCancel();
  };
  const confirm = () => {
    const said = reason.trim();
    if (said === "" || said.length > 255) return setMissed(true);
    setMissed(false);
    props.onConfirm(said);
  };
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={cancel}
      role="alertdialog"
      footer={
        <>
          <Button onPress={cancel}>Cancel</Button>
          <Button variant="primary" isPending={props.isPending} onPress={confirm}>{props.confirmLabel}</Button>
        </>
      }
    >
      {props.children}
      <TextAreaField
        label="Reason"
        required
        autoFocus
        countTo={255}
        value={reason}
        onChange={setReason}
        help="Kept in the audit trail with your name."
        warning={accountNumberWarning(reason)}
        error={missed ? "Give a reason of at most 255 characters." : undefined}
      />
      {props.failure === undefined ? null : <ErrorMessage>{failureSentence(props.failure)}</ErrorMessage>}
    </Dialog>
  );
}
