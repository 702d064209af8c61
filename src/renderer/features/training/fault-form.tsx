import type { FaultSettings, TrainingPanel } from "@contract";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import {
  Button, ErrorMessage, Form, SelectField, TextField, ToggleGroup, useAnnounce, type Choice,
} from "../../ui/index.ts";
import { faultFrom, noFault, type FaultForm as Typed } from "./fault-values.ts";

export interface FaultFormProps {
  readonly provider: TrainingPanel["provider"];
  readonly routes: TrainingPanel["routes"];
  readonly kinds: TrainingPanel["kinds"];
  readonly onChanged: () => void;
}

interface Parameter {
  readonly label: string;
  readonly help: string;
}

const parameterWords: Readonly<Record<"delayMs" | "retryAfter" | "field" | "value" | "code", Parameter>> = {
  delayMs: { label: "Delay", help: "Milliseconds." },
  retryAfter: { label: "Retry-After", help: "Seconds, an HTTP date, or empty for none." },
  field: { label: "Field", help: "Name of the field in the request." },
  value: { label: "Value", help: "What it stores instead." },
  code: { label: "Code", help: "The provider's own, such as 103." },
};
const timesChoices: readonly Choice<Typed["lasts"]>[] = [
  { id: "once", label: "Once" },
  { id: "three", label: "3 times" },
  { id: "always", label: "Until cleared" },
];

/** Switches a fault on for one route. */
export function FaultForm({ provider, routes, kinds, onChanged }: FaultFormProps) {
  const [form, setForm] = useState<Typed>(noFault);
  const [error, setError] = useState<string>();
  const setFault = useCommand("training.setFault");
  const announce = useAnnounce();
  const kind = kinds.find((one) => one.name === form.kind);
  const submit = async () => {
    const made = faultFrom(form, kind);
    setError(made.ok ? undefined : made.sentence);
    if (!made.ok) return;
    const result = await setFault.run({ ...made.fault, provider } satisfies FaultSettings);
    if (!result.ok) return;
    announce(`Fault switched on: ${kind?.label ?? form.kind}.`);
    onChanged();
  };
  const shown = (["delayMs", "retryAfter", "field", "value", "code"] as const).filter(
    (name) => kind?.parameters.includes(name) === true,
  );
  return (
    <Form className="card" label="Switch on a fault" onSubmit={submit}>
      <div className="fault-fields">
        <SelectField
          label="Route"
          name="route"
          placeholder="choose"
          value={form.route}
          onChange={(route) => setForm({ ...form, route })}
          choices={routes.map((route) => ({ id: route.name, label: route.label }))}
        />
        <SelectField
          label="Fault"
          name="kind"
          placeholder="choose"
          value={form.kind}
          onChange={(chosen) => setForm({ ...form, kind: chosen })}
          choices={kinds.map((one) => ({ id: one.name, label: one.label }))}
        />
        <ToggleGroup
          label="How often"
          value={form.lasts}
          onChange={(lasts) => setForm({ ...form, lasts })}
          choices={timesChoices}
        />
        {shown.map((name) => (
          <TextField
            key={name}
            label={parameterWords[name].label}
            name={name}
            help={parameterWords[name].help}
            value={form[name]}
            onChange={(value) => setForm({ ...form, [name]: value })}
          />
        ))}
      </div>
      {kind === undefined ? null : <p className="soft small">{kind.sentence}</p>}
      {error === undefined ? null : <ErrorMessage>{error}</ErrorMessage>}
      {setFault.failure === undefined ? null : <ErrorMessage>{failureSentence(setFault.failure)}</ErrorMessage>}
      <div className="acts">
        <Button type="submit" variant="primary" isPending={setFault.isRunning}>
          Switch the fault on
        </Button>
      </div>
    </Form>
  );
}
