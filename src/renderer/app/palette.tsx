/* oxlint-disable jsx-a11y/no-autofocus, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- the
   palette is opened to type in, and its list has to scroll by keyboard too */
/* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field holds the focus
   and takes the keys of the list */
import { Search } from "lucide-react";
import { useEffect, useId, useState, type KeyboardEvent } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useCall } from "../bridge/index.ts";
import { counted, Icon } from "../ui/index.ts";
import { matchingCommands, type Command } from "./commands.ts";
import { choicesOf, placeAfter, type Choice } from "./palette-choices.tsx";

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly commands: readonly Command[];
  readonly go: (path: string) => void;
}

interface ResultsProps {
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly active: string | undefined;
  readonly onChoose: (choice: Choice) => void;
}

function Results({ id, choices, active, onChoose }: ResultsProps) {
  useEffect(() => {
    if (active !== undefined) document.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  const groups = [...new Set(choices.map(({ group }) => group))];
  return (
    <div id={id} role="listbox" aria-label="Results">
      {groups.map((group, index) => (
        <div key={group} role="group" aria-labelledby={`${id}-group-${String(index)}`}>
          <div className="gh" id={`${id}-group-${String(index)}`}>{group}</div>
          {choices.filter((choice) => choice.group === group).map((choice) => (
            <div
              key={choice.id}
              id={`${id}-${choice.id}`}
              role="option"
              aria-selected={choice.id === active}
              data-focused={choice.id === active || undefined}
              className="opt"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(choice)}
            >
              {choice.face}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** What Enter was pressed for: the text, and the choice moved to while it stood there. */
interface Wish {
  readonly text: string;
  readonly id: string | undefined;
}

function PaletteBody({ onClose, commands, go }: Omit<PaletteProps, "isOpen">) {
  const listId = useId();
  const [text, setText] = useState("");
  const [moved, setMoved] = useState<string>();
  const [wish, setWish] = useState<Wish>();
  const onlyCommands = text.startsWith(">");
  const words = (onlyCommands ? text.slice(1) : text).trim();
  const asks = words !== "" && !onlyCommands;
  const search = useCall(
    "accounts.page",
    { search: words.slice(0, 100), limit: 6, sort: { column: "customerName", direction: "ascending" } },
    { enabled: asks, keepPrevious: true },
  );
  const accounts = asks ? (search.data?.rows ?? []) : [];
  const found = matchingCommands(commands, words);
  const choices = choicesOf({ accounts, commands: found, search: words, go });
  const chosen = moved ?? (words === "" ? undefined : choices[0]?.id);
  const active = choices.find(({ id }) => id === chosen);
  const isSettled = !asks || !search.isFetching;

  const choose = (choice: Choice) => {
    setWish(undefined);
    onClose();
    choice.run();
  };
  const wanted = wish !== undefined && wish.text === text && isSettled
    ? choices.find(({ id }) => id === (wish.id ?? choices[0]?.id))
    : undefined;
  useEffect(() => {
    if (wanted !== undefined) choose(wanted);
  });
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const place = active === undefined ? -1 : choices.indexOf(active);
    const next = placeAfter(event.key, place, choices.length);
    if (next !== undefined) {
      event.preventDefault();
      setMoved(choices[next]?.id);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (moved !== undefined || words !== "") setWish({ text, id: moved });
    }
  };
  return (
    <Dialog className="palette-dialog" aria-label="Command palette">
      <div className="pin">
        <Icon of={Search} />
        <input
          type="text"
          role="combobox"
          aria-label="Find an account or run a command"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active.id}`}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder="Last four, name, company ID, customer ID, or a command"
          maxLength={100}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMoved(undefined);
            setWish(undefined);
          }}
          onKeyDown={press}
        />
        <span className="muted" aria-live="polite">
          {accounts.length === 0 ? "" : `${counted(accounts.length, "account")}, `}
          {counted(found.length, "command")}
        </span>
      </div>
      <div className="plist" tabIndex={0} role="group" aria-label="Results, to scroll">
        <Results id={listId} choices={choices} active={active?.id} onChoose={choose} />
        {choices.length === 0 && isSettled ? <p className="none">Nothing matches “{words}”.</p> : null}
      </div>
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
