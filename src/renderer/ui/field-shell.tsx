import { CircleX, TriangleAlert, Undo2 } from "lucide-react";
import { useId, type ReactNode } from "react";
import { Button as AriaButton, Label, Text } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** What every field takes beside its value. */
export interface FieldProps {
  readonly label: string;
  /** The field's path; an error summary finds the field by it. */
  readonly name?: string | undefined;
  readonly required?: boolean | undefined;
  readonly changed?: boolean | undefined;
  readonly onRevert?: (() => void) | undefined;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly warning?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly span?: 1 | 2 | "all" | undefined;
}

export function fieldClass({ changed, error, span }: FieldProps): string {
  return classNames(
    "field",
    changed && "is-dirty",
    error !== undefined && "is-invalid",
    span === 2 && "span-2",
    span === "all" && "span-all",
  );
}

/** The label row: name, "(required)", the changed dot and the button that reverts. */
export function FieldHead({ field, children }: { readonly field: FieldProps; readonly children?: ReactNode }) {
  return (
    <div className="label">
      {children ?? <Label className="name">{field.label}</Label>}
      {field.required === true ? <span className="req">(required)</span> : null}
      {field.changed === true ? (
        <span className="dirty">
          <i />
          changed
        </span>
      ) : null}
      {field.changed === true && field.onRevert !== undefined ? (
        <AriaButton slot={null} className="revert" aria-label={`Revert ${field.label}`} onPress={field.onRevert}>
          <Icon of={Undo2} size="s" />
        </AriaButton>
      ) : null}
    </div>
  );
}

export function ErrorMessage({ children }: { readonly children: ReactNode }) {
  return (
    <span className="msg bad">
      <Icon of={CircleX} size="s" />
      <span>{children}</span>
    </span>
  );
}

export function WarningMessage({ children }: { readonly children: ReactNode }) {
  return (
    <span className="msg warn">
      <Icon of={TriangleAlert} size="s" />
      <span>{children}</span>
    </span>
  );
}

/** Below the control: help, then error, then warning; spoken as the field's description. */
export function FieldFoot({ field }: { readonly field: FieldProps }) {
  const described = field.help !== undefined || field.warning !== undefined;
  return (
    <>
      {described ? (
        <Text slot="description" elementType="div">
          {field.help === undefined ? null : <div className="help">{field.help}</div>}
          {field.warning === undefined ? null : <WarningMessage>{field.warning}</WarningMessage>}
        </Text>
      ) : null}
      {field.error === undefined ? null : (
        <Text slot="errorMessage" elementType="div">
          <ErrorMessage>{field.error}</ErrorMessage>
        </Text>
      )}
    </>
  );
}

/** The frame of a field whose control is not one input: a group with the field's label. */
export function FieldShell({ children, ...field }: FieldProps & { readonly children: ReactNode }) {
  const labelId = useId();
  const footId = useId();
  return (
    <fieldset className={fieldClass(field)} data-field={field.name} aria-labelledby={labelId} aria-describedby={footId}>
      <FieldHead field={field}>
        <span className="name" id={labelId}>
          {field.label}
        </span>
      </FieldHead>
      {children}
      <div id={footId}>
        {field.help === undefined ? null : <div className="help">{field.help}</div>}
        {field.error === undefined ? null : <ErrorMessage>{field.error}</ErrorMessage>}
        {field.warning === undefined ? null : <WarningMessage>{field.warning}</WarningMessage>}
      </div>
    </fieldset>
  );
}
