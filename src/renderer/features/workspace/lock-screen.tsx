import type { AppState } from "@contract";
import { Lock } from "lucide-react";
import { useCommand } from "../../bridge/index.ts";
import { LinkButton, Status } from "../../ui/index.ts";
import { GateCard } from "./gate-card.tsx";
import { PassphraseForm } from "./passphrase-form.tsx";

/** The page holds nothing decrypted any more; the person who locked unlocks. */
export function LockScreen({ state }: { readonly state: AppState }) {
  const unlock = useCommand("workspace.unlock");
  const signOut = useCommand("workspace.signOut");
  const name = state.person?.name ?? "the person signed in";
  return (
    <GateCard
      title={`${state.current?.name ?? "The workspace"} is locked`}
      below={<LinkButton onPress={() => void signOut.run({})}>Sign out {name}</LinkButton>}
    >
      <Status icon={Lock}>Locked for {name}. What was being sent goes on.</Status>
      <PassphraseForm
        label={`Passphrase of ${name}`}
        action="Unlock"
        submit={(passphrase) => unlock.run({ passphrase })}
        isRunning={unlock.isRunning}
        failure={unlock.failure}
        signInWaitMs={state.signInWaitMs}
      />
    </GateCard>
  );
}
