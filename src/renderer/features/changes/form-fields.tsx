import type { FinzlyFieldName, RuleIssue } from "@contract";
import { finzlyFields, type FieldChoice } from "@contract/rules/finzly-fields.ts";
import { useState } from "react";
import { LinkButton, MaskedField, MoneyField, SelectField, TextField, YesNoField, type FieldProps } from "../../ui/index.ts";
import { withField, withoutFields } from "./draft-form.ts";
import type { EditorModel } from "./editor-model.ts";
import {
  isDirty, issuesOf, knownText, mayBeUnset, shownText, shownYesNo, tidyMoney, type FlagField, type TextField as TextName,
} from "./field-values.ts";

interface Props<F extends FinzlyFieldName> {
  readonly model: EditorModel;
  readonly field: F;
  readonly required?: boolean;
  readonly span?: FieldProps["span"];
}

/** Fields whose help stays in sight; the others say it when something is wrong. */
const helped: ReadonlySet<FinzlyFieldName> = new Set(["debitExposureLimit", "creditExposureLimit", "additionalAttributes"]);

function sentences(issues: readonly RuleIssue[], severity: RuleIssue["severity"]): string | undefined {
  const found = issues.filter((issue) => issue.severity === severity).map((issue) => issue.message);
  return found.length === 0 ? undefined : found.join(" ");
}

function revertField(model: EditorModel, field: FinzlyFieldName): void {
  model.edit(field, (draft) => withoutFields(draft, [field]), { step: true });
}

/** Label, changed mark, revert, help, error and warning of a field. */
export function fieldFrame({ model, field, required, span }: Props<FinzlyFieldName>): FieldProps {
  const { label } = finzlyFields[field];
  const help = helped.has(field) ? finzlyFields[field].help : undefined;
  const issues = issuesOf(field, model.checked.issues);
  const isKept = model.draft.kept[field] !== undefined;
  return {
    label,
    name: field,
    changed: isKept || isDirty(field, model.draft.proposed, model.checked.changes, model.checked.issues),
    onRevert: () => revertField(model, field),
    help,
    error: sentences(issues, "error"),
    warning: sentences(issues, "warning"),
    required,
    span,
  };
}

/** Offers the value a finding names as its replacement. */
export function ReplacementOffer({ model, field }: Props<TextName>) {
  const replacement = issuesOf(field, model.checked.issues).find((issue) => issue.replacement !== undefined)?.replacement;
  if (replacement === undefined) return null;
  const use = () => model.edit(field, (draft) => withField(draft, field, replacement), { step: true });
  return <LinkButton onPress={use}>Use {replacement}</LinkButton>;
}

export function DraftText({ model, field, mono = false, ...rest }: Props<TextName> & { readonly mono?: boolean }) {
  const known = knownText(field, model.known[field], model.checked.currency);
  return (
    <TextField
      {...fieldFrame({ model, field, ...rest })}
      mono={mono}
      value={shownText(field, model.known, model.draft.proposed)}
      placeholder={known === "" ? "not set" : "blank leaves it alone"}
      onChange={(text) => model.edit(field, (draft) => withField(draft, field, text))}
    />
  );
}

export function DraftMoney({ model, field, ...rest }: Props<TextName>) {
  const tidy = () =>
    model.edit(field, (draft) => {
      const typed = draft.proposed[field];
      const text = typed === undefined ? undefined : tidyMoney(typed, model.checked.currency);
      return text === typed ? draft : withField(draft, field, text);
    });
  return (
    <MoneyField
      {...fieldFrame({ model, field, ...rest })}
      currency={model.checked.currency}
      value={shownText(field, model.known, model.draft.proposed)}
      onChange={(text) => model.edit(field, (draft) => withField(draft, field, text))}
      onBlur={tidy}
    />
  );
}

export interface DraftChoiceProps extends Props<TextName> {
  readonly choices?: readonly FieldChoice[];
}

export function DraftChoice({ model, field, choices = finzlyFields[field].choices ?? [], ...rest }: DraftChoiceProps) {
  const value = shownText(field, model.known, model.draft.proposed);
  const offered = choices.filter((choice) => choice.replacement === undefined || choice.value === value);
  const known = offered.some((choice) => choice.value === value);
  const all = value === "" || known ? offered : [...offered, { value, label: value }];
  const frame = fieldFrame({ model, field, ...rest });
  return (
    <SelectField
      {...frame}
      help={<ReplacementOffer model={model} field={field} />}
      choices={all.map((choice) => ({ id: choice.value, label: choice.label }))}
      value={value === "" ? undefined : value}
      onChange={(next) => model.edit(field, (draft) => withField(draft, field, next), { step: true })}
    />
  );
}

export function DraftYesNo({ model, field, ...rest }: Props<TextName | FlagField>) {
  const shown = shownYesNo(field, model.known, model.draft.proposed);
  const set = (value: boolean | undefined) =>
    model.edit(
      field,
      (draft) =>
        value === undefined
          ? withoutFields(draft, [field])
          : { ...draft, proposed: { ...draft.proposed, [field]: asSent(field, value) } },
      { step: true },
    );
  return (
    <YesNoField
      {...fieldFrame({ model, field, ...rest })}
      value={shown === "unset" ? undefined : shown === "yes"}
      onChange={set}
      allowNotSet={mayBeUnset(field, model.known)}
    />
  );
}

function asSent(field: FinzlyFieldName, value: boolean): boolean | string {
  if (finzlyFields[field].kind === "flag") return value;
  return value ? "Yes" : "No";
}

export function DraftMasked({ model, field, ...rest }: Props<"accountNumber" | "fboAccountNumber">) {
  const [isOpen, setOpen] = useState(false);
  const typed = model.draft.proposed[field];
  const kept = model.draft.kept[field];
  const known = model.known[field]?.value;
  const last4 = kept ?? (typeof known === "string" && known !== "" ? known : undefined);
  const open = () => {
    setOpen(true);
    model.setTyping(field);
  };
  const leave = () => {
    setOpen(false);
    model.setTyping(undefined);
    if (typed === "") model.edit(field, (draft) => withoutFields(draft, [field]));
  };
  const keep = () => {
    setOpen(false);
    model.setTyping(undefined);
    if (typed !== undefined) model.edit(field, (draft) => withoutFields(draft, [field]), { step: true });
  };
  return (
    <MaskedField
      {...fieldFrame({ model, field, ...rest })}
      last4={last4}
      replacement={typed ?? (isOpen ? "" : undefined)}
      onReplace={open}
      onChange={(text) => {
        setOpen(true);
        model.setTyping(field);
        model.edit(field, (draft) => withField(draft, field, text));
      }}
      onKeep={keep}
      onBlur={leave}
    />
  );
}
