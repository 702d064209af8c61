/* oxlint-disable jsx-a11y/no-autofocus -- the only thing to do on this screen is to type */
import type { Failure, InputOf, Result } from "@contract";
import { useEffect, useState, type ReactNode } from "react";
import { failureSentence } from "../../bridge/index.ts";
import { Button, ErrorMessage, Form, TextField, useAnnounce } from "../../ui/index.ts";
import { useWait } from "./use-wait.ts";

export type Passphrase = InputOf<"workspace.unlock">["passphrase"];

export interface PassphraseFormProps {
  readonly label: string;
  readonly action: string;
  readonly submit: (passphrase: Passphrase) => Promise<Result<unknown>>;
  readonly isRunning: boolean;
  readonly failure: Failure | undefined;
  /** What main said about waiting when this screen came up. */
  readonly signInWaitMs: number;
  /** The value is put in by a click on "Fill in"; a new turn puts it in again. */
  readonly filled?: { readonly text: string; readonly turn: number } | undefined;
  readonly children?: ReactNode;
}

/** One passphrase and one button, with the growing wait after wrong tries. */
export function PassphraseForm(props: PassphraseFormProps) {
  const { label, action, submit, isRunning, failure, signInWaitMs, filled } = props;
  const [passphrase, setPassphrase] = useState("");
  const [isMissed, setMissed] = useState(false);
  const announce = useAnnounce();
  const wait = useWait(failure?.retryAfterMs ?? signInWaitMs, failure?.correlationId);
  useEffect(() => {
    if (filled !== undefined) setPassphrase(filled.text);
  }, [filled]);
  const onSubmit = async () => {
    setMissed(passphrase === "");
    if (passphrase === "" || wait !== undefined) return;
    const result = await submit(passphrase);
    if (result.ok) return;
    setPassphrase("");
    announce(failureSentence(result.failure), "assertive");
  };
  const error = wait ?? (failure === undefined ? undefined : failureSentence(failure));
  return (
    <Form onSubmit={onSubmit}>
      <TextField
        label={label}
        name="passphrase"
        type="password"
        autoComplete="off"
        autoFocus
        maxLength={200}
        value={passphrase}
        onChange={setPassphrase}
        error={isMissed && passphrase === "" && error === undefined ? "Type the passphrase first." : undefined}
      />
      {error === undefined ? null : <ErrorMessage>{error}</ErrorMessage>}
      {props.children}
      <Button type="submit" variant="primary" wide isPending={isRunning} isDisabled={wait !== undefined}>
        {action}
      </Button>
    </Form>
  );
}
