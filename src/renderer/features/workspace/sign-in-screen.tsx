import type { AppState, Person } from "@contract";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../bridge/index.ts";
import { Button, Icon, Tag } from "../../ui/index.ts";
import { GateCard } from "./gate-card.tsx";
import { LeaveLink } from "./leave-link.tsx";
import { PassphraseForm } from "./passphrase-form.tsx";

interface PeopleProps {
  readonly people: readonly Person[];
  readonly chosen: Person | undefined;
  readonly onChoose: (person: Person) => void;
}

function People({ people, chosen, onChoose }: PeopleProps) {
  return (
    <ul className="people" aria-label="People">
      {people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            className="person"
            aria-pressed={person.id === chosen?.id}
            onClick={() => onChoose(person)}
          >
            <Icon of={UserRound} />
            {person.name}
            <Tag>{person.role}</Tag>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Who is it? A list of people and a passphrase; in training the passphrases are shown. */
export function SignInScreen({ state }: { readonly state: AppState }) {
  const [chosenId, setChosenId] = useState(state.people[0]?.id);
  const [filled, setFilled] = useState<{ readonly text: string; readonly turn: number }>();
  const signIn = useCommand("workspace.signIn");
  const chosen = state.people.find((person) => person.id === chosenId);
  const shown = state.trainingPassphrases.find((one) => one.personId === chosenId);
  return (
    <GateCard title={`Sign in to ${state.current?.name ?? "the workspace"}`} below={<LeaveLink />}>
      <People
        people={state.people}
        chosen={chosen}
        onChoose={(person) => {
          setChosenId(person.id);
          setFilled(undefined);
          signIn.clear();
        }}
      />
      {chosen === undefined ? null : (
        <PassphraseForm
          key={chosen.id}
          label={`Passphrase of ${chosen.name}`}
          action={`Sign in as ${chosen.name}`}
          submit={(passphrase) => signIn.run({ personId: chosen.id, passphrase })}
          isRunning={signIn.isRunning}
          failure={signIn.failure}
          signInWaitMs={chosen.waitMs}
          filled={filled}
        >
          {shown === undefined ? null : (
            <div className="callout warn fill-in">
              <span>Training passphrase:</span>
              <code>{shown.passphrase}</code>
              <Button
                size="sm"
                onPress={() => setFilled((last) => ({ text: shown.passphrase, turn: (last?.turn ?? 0) + 1 }))}
              >
                Fill in
              </Button>
            </div>
          )}
        </PassphraseForm>
      )}
    </GateCard>
  );
}
