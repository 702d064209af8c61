import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select,
  SelectValue,
} from "react-aria-components";
import { classNames } from "./class-names.ts";
import { fieldClass, FieldFoot, FieldHead, type FieldProps } from "./field-shell.tsx";
import { Icon } from "./icon.tsx";

export interface Choice<T extends string = string> {
  readonly id: T;
  readonly label: string;
  /** A second, quieter line. */
  readonly sub?: string | undefined;
}

export interface SelectFieldProps<T extends string> extends FieldProps {
  readonly choices: readonly Choice<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly placeholder?: string | undefined;
}

export function SelectField<T extends string>({
  choices,
  value,
  onChange,
  placeholder,
  ...field
}: SelectFieldProps<T>) {
  return (
    <Select
      className={fieldClass(field)}
      data-field={field.name}
      placeholder={placeholder ?? "not set"}
      value={value ?? null}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      isInvalid={field.error !== undefined}
      isDisabled={field.isDisabled ?? false}
      isRequired={field.required ?? false}
      validationBehavior="aria"
    >
      <FieldHead field={field} />
      <AriaButton className="input">
        <SelectValue className="v">{({ selectedText }) => selectedText || (placeholder ?? "not set")}</SelectValue>
        <Icon of={ChevronDown} size="s" />
      </AriaButton>
      <FieldFoot field={field} />
      <Popover className="popover" offset={4}>
        <ListBox>
          {choices.map((choice) => (
            <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className="option">
              {({ isSelected }) => (
                <>
                  <span className="tick">{isSelected ? <Icon of={Check} size="s" /> : null}</span>
                  <span>
                    {choice.label}
                    {choice.sub === undefined ? null : <span className="sub">{choice.sub}</span>}
                  </span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

export interface ToggleGroupProps<T extends string> extends FieldProps {
  readonly choices: readonly Choice<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly size?: "md" | "sm" | undefined;
  /** No label row: the label is only spoken. */
  readonly bare?: boolean | undefined;
}

/** Two to four exclusive choices, every word visible; the chosen one filled, bold and underlined, with a check. */
export function ToggleGroup<T extends string>(props: ToggleGroupProps<T>) {
  const { choices, value, onChange, size = "md", bare = false, ...field } = props;
  return (
    <RadioGroup
      className={bare ? "toggle-bare" : fieldClass(field)}
      data-field={field.name}
      orientation="horizontal"
      value={value ?? null}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      isInvalid={field.error !== undefined}
      isDisabled={field.isDisabled ?? false}
      isRequired={field.required ?? false}
      validationBehavior="aria"
      {...(bare ? { "aria-label": field.label } : {})}
    >
      {bare ? null : <FieldHead field={field} />}
      <div className={classNames("toggle", size === "sm" && "sm", !bare && "fill")}>
        {choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className="opt">
            {({ isSelected }) => (
              <>
                {isSelected && size === "md" ? <Icon of={Check} size="s" /> : null}
                {choice.label}
              </>
            )}
          </Radio>
        ))}
      </div>
      {bare ? null : <FieldFoot field={field} />}
    </RadioGroup>
  );
}

export interface YesNoFieldProps extends FieldProps {
  /** undefined: not set, which is neither Yes nor No. */
  readonly value: boolean | undefined;
  readonly onChange: (value: boolean | undefined) => void;
  /** Whether a person may go back to "Not set"; it stays visible either way while it is the value. */
  readonly allowNotSet?: boolean | undefined;
}

const yesNoChoices: readonly Choice<"yes" | "no" | "unset">[] = [
  { id: "yes", label: "Yes" },
  { id: "no", label: "No" },
  { id: "unset", label: "Not set" },
];

export function YesNoField({ value, onChange, allowNotSet = true, ...field }: YesNoFieldProps) {
  const choices = allowNotSet || value === undefined ? yesNoChoices : yesNoChoices.slice(0, 2);
  return (
    <ToggleGroup
      {...field}
      size="sm"
      choices={choices}
      value={value === undefined ? "unset" : value ? "yes" : "no"}
      onChange={(key) => onChange(key === "unset" ? undefined : key === "yes")}
    />
  );
}

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean | undefined;
}

function Box() {
  return (
    <span className="check">
      <Icon of={Check} />
    </span>
  );
}

export function Checkbox({ children, isSelected, onChange, isDisabled = false }: CheckboxProps) {
  return (
    <AriaCheckbox className="checkline" isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <Box />
      <span>{children}</span>
    </AriaCheckbox>
  );
}

export interface CheckboxTileProps {
  readonly code: string;
  readonly description: string;
  readonly tag?: ReactNode;
  readonly isSelected: boolean;
  readonly mark?: "added" | "removed" | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly onChange: (isSelected: boolean) => void;
}

/** One cell of a grid of codes (put them in an element of class "tiles"): box, code, plain name, tag. */
export function CheckboxTile({
  code,
  description,
  tag,
  isSelected,
  mark,
  isDisabled = false,
  onChange,
}: CheckboxTileProps) {
  return (
    <AriaCheckbox
      className={classNames("tile", mark)}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <Box />
      <span className="code">{code}</span>
      <span className="nm">{description}</span>
      {tag}
      {mark === undefined ? null : <span className="sr">, {mark}</span>}
    </AriaCheckbox>
  );
}
