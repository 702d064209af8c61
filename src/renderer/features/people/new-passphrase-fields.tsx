import { passphraseStrength } from "@contract/rules/passphrase.ts";
import { TextField } from "../../ui/index.ts";

export interface NewPassphrase {
  readonly passphrase: string;
  readonly again: string;
}

export interface NewPassphraseFieldsProps {
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  readonly errors: ReadonlyMap<string, string>;
}

/** Sentences by field for a new passphrase typed twice. */
export function newPassphraseErrors({ passphrase, again }: NewPassphrase): ReadonlyMap<string, string> {
  const { acceptable, sentence } = passphraseStrength(passphrase);
  if (!acceptable) return new Map([["passphrase", sentence]]);
  if (again !== passphrase) return new Map([["again", "The two passphrases differ. Type the same one twice."]]);
  return new Map();
}

export function NewPassphraseFields({ value, onChange, errors }: NewPassphraseFieldsProps) {
  const { score, sentence } = passphraseStrength(value.passphrase);
  return (
    <>
      <TextField
        label="New passphrase"
        name="passphrase"
        type="password"
        autoComplete="new-password"
        required
        maxLength={200}
        value={value.passphrase}
        onChange={(passphrase) => onChange({ ...value, passphrase })}
        help={`Strength ${score} of 4. ${sentence}`}
        error={errors.get("passphrase") ?? errors.get("next")}
      />
      <TextField
        label="New passphrase again"
        name="again"
        type="password"
        autoComplete="new-password"
        required
        maxLength={200}
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        error={errors.get("again")}
      />
    </>
  );
}
