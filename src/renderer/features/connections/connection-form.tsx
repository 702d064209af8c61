import type { FinzlyConnection } from "@contract";
import { useState } from "react";
import { failureSentence, fieldSentences, useCommand } from "../../bridge/index.ts";
import {
  Button,
  dateText,
  Disclosure,
  ErrorSummary,
  SavedSecretField,
  SelectField,
  TextField,
  ToggleGroup,
  useAnnounce,
  YesNoField,
  type FieldError,
} from "../../ui/index.ts";
import {
  connectionErrors,
  fieldLabels,
  formOf,
  needsSecrets,
  newConnection,
  savedFrom,
  type ConnectionForm as Form,
} from "./connection-form-values.ts";

export interface ConnectionFormProps {
  /** undefined: a new connection. */
  readonly saved: FinzlyConnection | undefined;
  readonly onSaved: (name: string) => void;
  readonly onCancel: () => void;
}

const fieldOfPath: Readonly<Record<string, keyof Form>> = {
  connectTimeoutMs: "connectSeconds",
  headersTimeoutMs: "headersSeconds",
  bodyTimeoutMs: "bodySeconds",
  settleWindowMs: "settleSeconds",
};

const limits: readonly { readonly field: keyof Form & `${string}Seconds`; readonly help: string }[] = [
  { field: "connectSeconds", help: "Until the connection stands." },
  { field: "headersSeconds", help: "Until the first line of the answer." },
  { field: "bodySeconds", help: "Until the answer is complete." },
  { field: "settleSeconds", help: "An unclear outcome rests this long, then the account is read." },
];

/** Adds or edits a Finzly connection. Secrets go in and never come out. */
export function ConnectionForm({ saved, onSaved, onCancel }: ConnectionFormProps) {
  const [form, setForm] = useState<Form>(() => (saved === undefined ? newConnection : formOf(saved)));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [turn, setTurn] = useState(0);
  const save = useCommand("connections.save");
  const announce = useAnnounce();
  const set = (change: Partial<Form>) => setForm((last) => ({ ...last, ...change }));
  const errorOf = (field: keyof Form) => errors.find((error) => error.field === field)?.message;
  const secretsNeeded = needsSecrets(form, saved);
  const savedWords =
    secretsNeeded || saved?.secretSavedAtMs === undefined ? undefined : `saved ${dateText(saved.secretSavedAtMs)}`;

  const submit = async () => {
    setTurn((last) => last + 1);
    const wrong = [...connectionErrors(form, saved)].map(([field, message]) => ({ field, message }));
    setErrors(wrong);
    if (wrong.length > 0) return;
    const result = await save.run(savedFrom(form, saved));
    if (result.ok) {
      announce(`Connection ${result.value.name} saved.`);
      onSaved(result.value.name);
      return;
    }
    const byField = [...fieldSentences(result.failure)].map(([path, message]) => ({
      field: fieldOfPath[path] ?? path,
      message,
    }));
    setErrors(byField.length > 0 ? byField : [{ field: "", message: failureSentence(result.failure) }]);
  };
  const text = (field: keyof Form & string, label: string, more: object = {}) => (
    <TextField
      label={label}
      name={field}
      value={String(form[field] ?? "")}
      onChange={(value) => set({ [field]: value })}
      error={errorOf(field)}
      {...more}
    />
  );

  return (
    <form
      className="prose"
      noValidate
      aria-label={saved === undefined ? "New connection" : `Connection ${saved.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorSummary errors={errors} turn={turn} />
      <div className="fields two form-grid">
        {text("name", "Name", { required: true, maxLength: 80 })}
        <SelectField
          label="Environment"
          name="environment"
          required
          value={form.environment}
          onChange={(environment) => set({ environment })}
          choices={[
            { id: "training", label: "TRAINING", sub: "simulated" },
            { id: "sandbox", label: "SANDBOX", sub: "the provider's test system" },
            { id: "production", label: "PRODUCTION", sub: "real customers" },
          ]}
        />
        {text("apiBaseUrl", fieldLabels.apiBaseUrl, {
          required: true,
          type: "url",
          mono: true,
          span: "all",
          maxLength: 500,
          help: "What the paths /v2/… hang under. https only; http only for this computer.",
        })}
        {text("tokenUrl", fieldLabels.tokenUrl, {
          required: true,
          type: "url",
          mono: true,
          span: "all",
          maxLength: 500,
        })}
        <ToggleGroup
          label="Client authentication"
          name="clientAuth"
          value={form.clientAuth}
          onChange={(clientAuth) => set({ clientAuth })}
          choices={[
            { id: "basic", label: "HTTP Basic" },
            { id: "body", label: "In the body" },
          ]}
        />
        <YesNoField
          label="Read endpoints available"
          name="canRead"
          allowNotSet={false}
          value={form.canRead}
          onChange={(canRead) => set({ canRead: canRead === true })}
          help="Without them accounts are added by hand, and outcomes cannot be read back."
        />
        <SavedSecretField
          label={fieldLabels.clientId}
          name="clientId"
          required
          saved={savedWords}
          replacement={form.clientId}
          onReplace={() => set({ clientId: "" })}
          onChange={(clientId) => set({ clientId })}
          onKeep={() => set({ clientId: undefined })}
          error={errorOf("clientId")}
        />
        <SavedSecretField
          label={fieldLabels.clientSecret}
          name="clientSecret"
          required
          saved={savedWords}
          replacement={form.clientSecret}
          onReplace={() => set({ clientSecret: "" })}
          onChange={(clientSecret) => set({ clientSecret })}
          onKeep={() => set({ clientSecret: undefined })}
          error={errorOf("clientSecret")}
        />
        {text("concurrency", fieldLabels.concurrency, { inputMode: "numeric" })}
        {text("requestsPerSecond", fieldLabels.requestsPerSecond, { inputMode: "numeric" })}
      </div>
      <Disclosure
        title="Time-outs and retries"
        defaultExpanded={limits.some(({ field }) => errorOf(field) !== undefined)}
      >
        <div className="fields two form-grid">
          {limits.map(({ field, help }) => (
            <div key={field}>{text(field, fieldLabels[field], { help, unit: "s", inputMode: "decimal" })}</div>
          ))}
          {text("busyRetries", fieldLabels.busyRetries, {
            inputMode: "numeric",
            help: "How often a 429 or 503 is tried again by itself.",
          })}
        </div>
      </Disclosure>
      <div className="acts">
        <Button type="submit" variant="primary" isPending={save.isRunning}>
          {saved === undefined ? "Add the connection" : "Save the connection"}
        </Button>
        <Button onPress={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
