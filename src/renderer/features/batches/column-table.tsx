import type { BatchColumn, BatchDetail } from "@contract";
import { ErrorMessage, ToggleGroup } from "../../ui/index.ts";
import {
  isAmount,
  matchedWords,
  withTarget,
  withUnit,
  type ColumnDraft,
  type DraftProblem,
  type Unit,
} from "./column-draft.ts";
import { TargetPicker } from "./target-picker.tsx";
import { understoodWords } from "./understood.ts";

export interface ColumnTableProps {
  readonly batch: BatchDetail;
  readonly draft: ColumnDraft;
  readonly problems: readonly DraftProblem[];
  readonly onChange: (draft: ColumnDraft) => void;
}

interface RowProps extends Omit<ColumnTableProps, "batch"> {
  readonly column: BatchColumn;
  readonly at: number;
}

const units: readonly { readonly id: Unit; readonly label: string }[] = [
  { id: "dollars", label: "Dollars" },
  { id: "cents", label: "Cents" },
];

function AmountQuestion({ column, at, draft, problems, onChange }: RowProps) {
  const unit = draft.units[at];
  const problem = problems.find((each) => each.field === `unit-${String(at)}`);
  return (
    <div className="amount-question" data-field={`unit-${String(at)}`}>
      <ToggleGroup
        bare
        size="sm"
        label={`A plain number in “${column.header}” is`}
        choices={units}
        value={unit}
        onChange={(next: Unit) => onChange(withUnit(draft, at, next))}
      />
      <p className="small muted">
        {unit === undefined ? (column.unitWhy ?? "Dollars or cents?") : understoodWords(column, unit)}
      </p>
      {problem === undefined ? null : <ErrorMessage>{problem.message}</ErrorMessage>}
    </div>
  );
}

function ColumnRow({ column, at, draft, problems, onChange }: RowProps) {
  const target = draft.targets[at] ?? "ignore";
  const problem = problems.find((each) => each.field === `column-${String(at)}`);
  const isProposed = target === column.target;
  return (
    <tr className={target === "ignore" ? "off" : undefined}>
      <th scope="row">{column.header === "" ? <span className="muted">no heading</span> : column.header}</th>
      <td className="samples">
        {column.samples.slice(0, 3).map((sample, index) => (
          <span key={`${String(index)} ${sample}`} className="id">
            {sample === "" ? <span className="muted">blank</span> : sample}
          </span>
        ))}
      </td>
      <td>
        <TargetPicker
          header={column.header}
          value={target}
          name={`column-${String(at)}`}
          isInvalid={problem !== undefined}
          onChange={(next) => onChange(withTarget(draft, at, next))}
        />
        {problem === undefined ? null : <ErrorMessage>{problem.message}</ErrorMessage>}
      </td>
      <td className="small muted">
        {target === "ignore" ? "ignored" : isProposed ? matchedWords[column.matchedBy] : matchedWords.person}
      </td>
      <td>
        {isAmount(target) ? (
          <AmountQuestion column={column} at={at} draft={draft} problems={problems} onChange={onChange} />
        ) : null}
      </td>
    </tr>
  );
}

/** Each column of the file with three of its values, beside what it is taken for. */
export function ColumnTable({ batch, draft, problems, onChange }: ColumnTableProps) {
  return (
    <table className="plain-table column-table">
      <caption className="sr">What each column of the file is</caption>
      <thead>
        <tr>
          <th scope="col">Column in the file</th>
          <th scope="col">Some of its values</th>
          <th scope="col">Is</th>
          <th scope="col">Recognised by</th>
          <th scope="col">Amounts</th>
        </tr>
      </thead>
      <tbody>
        {batch.columns.map((column, at) => (
          <ColumnRow key={column.index} column={column} at={at} draft={draft} problems={problems} onChange={onChange} />
        ))}
      </tbody>
    </table>
  );
}
