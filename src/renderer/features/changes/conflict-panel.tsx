import type { ChangeDetail, ConflictField, FieldValue, FinzlyFieldName } from "@contract";
import { displayValue } from "@contract/rules/finzly-fields.ts";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { useProviderName } from "../../bridge/provider-name.ts";
import { Button, ErrorMessage, ToggleGroup } from "../../ui/index.ts";
import { changeCurrency } from "./comparison.ts";
import { countOf } from "./send-words.ts";

type Side = "mine" | "theirs";
type Choices = { readonly [F in FinzlyFieldName]?: Side };

const sidesOf = (provider: string) =>
  [
    { id: "theirs", label: `Keep ${provider}’s` },
    { id: "mine", label: "Keep mine" },
  ] as const;

interface RowProps {
  readonly entry: ConflictField;
  readonly currency: string;
  readonly choice: Side | undefined;
  readonly error: string | undefined;
  readonly onChoose: (side: Side) => void;
}

function ConflictRow({ entry, currency, choice, error, onChoose }: RowProps) {
  const provider = useProviderName();
  const shown = (value: FieldValue | undefined) => displayValue(entry.field, value, currency);
  return (
    <div className="choice-row">
      <dl>
        <div><dt>When you started</dt><dd>{shown(entry.base?.value)}</dd></div>
        <div><dt>{provider} now</dt><dd>{shown(entry.theirs.value)}</dd></div>
        <div><dt>Mine</dt><dd className="strong">{shown(entry.mine)}</dd></div>
      </dl>
      <ToggleGroup
        label={entry.label}
        name={`conflict-${entry.field}`}
        choices={sidesOf(provider)}
        value={choice}
        onChange={onChoose}
        error={error}
      />
    </div>
  );
}

export interface ConflictPanelProps {
  readonly change: ChangeDetail;
  readonly onResolved?: (() => void) | undefined;
}

/** One choice per field that moved; the change becomes a draft again, nothing is sent. */
export function ConflictPanel({ change, onResolved }: ConflictPanelProps) {
  const [choices, setChoices] = useState<Choices>({});
  const [missed, setMissed] = useState(false);
  const resolve = useCommand("changes.resolveConflict");
  const currency = changeCurrency(change);
  const missing = change.conflict.filter((entry) => choices[entry.field] === undefined);
  const apply = (): void => {
    if (missing.length > 0) return setMissed(true);
    void resolve.run({ id: change.id, revision: change.revision, choices }).then((result) => {
      if (result.ok && result.value.state === "draft") onResolved?.();
    });
  };
  const kept = change.conflict.filter((entry) => choices[entry.field] === "mine").length;
  return (
    <div className="choices">
      {change.conflict.map((entry) => (
        <ConflictRow
          key={entry.field}
          entry={entry}
          currency={currency}
          choice={choices[entry.field]}
          error={missed && choices[entry.field] === undefined ? "Choose one." : undefined}
          onChoose={(side) => setChoices({ ...choices, [entry.field]: side })}
        />
      ))}
      <div className="acts">
        <Button variant="primary" isPending={resolve.isRunning} onPress={apply}>
          {kept === 0 ? "Apply the choices" : `Apply and keep ${countOf(kept, "field")} of mine`}
        </Button>
        <span className="small muted">Nothing is sent until you send the draft again.</span>
      </div>
      {resolve.failure === undefined ? null : <ErrorMessage>{failureSentence(resolve.failure)}</ErrorMessage>}
    </div>
  );
}
