/* oxlint-disable jsx-a11y/no-autofocus -- a field a person just asked for takes focus */
import type { ReactNode, Ref } from "react";
import { Input, TextArea, TextField as AriaTextField } from "react-aria-components";
import { Button, LinkButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { fieldClass, FieldFoot, FieldHead, FieldShell, type FieldProps } from "./field-shell.tsx";
import { MaskedNumber } from "./values.tsx";

export interface TextInputProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly type?: "text" | "password" | "url" | undefined;
  /** Identifiers and codes. */
  readonly mono?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly autoComplete?: string | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly inputMode?: "text" | "decimal" | "numeric" | undefined;
  readonly unit?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
}

interface BoxProps {
  readonly field: TextInputProps;
  readonly className?: string | undefined;
  readonly before?: ReactNode;
}

function TextBox({ field, className, before }: BoxProps) {
  return (
    <AriaTextField
      className={fieldClass(field)}
      data-field={field.name}
      value={field.value}
      onChange={field.onChange}
      onBlur={() => field.onBlur?.()}
      isInvalid={field.error !== undefined}
      isDisabled={field.isDisabled ?? false}
      isReadOnly={field.isReadOnly ?? false}
      isRequired={field.required ?? false}
      validationBehavior="aria"
      type={field.type ?? "text"}
      autoComplete={field.autoComplete ?? "off"}
      spellCheck="false"
      autoFocus={field.autoFocus ?? false}
      inputMode={field.inputMode ?? "text"}
      {...(field.maxLength === undefined ? {} : { maxLength: field.maxLength })}
    >
      <FieldHead field={field} />
      <div className={classNames("input", className, field.isReadOnly && "readonly")}>
        {before}
        <Input
          ref={field.inputRef ?? null}
          className={field.mono === true ? "id" : ""}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
        />
        {field.unit === undefined ? null : <span className="unit">{field.unit}</span>}
      </div>
      <FieldFoot field={field} />
    </AriaTextField>
  );
}

export function TextField(field: TextInputProps) {
  return <TextBox field={field} />;
}

/** Money as typed text: currency on the left, amount right-aligned. The caller parses and formats it. */
export function MoneyField({ currency, ...field }: TextInputProps & { readonly currency: string }) {
  return (
    <TextBox
      field={{ placeholder: "not set", inputMode: "decimal", ...field }}
      className="money"
      before={<span className="unit">{currency}</span>}
    />
  );
}

export interface TextAreaFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: (() => void) | undefined;
  /** Shown as "96 / 255"; longer text is kept and left to the rules to judge. */
  readonly countTo?: number | undefined;
  readonly rows?: number | undefined;
  readonly mono?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly placeholder?: string | undefined;
}

export function TextAreaField(field: TextAreaFieldProps) {
  return (
    <AriaTextField
      className={fieldClass(field)}
      data-field={field.name}
      value={field.value}
      onChange={field.onChange}
      onBlur={() => field.onBlur?.()}
      isInvalid={field.error !== undefined}
      isDisabled={field.isDisabled ?? false}
      isRequired={field.required ?? false}
      validationBehavior="aria"
      autoFocus={field.autoFocus ?? false}
    >
      <FieldHead field={field} />
      <div className={classNames("input area", field.mono && "mono")}>
        <TextArea
          rows={field.rows ?? 2}
          spellCheck={field.mono === true ? "false" : "true"}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
        />
        {field.countTo === undefined ? null : (
          <span className="unit">
            {Array.from(field.value).length} / {field.countTo}
          </span>
        )}
      </div>
      <FieldFoot field={field} />
    </AriaTextField>
  );
}

export interface MaskedFieldProps extends FieldProps {
  /** Last four of what is held; undefined when nothing is known. */
  readonly last4: string | undefined;
  /** What is typed to replace it; undefined while the held value stays. */
  readonly replacement: string | undefined;
  readonly onReplace: () => void;
  readonly onChange: (value: string) => void;
  /** Goes back to the held value. */
  readonly onKeep: () => void;
  readonly onBlur?: (() => void) | undefined;
}

/** A number that is never shown in full: a sunken box with the last four and Replace. */
export function MaskedField({ last4, replacement, onReplace, onChange, onKeep, onBlur, ...field }: MaskedFieldProps) {
  if (replacement !== undefined) {
    return (
      <TextField
        {...field}
        mono
        autoFocus
        value={replacement}
        onChange={onChange}
        onBlur={onBlur}
        unit={<LinkButton onPress={onKeep}>Keep</LinkButton>}
      />
    );
  }
  return (
    <FieldShell {...field}>
      <div className="input readonly">
        <span className="v">
          {last4 === undefined ? <span className="unk">unknown</span> : <MaskedNumber last4={last4} />}
        </span>
        <LinkButton onPress={onReplace}>{last4 === undefined ? "Enter" : "Replace"}</LinkButton>
      </div>
    </FieldShell>
  );
}

export interface SavedSecretFieldProps extends FieldProps {
  /** "saved 20 Nov 2026"; undefined when nothing is saved. */
  readonly saved: string | undefined;
  readonly replacement: string | undefined;
  readonly onReplace: () => void;
  readonly onChange: (value: string) => void;
  readonly onKeep: () => void;
}

/** A secret that went in and never comes out. */
export function SavedSecretField({ saved, replacement, onReplace, onChange, onKeep, ...field }: SavedSecretFieldProps) {
  if (saved === undefined || replacement !== undefined) {
    return (
      <TextField
        {...field}
        type="password"
        autoComplete="off"
        autoFocus={saved !== undefined}
        value={replacement ?? ""}
        onChange={onChange}
        unit={saved === undefined ? undefined : <LinkButton onPress={onKeep}>Keep</LinkButton>}
      />
    );
  }
  return (
    <FieldShell {...field}>
      <div className="input readonly">
        <span className="v">{saved}</span>
        <Button variant="quiet" size="sm" onPress={onReplace}>
          Replace
        </Button>
      </div>
    </FieldShell>
  );
}
