import type { Person, Settings } from "@contract";
import { useState } from "react";
import { failureWords, useCall, useCommand } from "../../bridge/index.ts";
import {
  Button,
  Checkbox,
  FailureBanner,
  Form,
  Loading,
  TextField,
  ToggleGroup,
  useAnnounce,
  YesNoField,
} from "../../ui/index.ts";

export interface GeneralSectionProps {
  readonly person: Person | undefined;
}

interface PolicyProps {
  readonly settings: Settings;
  readonly mayChange: boolean;
  readonly save: (next: Settings) => void;
}

const riskClasses = [
  { id: "high", label: "High risk" },
  { id: "medium", label: "Medium risk" },
  { id: "low", label: "Low risk" },
] as const;

function Policy({ settings, mayChange, save }: PolicyProps) {
  return (
    <fieldset className="stack tight">
      <legend className="strong">A second person decides before sending</legend>
      {riskClasses.map(({ id, label }) => (
        <Checkbox
          key={id}
          isDisabled={!mayChange}
          isSelected={settings.secondPerson[id]}
          onChange={(isSelected) => save({ ...settings, secondPerson: { ...settings.secondPerson, [id]: isSelected } })}
        >
          {label}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function IdleLock({ settings, mayChange, save }: PolicyProps) {
  const [minutes, setMinutes] = useState(String(settings.idleLockMinutes));
  const [error, setError] = useState<string>();
  const keep = () => {
    const wanted = Number(minutes);
    const isGood = /^\d+$/u.test(minutes.trim()) && wanted >= 1 && wanted <= 120;
    setError(isGood ? undefined : "A whole number of minutes from 1 to 120.");
    if (isGood && wanted !== settings.idleLockMinutes) save({ ...settings, idleLockMinutes: wanted });
  };
  return (
    <Form className="acts idle" onSubmit={keep}>
      <TextField
        label="Lock when idle for"
        name="idleLockMinutes"
        unit="minutes"
        inputMode="numeric"
        isDisabled={!mayChange}
        value={minutes}
        onChange={setMinutes}
        error={error}
      />
      {mayChange ? (
        <Button type="submit" size="sm">
          Keep {minutes} min
        </Button>
      ) : null}
    </Form>
  );
}

/** Settings, General: appearance, keys, lock, policy. Every choice is kept at once. */
export function GeneralSection({ person }: GeneralSectionProps) {
  const settings = useCall("workspace.settings", {});
  const saveSettings = useCommand("workspace.saveSettings");
  const announce = useAnnounce();
  if (settings.failure !== undefined)
    return <FailureBanner words={failureWords(settings.failure)} onRetry={settings.readAgain} />;
  if (settings.data === undefined) return <Loading />;
  const data = settings.data;
  const save = async (next: Settings) => {
    const result = await saveSettings.run(next);
    if (result.ok) announce("Setting kept.");
  };
  const mayChange = person?.role === "administrator";
  return (
    <>
      {saveSettings.failure === undefined ? null : <FailureBanner words={failureWords(saveSettings.failure)} />}
      <div className="prose">
        <ToggleGroup
          label="Theme"
          value={data.theme}
          onChange={(theme) => void save({ ...data, theme })}
          choices={[
            { id: "system", label: "As the system" },
            { id: "light", label: "Light" },
            { id: "dark", label: "Dark" },
          ]}
        />
        <ToggleGroup
          label="Rows"
          value={data.density}
          onChange={(density) => void save({ ...data, density })}
          choices={[
            { id: "compact", label: "Compact" },
            { id: "comfortable", label: "Comfortable" },
          ]}
        />
        <YesNoField
          label="Single-letter keys"
          allowNotSet={false}
          value={data.singleKeys}
          onChange={(singleKeys) => void save({ ...data, singleKeys: singleKeys === true })}
          help="Such as E for Edit and G then A for Accounts. Keys with Ctrl always work."
        />
        <IdleLock key={data.idleLockMinutes} settings={data} mayChange={mayChange} save={(next) => void save(next)} />
        <Policy settings={data} mayChange={mayChange} save={(next) => void save(next)} />
        {mayChange ? null : (
          <p className="soft small">The idle lock and the second person are an administrator's to set.</p>
        )}
      </div>
    </>
  );
}
