/* oxlint-disable jsx-a11y/no-autofocus, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- the
   palette is opened to type in, and its list has to scroll by keyboard too */
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the input is the combobox of the list under it */
/* oxlint-disable jsx-a11y/role-has-required-aria-props -- Autocomplete adds aria-controls */
import type { AccountRow } from "@contract";
import { Landmark, Search, SquarePen } from "lucide-react";
import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useCall } from "../bridge/index.ts";
import { counted, Icon, Kbd, Marked, MaskedNumber, StatusWord } from "../ui/index.ts";
import { matchingCommands, type Command } from "./commands.ts";

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly commands: readonly Command[];
  readonly go: (path: string) => void;
}

const groups: readonly Command["group"][] = ["Go to", "Do"];

function AccountOption({ account, search }: { readonly account: AccountRow; readonly search: string }) {
  return (
    <ListBoxItem id={`account ${account.id}`} textValue={account.accountName} className="opt">
      <Icon of={Landmark} />
      <span className="m">
        <Marked text={account.accountName} search={search} />{" "}
        {account.last4 === undefined ? null : <MaskedNumber last4={account.last4} search={search} />}
      </span>
      <span className="s">
        <Marked text={account.customerName} search={search} />
      </span>
      {account.change === undefined ? null : <StatusWord state={account.change.state} />}
      <span className="grow" />
      <Kbd keys="Enter" />
    </ListBoxItem>
  );
}

function CommandOption({ command }: { readonly command: Command }) {
  return (
    <ListBoxItem id={`command ${command.id}`} textValue={command.label} className="opt">
      <Icon of={command.icon} />
      <span className="m">{command.label}</span>
      <span className="s">{command.note}</span>
      <span className="grow" />
      {command.keys === undefined ? null : <Kbd keys={command.keys} />}
    </ListBoxItem>
  );
}

function PaletteBody({ onClose, commands, go }: Omit<PaletteProps, "isOpen">) {
  const [text, setText] = useState("");
  const onlyCommands = text.startsWith(">");
  const words = (onlyCommands ? text.slice(1) : text).trim();
  const search = useCall(
    "accounts.page",
    { search: words.slice(0, 100), limit: 6, sort: { column: "customerName", direction: "ascending" } },
    { enabled: words !== "" && !onlyCommands, keepPrevious: true },
  );
  const accounts = words === "" || onlyCommands ? [] : (search.data?.rows ?? []);
  const first = accounts[0];
  const found = matchingCommands(commands, words);
  const run = (key: string) => {
    const [kind, id] = key.split(" ");
    onClose();
    if (kind === "account") go(`/accounts/${id ?? ""}`);
    else if (kind === "edit") go(`/accounts/${id ?? ""}/edit`);
    else commands.find((command) => command.id === id)?.run();
  };
  return (
    <Dialog className="palette-dialog" aria-label="Command palette">
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField aria-label="Find an account or run a command" className="pin" autoFocus onClear={onClose}>
          <Icon of={Search} />
          <Input
            type="text"
            role="combobox"
            aria-expanded
            placeholder="Last four, name, company ID, customer ID, or a command"
            maxLength={100}
          />
          <span className="muted" aria-live="polite">
            {accounts.length === 0 ? "" : `${counted(accounts.length, "account")}, `}
            {counted(found.length, "command")}
          </span>
        </SearchField>
        <div className="plist" tabIndex={0} role="group" aria-label="Results, to scroll">
          <ListBox
            className="plist-box"
            aria-label="Results"
            onAction={(key) => run(String(key))}
            renderEmptyState={() => <p className="none">Nothing matches “{words}”.</p>}
          >
            {accounts.length === 0 ? null : (
              <ListBoxSection id="accounts">
                <Header className="gh">Accounts</Header>
                {accounts.map((account) => (
                  <AccountOption key={account.id} account={account} search={words} />
                ))}
              </ListBoxSection>
            )}
            {first === undefined ? null : (
              <ListBoxSection id="on-account">
                <Header className="gh">On {first.accountName}</Header>
                <ListBoxItem key={first.id} id={`edit ${first.id}`} textValue="Edit" className="opt">
                  <Icon of={SquarePen} />
                  <span className="m">Edit</span>
                  <span className="grow" />
                  <Kbd keys="E" />
                </ListBoxItem>
              </ListBoxSection>
            )}
            {groups.map((group) => {
              const members = found.filter((command) => command.group === group);
              return members.length === 0 ? null : (
                <ListBoxSection key={group} id={group}>
                  <Header className="gh">{group}</Header>
                  {members.map((command) => (
                    <CommandOption key={command.id} command={command} />
                  ))}
                </ListBoxSection>
              );
            })}
          </ListBox>
        </div>
      </Autocomplete>
      <footer>
        <span className="keys">
          <kbd>↑</kbd>
          <kbd>↓</kbd> move
        </span>
        <span className="keys">
          <kbd>Enter</kbd> run
        </span>
        <span className="keys">
          <kbd>Esc</kbd> close
        </span>
        <span className="grow" />
        <span className="keys">
          <kbd>&gt;</kbd> commands
        </span>
      </footer>
    </Dialog>
  );
}

/** Finds accounts as you type and runs commands; shows each command's keys. */
export function Palette({ isOpen, onClose, commands, go }: PaletteProps) {
  return (
    <ModalOverlay
      className="scrim palette-scrim"
      isOpen={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
    >
      <Modal className="palette">
        <PaletteBody onClose={onClose} commands={commands} go={go} />
      </Modal>
    </ModalOverlay>
  );
}
