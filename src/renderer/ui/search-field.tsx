import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Input, SearchField as AriaSearchField } from "react-aria-components";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";

export interface SearchFieldProps {
  /** What it searches; spoken, and shown while nothing is typed. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: ((value: string) => void) | undefined;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
}

/** The filter of the list on screen; `/` and Ctrl F go to it. */
export function SearchField({ label, value, onChange, onSubmit, inputRef }: SearchFieldProps) {
  return (
    <AriaSearchField
      className="search-field"
      aria-label={label}
      value={value}
      onChange={onChange}
      onSubmit={(text) => onSubmit?.(text)}
      data-list-search
    >
      <div className="input search">
        <Icon of={Search} size="s" />
        <Input ref={inputRef ?? null} placeholder={label} autoComplete="off" spellCheck="false" maxLength={100} />
        {value === "" ? <Kbd keys="/" /> : <IconButton label="Clear search" icon={X} />}
      </div>
    </AriaSearchField>
  );
}
