import type { AppState } from "@contract";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { failureSentence, fieldSentences, useCommand } from "../../bridge/index.ts";
import { Button, ErrorSummary, Form, TextField, type FieldError } from "../../ui/index.ts";
import { liveFormErrors, type LiveForm } from "./live-form-checks.ts";
import { StrengthMeter } from "./strength-meter.tsx";

interface Asked {
  readonly name: keyof LiveForm;
  readonly label: string;
  readonly help?: string;
  readonly isSecret?: boolean;
}

const always: readonly Asked[] = [
  { name: "name", label: "Workspace name", help: "For example the bank and the team." },
  { name: "administrator", label: "First administrator", help: "Your name, as the log shall show it." },
  { name: "passphrase", label: "Passphrase", isSecret: true, help: "At least 12 characters or four words." },
  { name: "again", label: "Passphrase again", isSecret: true },
];
const withoutKeyring: readonly Asked[] = [
  {
    name: "unlockPassphrase",
    label: "Unlock passphrase",
    isSecret: true,
    help: "Opens the encrypted file on this computer, before anybody signs in.",
  },
  { name: "unlockAgain", label: "Unlock passphrase again", isSecret: true },
];

function withoutKeyringWords(name: string): string {
  const why = `This computer has no keyring that could guard the key (${name}), so the key is made from the unlock passphrase.`;
  return `${why} Without it nobody can open the file.`;
}

/** Makes a live workspace with its first administrator. */
export function LiveForm({ keyring }: { readonly keyring: AppState["keyring"] }) {
  const form = useForm<LiveForm>({
    defaultValues: { name: "", administrator: "", passphrase: "", again: "", unlockPassphrase: "", unlockAgain: "" },
  });
  const create = useCommand("workspace.createLive");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [turn, setTurn] = useState(0);
  const fields = keyring.real ? always : [...always, ...withoutKeyring];

  const submit = form.handleSubmit(async (values) => {
    setTurn((last) => last + 1);
    const wrong = liveFormErrors(values, !keyring.real);
    setErrors(wrong);
    if (wrong.length > 0) return;
    const { name, administrator, passphrase, unlockPassphrase } = values;
    const result = await create.run({
      name: name.trim(),
      administrator: administrator.trim(),
      passphrase,
      ...(keyring.real ? {} : { unlockPassphrase }),
    });
    if (result.ok) return;
    const byField = [...fieldSentences(result.failure)].map(([field, message]) => ({ field, message }));
    setErrors(byField.length > 0 ? byField : [{ field: "", message: failureSentence(result.failure) }]);
  });

  return (
    <Form onSubmit={submit}>
      <ErrorSummary errors={errors} turn={turn} title="Nothing was made yet. Put this right:" />
      {fields.map((field) => (
        <Controller
          key={field.name}
          control={form.control}
          name={field.name}
          render={({ field: input }) => (
            <div className="stack tight">
              <TextField
                label={field.label}
                name={field.name}
                required
                help={field.help}
                type={field.isSecret === true ? "password" : "text"}
                autoComplete={field.isSecret === true ? "new-password" : "off"}
                maxLength={field.isSecret === true ? 200 : 80}
                value={input.value}
                onChange={input.onChange}
                onBlur={input.onBlur}
                error={errors.find((error) => error.field === field.name)?.message}
              />
              {field.name === "passphrase" || field.name === "unlockPassphrase" ? (
                <StrengthMeter passphrase={input.value} />
              ) : null}
            </div>
          )}
        />
      ))}
      <p className="small soft">
        {keyring.real
          ? `The key of the file is guarded by ${keyring.name}.`
          : withoutKeyringWords(keyring.name)}
      </p>
      <div className="acts">
        <Button type="submit" variant="primary" isPending={create.isRunning}>
          Make the live workspace
        </Button>
      </div>
    </Form>
  );
}
