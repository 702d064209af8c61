/* oxlint-disable jsx-a11y/no-autofocus -- focus starts in the first field of a dialog */
import type { Role } from "@contract";
import { useState } from "react";
import { failureSentence, fieldSentences, useCommand } from "../../bridge/index.ts";
import {
  Button, Dialog, ErrorMessage, Form, SelectField, TextField, useAnnounce, type Choice,
} from "../../ui/index.ts";
import { NewPassphraseFields, newPassphraseErrors } from "./new-passphrase-fields.tsx";

const roleChoices: readonly Choice<Role>[] = [
  { id: "viewer", label: "Viewer", sub: "looks, changes nothing" },
  { id: "maker", label: "Maker", sub: "drafts and sends changes" },
  { id: "checker", label: "Checker", sub: "approves changes of others" },
  { id: "administrator", label: "Administrator", sub: "connections, people, policy; also a maker" },
];
const nothingTyped = { name: "", role: "maker" as Role, passphrase: "", again: "" };

export interface PersonDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function AddPersonDialog({ isOpen, onClose }: PersonDialogProps) {
  const [form, setForm] = useState(nothingTyped);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const add = useCommand("people.add");
  const announce = useAnnounce();
  const close = () => {
    setForm(nothingTyped);
    setErrors(new Map());
    add.clear();
    onClose();
  };
  const submit = async () => {
    const wrong = new Map(newPassphraseErrors(form));
    if (form.name.trim() === "") wrong.set("name", "Say who it is.");
    setErrors(wrong);
    if (wrong.size > 0) return;
    const result = await add.run({ name: form.name.trim(), role: form.role, passphrase: form.passphrase });
    if (result.ok) {
      announce(`${result.value.name} added as ${result.value.role}.`);
      close();
    } else setErrors(fieldSentences(result.failure));
  };
  return (
    <Dialog
      title="Add a person to this workspace"
      isOpen={isOpen}
      onClose={close}
      footer={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button variant="primary" type="submit" form="add-person" isPending={add.isRunning}>
            Add the person
          </Button>
        </>
      }
    >
      <Form id="add-person" onSubmit={submit}>
        <TextField
          label="Name"
          name="name"
          required
          autoFocus
          maxLength={80}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
          error={errors.get("name")}
        />
        <SelectField
          label="Role"
          name="role"
          choices={roleChoices}
          value={form.role}
          onChange={(role) => setForm({ ...form, role })}
        />
        <NewPassphraseFields value={form} onChange={(value) => setForm({ ...form, ...value })} errors={errors} />
        {add.failure === undefined || errors.size > 0 ? null : (
          <ErrorMessage>{failureSentence(add.failure)}</ErrorMessage>
        )}
      </Form>
    </Dialog>
  );
}
