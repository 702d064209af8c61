/* oxlint-disable jsx-a11y/no-autofocus -- focus has to start inside a dialog, on Cancel where the risk is high */
import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button, IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { plainLine } from "./format.ts";
import { TextField } from "./text-fields.tsx";

export interface DialogProps {
  /** Names the object, the count and the effect. */
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the primary one last. */
  readonly footer?: ReactNode;
  readonly wide?: boolean | undefined;
  readonly role?: "dialog" | "alertdialog" | undefined;
}

/** A modal dialog: Esc closes it, focus returns to where it came from. */
export function Dialog({ title, isOpen, onClose, children, footer, wide = false, role = "dialog" }: DialogProps) {
  return (
    <ModalOverlay className="scrim" isOpen={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal className={classNames("dialog-frame", wide && "wide")}>
        <AriaDialog className="dialog" role={role}>
          <header>
            <Heading slot="title" level={2}>{plainLine(title)}</Heading>
            <IconButton label="Close, Esc" icon={X} onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {footer === undefined ? null : <footer>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly children: ReactNode;
  /** Repeats the verb, the object and the count: "Send 6 fields to PRODUCTION". */
  readonly confirmLabel: string;
  readonly cancelLabel?: string | undefined;
  readonly danger?: boolean | undefined;
  /** High risk: focus starts on Cancel. */
  readonly highRisk?: boolean | undefined;
  /** What must be typed before confirming does anything (the count). */
  readonly typeToConfirm?: string | undefined;
  readonly isPending?: boolean | undefined;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, isOpen, children, confirmLabel, cancelLabel = "Cancel", danger = false, highRisk = false } = props;
  const [typed, setTyped] = useState("");
  const [missed, setMissed] = useState(false);
  const done = (act: () => void) => {
    setTyped("");
    setMissed(false);
    act();
  };
  const confirm = () => {
    if (props.typeToConfirm !== undefined && typed.trim() !== props.typeToConfirm) setMissed(true);
    else done(props.onConfirm);
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={() => done(props.onCancel)}
      role="alertdialog"
      footer={
        <>
          <Button autoFocus={highRisk} onPress={() => done(props.onCancel)}>{cancelLabel}</Button>
          <Button
            variant={danger ? "danger" : "primary"}
            autoFocus={!highRisk && props.typeToConfirm === undefined}
            isPending={props.isPending}
            onPress={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {props.typeToConfirm === undefined ? null : (
        <TextField
          label={`Type ${props.typeToConfirm} to confirm`}
          value={typed}
          onChange={setTyped}
          error={missed ? `Type ${props.typeToConfirm} exactly.` : undefined}
        />
      )}
    </Dialog>
  );
}
