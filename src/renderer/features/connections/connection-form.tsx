import type { Connection } from "@contract";
import { useState } from "react";
import { failureSentence, fieldSentences, useCommand } from "../../bridge/index.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import {
  Button,
  dateText,
  Disclosure,
  ErrorSummary,
  Form,
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
  secretsOf,
  withEnvironment,
  withProvider,
  type ConnectionForm as Typed,
} from "./connection-form-values.ts";

export interface ConnectionFormProps {
  /** undefined: a new connection. */
  readonly saved: Connection | undefined;
  readonly onSaved: (name: string) => void;
  readonly onCancel: () => void;
}

const fieldOfPath: Readonly<Record<string, keyof Typed>> = {
  connectTimeoutMs: "connectSeconds",
  headersTimeoutMs: "headersSeconds",
  bodyTimeoutMs: "bodySeconds",
  settleWindowMs: "settleSeconds",
  refreshTimeoutMs: "refreshSeconds",
  refreshCoolDownMs: "coolDownSeconds",
  refreshGiveUpMs: "giveUpSeconds",
};

const limits: readonly { readonly field: keyof Typed & `${string}Seconds`; readonly help: string }[] = [
  { field: "connectSeconds", help: "Until the connection stands." },
  { field: "headersSeconds", help: "Until the first line of the answer." },
  { field: "bodySeconds", help: "Until the answer is complete." },
  { field: "settleSeconds", help: "An unclear outcome rests this long, then the account is read." },
];

const refreshLimits: typeof limits = [
  { field: "refreshSeconds", help: "Until the answer; a refresh goes on at the provider after that." },
  { field: "coolDownSeconds", help: "A customer is left alone this long after a refresh." },
  { field: "giveUpSeconds", help: "A refresh that outlives its request is watched this long." },
];

const addressHelp: Readonly<Record<Typed["provider"], string>> = {
  finzly: "What the paths /v2/… hang under. https only; http only for this computer.",
  finicity: "What the paths /aggregation/… hang under. https only; http only for this computer.",
  signzy: "What the paths /api/v3/… hang under. https only; http only for this computer.",
};

const servicesHelp: Readonly<Record<Typed["forms"], string>> = {
  classic: "Accounts can be renamed, and their login forms shown.",
  current: "No new names and no login forms; accounts can be deleted.",
  tiers: "Like Current; a refresh never answers with accounts, they are read until it has ended.",
};

/** Adds or edits a connection. Secrets go in and never come out. */
export function ConnectionForm({ saved, onSaved, onCancel }: ConnectionFormProps) {
  const [form, setForm] = useState<Typed>(() => (saved === undefined ? newConnection : formOf(saved)));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [turn, setTurn] = useState(0);
  const save = useCommand("connections.save");
  const announce = useAnnounce();
  const set = (change: Partial<Typed>) => setForm((last) => ({ ...last, ...change }));
  const errorOf = (field: keyof Typed) => errors.find((error) => error.field === field)?.message;
  const shownLimits = form.provider === "finzly" ? limits : [...limits, ...refreshLimits];
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
  const text = (field: keyof Typed & string, label: string, more: object = {}) => (
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
    <Form
      className="prose"
      label={saved === undefined ? "New connection" : `Connection ${saved.name}`}
      onSubmit={submit}
    >
      <ErrorSummary errors={errors} turn={turn} />
      {saved === undefined ? (
        <ToggleGroup
          label="Provider"
          name="provider"
          value={form.provider}
          onChange={(provider) => {
            setErrors([]);
            setForm((last) => withProvider(last, provider));
          }}
          choices={[
            { id: "finzly", label: providerNames.finzly },
            { id: "finicity", label: providerNames.finicity },
            { id: "signzy", label: providerNames.signzy },
          ]}
        />
      ) : null}
      <div className="fields two form-grid">
        {text("name", "Name", { required: true, maxLength: 80 })}
        <SelectField
          label="Environment"
          name="environment"
          required
          value={form.environment}
          onChange={(environment) =>
            saved === undefined ? setForm((last) => withEnvironment(last, environment)) : set({ environment })
          }
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
          help: addressHelp[form.provider],
        })}
        {form.provider === "finzly" ? (
          <>
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
          </>
        ) : null}
        {form.provider === "finicity" ? (
          <>
            <ToggleGroup
              label="Wire form"
              name="wire"
              value={form.wire}
              onChange={(wire) => set({ wire })}
              help={form.forms === "classic" ? "JSON unless you need XML." : "XML is of the classic services only."}
              choices={[
                { id: "json", label: "JSON" },
                { id: "xml", label: "XML" },
              ]}
            />
            <ToggleGroup
              label="Services"
              name="forms"
              value={form.forms}
              onChange={(forms) => set({ forms })}
              help={servicesHelp[form.forms]}
              choices={[
                { id: "classic", label: "Classic" },
                { id: "current", label: "Current" },
                { id: "tiers", label: "Data Access Tiers" },
              ]}
            />
          </>
        ) : null}
        {form.provider === "signzy" ? (
          <ToggleGroup
            label="Sign-in"
            name="signIn"
            value={form.signIn}
            onChange={(signIn) => set({ signIn })}
            {...(form.signIn === "login" ? { span: "all" } : {})}
            choices={[
              { id: "static-token", label: "Token" },
              { id: "login", label: "User name and password" },
            ]}
          />
        ) : null}
        {secretsOf(form).map((field) => (
          <SavedSecretField
            key={field}
            label={fieldLabels[field]}
            name={field}
            required
            {...(field === "appKey" ? { span: "all" } : {})}
            saved={savedWords}
            replacement={form[field]}
            onReplace={() => set({ [field]: "" })}
            onChange={(value) => set({ [field]: value })}
            onKeep={() => set({ [field]: undefined })}
            error={errorOf(field)}
          />
        ))}
        {form.provider === "signzy" ? (
          <>
            {text("refreshPath", fieldLabels.refreshPath, { mono: true, maxLength: 200 })}
            {text("accountsPath", fieldLabels.accountsPath, { mono: true, maxLength: 200 })}
          </>
        ) : null}
        {text("concurrency", fieldLabels.concurrency, { inputMode: "numeric" })}
        {text("requestsPerSecond", fieldLabels.requestsPerSecond, { inputMode: "numeric" })}
      </div>
      <Disclosure
        title="Time-outs and retries"
        defaultExpanded={shownLimits.some(({ field }) => errorOf(field) !== undefined)}
      >
        <div className="fields two form-grid">
          {shownLimits.map(({ field, help }) => (
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
    </Form>
  );
}
