import type { FieldValue, FinzlyFieldName } from "@contract";
import { compareRow, readSafeCell, rowProposal, type BulkColumn } from "@contract/rules/bulk/index.ts";
import { isFieldTarget } from "@contract/rules/bulk/targets.ts";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { CachedAccount } from "./account-cache.ts";

/** The text of a known value beside a cell: 0 where the cell says the same, null where nothing is known. */
export type ShownBeside = string | 0 | null;

/**
 * What stands beside the cells of a row that changes nothing and has nothing wrong with it; undefined: judge it in
 * full. Every answer is that of the full rules; it is remembered for the next row with the same cell and value.
 */
export type UnchangedRows = (cells: readonly string[], account: CachedAccount) => readonly ShownBeside[] | undefined;

interface Answer {
  readonly value: FieldValue;
  readonly currency: FieldValue | undefined;
  readonly same: boolean;
  readonly shown: ShownBeside;
}

const keptAnswers = 2000;
const apostrophe = 0x27;

function isSameValue(a: FieldValue, b: FieldValue): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, at) => typeof item === "string" && item === b[at]);
}

/** Fields whose text is shown as it stands, so that an equal cell needs no further look. */
function isPlainText(target: FinzlyFieldName): boolean {
  const { kind, masked, choices } = finzlyFields[target];
  return !masked && choices === undefined && kind !== "features";
}

function judge(cell: string, column: BulkColumn, target: FinzlyFieldName, account: CachedAccount): Answer {
  const known = account.known();
  const value = known[target]?.value ?? "";
  const currency = known.currency?.value;
  const alone = Array.from({ length: column.index + 1 }, (_, at) => (at === column.index ? cell : ""));
  const { proposed, problems } = rowProposal(alone, [column], known);
  const compared = compareRow({ known, proposed });
  const shown = displayValue(target, value, compared.currency);
  const same = problems.length === 0 && compared.bucket === "no-change";
  return { value, currency, same, shown: shown === readSafeCell(cell) ? 0 : shown };
}

/** `columns` come from `proposalColumns`. */
export function createUnchangedRows(columns: readonly BulkColumn[]): UnchangedRows {
  const fields = columns.map((column) => {
    const target = isFieldTarget(column.target) ? column.target : undefined;
    const plain = target !== undefined && isPlainText(target);
    return { column, index: column.index, target, plain, answers: new Map<string, Answer>() };
  });
  const asKnown: ShownBeside[] = fields.flatMap(({ target }) => (target === undefined ? [] : [0]));

  return (cells, account) => {
    const values = account.oneRead?.values;
    if (values === undefined) return undefined;
    let beside: ShownBeside[] | undefined;
    let place = -1;
    for (const { column, index, target, plain, answers } of fields) {
      const cell = cells[index] ?? "";
      if (target === undefined) {
        if (cell !== "") return undefined;
        continue;
      }
      place += 1;
      const value = values[target];
      if (value === undefined) {
        if (cell !== "") return undefined;
        (beside ??= [...asKnown])[place] = null;
        continue;
      }
      if (plain && value === cell && cell !== "" && cell.charCodeAt(0) !== apostrophe) continue;
      let answer = answers.get(cell);
      if (answer === undefined || !isSameValue(answer.value, value) || answer.currency !== values.currency) {
        answer = judge(cell, column, target, account);
        if (answers.size >= keptAnswers) answers.clear();
        answers.set(cell, answer);
      }
      if (!answer.same) return undefined;
      if (answer.shown !== 0) (beside ??= [...asKnown])[place] = answer.shown;
    }
    return beside ?? asKnown;
  };
}
