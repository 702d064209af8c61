/* oxlint-disable jsx-a11y/no-autofocus -- it is opened to type in */
import type { ColumnTarget } from "@contract";
import { Check, ChevronDown, Search } from "lucide-react";
import { useRef, useState } from "react";
import {
  Autocomplete,
  Button as AriaButton,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
  useFilter,
} from "react-aria-components";
import { classNames, Icon } from "../../ui/index.ts";
import { targetGroups, targetLabel } from "./column-draft.ts";

export interface TargetPickerProps {
  readonly header: string;
  readonly value: ColumnTarget;
  readonly name: string;
  readonly isInvalid: boolean;
  readonly onChange: (target: ColumnTarget) => void;
}

/** What a column is: a button that opens one list of everything it can be, searched as you type. */
export function TargetPicker({ header, value, name, isInvalid, onChange }: TargetPickerProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const { contains } = useFilter({ sensitivity: "base" });
  return (
    <span className={classNames("target", isInvalid && "is-invalid")} data-field={name}>
      <AriaButton
        ref={trigger}
        className={classNames("input", value === "ignore" && "is-ignored")}
        aria-label={`“${header}” is ${targetLabel(value)}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      >
        <span className="v">{targetLabel(value)}</span>
        <Icon of={ChevronDown} size="s" />
      </AriaButton>
      <Popover
        className="popover target-popover"
        triggerRef={trigger}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom start"
        offset={4}
      >
        <Dialog aria-label={`What “${header}” is`} className="target-dialog">
          <Autocomplete filter={contains}>
            <SearchField aria-label="Find a field" autoFocus className="target-search">
              <Icon of={Search} size="s" />
              <Input placeholder="Find a field" />
            </SearchField>
            <ListBox
              aria-label="Fields"
              selectionMode="single"
              selectedKeys={[value]}
              renderEmptyState={() => <p className="none small muted">No field of that name.</p>}
              onSelectionChange={(keys) => {
                const [key] = keys === "all" ? [] : keys;
                const found = targetGroups.flatMap((group) => group.targets).find((target) => target.id === key);
                setOpen(false);
                if (found !== undefined) onChange(found.id);
              }}
            >
              {targetGroups.map((group) => (
                <ListBoxSection key={group.title} id={group.title}>
                  <Header className="option-group">{group.title}</Header>
                  {group.targets.map((target) => (
                    <ListBoxItem key={target.id} id={target.id} textValue={target.label} className="option">
                      {({ isSelected }) => (
                        <>
                          <span className="tick">{isSelected ? <Icon of={Check} size="s" /> : null}</span>
                          {target.label}
                        </>
                      )}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Popover>
    </span>
  );
}
