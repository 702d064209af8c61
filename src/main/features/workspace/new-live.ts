import { passphraseStrength } from "@contract/rules/passphrase.ts";
import { VostroFailure } from "../../core/failures.ts";

/** The failure (input-invalid, naming every weak field) that stops a live workspace from being made, if any. */
export function weakPassphrase({
  passphrase,
  unlockPassphrase,
  needsUnlockPassphrase,
}: {
  readonly passphrase: string;
  readonly unlockPassphrase: string | undefined;
  readonly needsUnlockPassphrase: boolean;
}): VostroFailure | undefined {
  const fields: { path: string; message: string }[] = [];
  const own = passphraseStrength(passphrase);
  if (!own.acceptable) fields.push({ path: "passphrase", message: own.sentence });
  if (needsUnlockPassphrase) {
    const unlock = passphraseStrength(unlockPassphrase ?? "");
    if (!unlock.acceptable) fields.push({ path: "unlockPassphrase", message: unlock.sentence });
  }
  const first = fields[0];
  return first && new VostroFailure("input-invalid", first.message, { fields });
}
