import { passphraseStrength } from "@contract/rules/passphrase.ts";
import type { FieldError } from "../../ui/index.ts";

export interface LiveForm {
  readonly name: string;
  readonly administrator: string;
  readonly passphrase: string;
  readonly again: string;
  readonly unlockPassphrase: string;
  readonly unlockAgain: string;
}

/** What keeps a new live workspace from being made, in the order of the form. */
export function liveFormErrors(form: LiveForm, needsUnlockPassphrase: boolean): readonly FieldError[] {
  const errors: FieldError[] = [];
  const add = (field: keyof LiveForm, message: string) => errors.push({ field, message });
  if (form.name.trim() === "") add("name", "Give the workspace a name.");
  if (form.administrator.trim() === "") add("administrator", "Say who the first administrator is.");
  const strength = passphraseStrength(form.passphrase);
  if (!strength.acceptable) add("passphrase", strength.sentence);
  else if (form.again !== form.passphrase) add("again", "The two passphrases differ. Type the same one twice.");
  if (!needsUnlockPassphrase) return errors;
  const unlock = passphraseStrength(form.unlockPassphrase);
  if (!unlock.acceptable) add("unlockPassphrase", `Unlock passphrase: ${unlock.sentence}`);
  else if (form.unlockAgain !== form.unlockPassphrase) {
    add("unlockAgain", "The two unlock passphrases differ. Type the same one twice.");
  } else if (form.unlockPassphrase === form.passphrase) {
    add("unlockPassphrase", "Choose an unlock passphrase other than the administrator's: several people will know it.");
  }
  return errors;
}
