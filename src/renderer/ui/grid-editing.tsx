/* oxlint-disable jsx-a11y/no-autofocus -- the cell was asked to be edited */
import { useRef, useState, type KeyboardEvent } from "react";

/** Which cells may be changed in place: F2, Enter or a double click edits, Enter saves, Esc keeps what was there. */
export interface GridEditing<Row> {
  readonly canEdit: (row: Row, columnId: string) => boolean;
  readonly textOf: (row: Row, columnId: string) => string;
  readonly onSave: (row: Row, columnId: string, text: string) => void;
}

export interface CellEdit {
  readonly column: number;
  readonly text: string;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

export function CellEditor({ edit, label }: { readonly edit: CellEdit; readonly label: string }) {
  const [text, setText] = useState(edit.text);
  const isOver = useRef(false);
  const end = (act: () => void) => {
    if (isOver.current) return;
    isOver.current = true;
    act();
  };
  const save = () => end(() => (text === edit.text ? edit.onCancel() : edit.onSave(text)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") end(edit.onCancel);
    else save();
  };
  return (
    <input
      className="cell-input"
      aria-label={label}
      value={text}
      autoFocus
      autoComplete="off"
      spellCheck="false"
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={save}
    />
  );
}
