/* oxlint-disable jsx-a11y/no-autofocus -- focus has to start inside a dialog, on the one thing it offers */
import type { AccountDetail, Failure, OutputOf } from "@contract";
import { KeyRound } from "lucide-react";
import { useRef, useState } from "react";
import { call, failureSentence } from "../../bridge/index.ts";
import { Button, Dialog, ErrorMessage, Facts } from "../../ui/index.ts";
import { useBriefly } from "./use-briefly.ts";

type Shown = OutputOf<"accounts.loginForm">;
type LoginField = Shown["fields"][number];

function FieldValue({ field }: { readonly field: LoginField }) {
  return (
    <>
      {field.mask ? (
        <span className="id">
          <span aria-hidden="true">••••</span>
          <span className="sr">masked</span>
        </span>
      ) : field.value === undefined ? (
        <span className="unk">empty</span>
      ) : (
        <span className="id">{field.value}</span>
      )}
      {field.description === undefined ? null : <span className="muted small"> {field.description}</span>}
    </>
  );
}

function Fields({ fields }: { readonly fields: readonly LoginField[] }) {
  if (fields.length === 0) return <p>Finicity names no fields for this bank.</p>;
  return (
    <Facts wrap facts={fields.map((field) => ({ label: field.name, value: <FieldValue field={field} /> }))} />
  );
}

/** The sign-in form of a Finicity account at its bank: asked for each time, shown for a short while, kept nowhere. */
export function LoginForm({ account }: { readonly account: AccountDetail }) {
  const [isOpen, setOpen] = useState(false);
  const { shown, isOver, show: setShown } = useBriefly<Shown>("The login form is hidden again.");
  const asked = useRef(0);
  const [failure, setFailure] = useState<Failure>();
  const [isReading, setReading] = useState(false);
  const close = () => {
    asked.current += 1;
    setOpen(false);
    setShown(undefined);
    setFailure(undefined);
    setReading(false);
  };
  const show = async () => {
    const mine = (asked.current += 1);
    setFailure(undefined);
    setReading(true);
    const result = await call("accounts.loginForm", { id: account.id });
    if (mine !== asked.current) return;
    setReading(false);
    setShown(result.ok ? result.value : undefined);
    if (!result.ok) setFailure(result.failure);
  };
  return (
    <>
      <Button icon={KeyRound} onPress={() => setOpen(true)}>Login form…</Button>
      <Dialog
        title={`Login form of ${account.accountName}`}
        isOpen={isOpen}
        onClose={close}
        footer={
          <>
            <Button onPress={close}>Close</Button>
            {shown === undefined ? (
              <Button variant="primary" autoFocus isPending={isReading} onPress={() => void show()}>
                {isOver ? "Show again for 20 s" : "Show for 20 s"}
              </Button>
            ) : null}
          </>
        }
      >
        {shown === undefined ? (
          <p>
            {isOver ? "The form is hidden again. " : ""}
            {account.customerName}. What the bank asks for at sign-in is read from Finicity now, shown for 20 seconds and
            kept nowhere. The trail keeps that you looked, never a value.
          </p>
        ) : (
          <Fields fields={shown.fields} />
        )}
        {failure === undefined ? null : <ErrorMessage>{failureSentence(failure)}</ErrorMessage>}
      </Dialog>
    </>
  );
}
