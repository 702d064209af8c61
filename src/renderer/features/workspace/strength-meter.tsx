import { passphraseStrength } from "@contract/rules/passphrase.ts";

const steps = [1, 2, 3, 4] as const;

/** How hard a passphrase is to guess: four steps and one sentence. */
export function StrengthMeter({ passphrase }: { readonly passphrase: string }) {
  const { score, acceptable, sentence } = passphraseStrength(passphrase);
  return (
    <div className="meter">
      <div className={acceptable ? "steps-4" : "steps-4 weak"} aria-hidden="true">
        {steps.map((step) => <i key={step} className={score >= step ? "on" : ""} />)}
      </div>
      <p aria-live="polite">Strength {score} of 4. {sentence}</p>
    </div>
  );
}
