/* oxlint-disable jsx-a11y/no-autofocus -- focus starts in the first field of a dialog */
import { useState } from "react";
import { failureSentence, fieldSentences, useCommand } from "../../bridge/index.ts";
import { Button, Dialog, ErrorMessage, Form, TextField, useAnnounce } from "../../ui/index.ts";
import type { PersonDialogProps } from "./add-person-dialog.tsx";
import { NewPassphraseFields, newPassphraseErrors } from "./new-passphrase-fields.tsx";

const nothingTyped = { current: "", passphrase: "", again: "" };

export function ChangePassphraseDialog({ isOpen, onClose }: PersonDialogProps) {
  const [form, setForm] = useState(nothingTyped);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const change = useCommand("people.changePassphrase");
  const announce = useAnnounce();
  const close = () => {
    setForm(nothingTyped);
    setErrors(new Map());
    change.clear();
    onClose();
  };
  const submit = async () => {
    const wrong = new Map(newPassphraseErrors(form));
    if (form.current === "") wrong.set("current", "Type the passphrase you sign in with now.");
    setErrors(wrong);
    if (wrong.size > 0) return;
    const result = await change.run({ current: form.current, next: form.passphrase });
    if (result.ok) {
      announce("Your passphrase was changed.");
      close();
    } else setErrors(fieldSentences(result.failure));
  };
  return (
    <Dialog
      title="Change my passphrase"
      isOpen={isOpen}
      onClose={close}
      footer={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button variant="primary" type="submit" form="change-passphrase" isPending={change.isRunning}>
            Change my passphrase
          </Button>
        </>
      }
    >
      <Form id="change-passphrase" onSubmit={submit}>
        <TextField
          label="Present passphrase"
          name="current"
          type="password"
          required
          autoFocus
          maxLength={200}
          value={form.current}
          onChange={(current) => setForm({ ...form, current })}
          error={errors.get("current")}
        />
        <NewPassphraseFields value={form} onChange={(value) => setForm({ ...form, ...value })} errors={errors} />
        {change.failure === undefined || errors.size > 0 ? null : (
          <ErrorMessage>{failureSentence(change.failure)}</ErrorMessage>
        )}
      </Form>
    </Dialog>
  );
}
