import { Check, ChevronDown, X } from "lucide-react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { Choice } from "./choice-fields.tsx";
import { Icon } from "./icon.tsx";

export interface FacetProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
}

/** A filter of a list: dashed while it lets everything pass, filled with its value and a cross while it does not. */
export function Facet<T extends string>({ label, choices, value, onChange }: FacetProps<T>) {
  const chosen = choices.find((choice) => choice.id === value);
  return (
    <span className="facet-wrap">
      <MenuTrigger>
        <AriaButton className={chosen === undefined ? "facet" : "facet on"}>
          {label}
          {chosen === undefined ? <Icon of={ChevronDown} size="xs" /> : <b>{chosen.label}</b>}
        </AriaButton>
        <Popover className="popover" offset={4} placement="bottom start">
          <Menu
            aria-label={label}
            selectionMode="single"
            selectedKeys={value === undefined ? [] : [value]}
            onAction={(key) => {
              const picked = choices.find((choice) => choice.id === key);
              if (picked !== undefined) onChange(picked.id === value ? undefined : picked.id);
            }}
          >
            {choices.map((choice) => (
              <MenuItem key={choice.id} id={choice.id} textValue={choice.label} className="option">
                {({ isSelected }) => (
                  <>
                    <span className="tick">{isSelected ? <Icon of={Check} size="s" /> : null}</span>
                    {choice.label}
                  </>
                )}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {chosen === undefined ? null : (
        <AriaButton className="facet-clear" aria-label={`Clear ${label}`} onPress={() => onChange(undefined)}>
          <Icon of={X} size="xs" />
        </AriaButton>
      )}
    </span>
  );
}

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly onAction: () => void;
}

export interface ActionMenuProps {
  readonly label: string;
  readonly icon: Parameters<typeof Icon>[0]["of"];
  readonly actions: readonly MenuAction[];
}

/** More actions behind one button. */
export function ActionMenu({ label, icon, actions }: ActionMenuProps) {
  return (
    <MenuTrigger>
      <AriaButton className="icon-btn" aria-label={label}>
        <Icon of={icon} size="s" />
      </AriaButton>
      <Popover className="popover" offset={4} placement="bottom end">
        <Menu aria-label={label} onAction={(key) => actions.find((action) => action.id === key)?.onAction()}>
          {actions.map((action) => (
            <MenuItem key={action.id} id={action.id} className="option">{action.label}</MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
