import { useState } from "react";
import type { CellEdit, GridEditing } from "./grid-editing.tsx";
import type { GridCursor } from "./grid-keys.ts";

export interface CellEditInput<Row> {
  readonly editing: GridEditing<Row> | undefined;
  readonly columns: readonly { readonly id: string }[];
  readonly rowAt: (index: number) => Row | undefined;
  /** Puts focus back into the grid. */
  readonly onEnd: () => void;
}

export interface CellEditing<Row> {
  /** Begins to edit a cell; false where it may not be edited. */
  readonly startEdit: (at: GridCursor) => boolean;
  readonly editOf: (index: number, row: Row | undefined) => CellEdit | undefined;
}

/** The one cell of a grid that is being edited. */
export function useCellEdit<Row>({ editing, columns, rowAt, onEnd }: CellEditInput<Row>): CellEditing<Row> {
  const [edited, setEdited] = useState<GridCursor>();
  return {
    startEdit: (at) => {
      const row = rowAt(at.row);
      const column = columns[at.column];
      if (editing === undefined || row === undefined || column === undefined) return false;
      if (!editing.canEdit(row, column.id)) return false;
      setEdited(at);
      return true;
    },
    editOf: (index, row) => {
      const column = edited?.row === index ? columns[edited.column] : undefined;
      if (edited === undefined || column === undefined || row === undefined || editing === undefined) return undefined;
      const stop = () => {
        setEdited(undefined);
        onEnd();
      };
      return {
        column: edited.column,
        text: editing.textOf(row, column.id),
        onCancel: stop,
        onSave: (text) => {
          stop();
          editing.onSave(row, column.id, text);
        },
      };
    },
  };
}
