/* oxlint-disable jsx-a11y/no-autofocus -- the only thing to do on this screen is to type */
import type { AppState } from "@contract";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Button, ErrorMessage, Form, TextField } from "../../ui/index.ts";
import { GateCard } from "./gate-card.tsx";
import { LeaveLink } from "./leave-link.tsx";
import { useWait } from "./use-wait.ts";

/** Asks for the passphrase the file's key is made from, where no keyring guards it. */
export function UnlockScreen({ state }: { readonly state: AppState }) {
  const [passphrase, setPassphrase] = useState("");
  const [isMissed, setMissed] = useState(false);
  const open = useCommand("workspace.open");
  const wait = useWait(open.failure?.retryAfterMs ?? state.signInWaitMs, open.failure?.correlationId);
  const current = state.current;
  const refused = open.failure === undefined ? undefined : failureSentence(open.failure);
  if (current === undefined) return null;
  const submit = async () => {
    setMissed(passphrase === "");
    if (passphrase === "" || wait !== undefined) return;
    const result = await open.run({ id: current.id, unlockPassphrase: passphrase });
    if (!result.ok) setPassphrase("");
  };
  return (
    <GateCard title={`Unlock ${current.name}`} below={<LeaveLink />}>
      <p className="soft">
        No keyring on this computer guards the key of this file, so it is made from the unlock passphrase.
      </p>
      <Form onSubmit={submit}>
        <TextField
          label="Unlock passphrase"
          name="unlockPassphrase"
          type="password"
          autoComplete="off"
          autoFocus
          value={passphrase}
          onChange={setPassphrase}
          maxLength={200}
          error={isMissed && passphrase === "" ? "Type the unlock passphrase first." : refused}
        />
        {wait === undefined ? null : <ErrorMessage>{wait}</ErrorMessage>}
        <Button type="submit" variant="primary" wide isPending={open.isRunning} isDisabled={wait !== undefined}>
          Unlock the workspace
        </Button>
      </Form>
    </GateCard>
  );
}
