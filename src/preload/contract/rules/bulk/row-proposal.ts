import { isCurrencyCode } from "../currencies.ts";
import { currencyOf } from "../field-sameness.ts";
import type { FinzlyFieldName, KnownFields, KnownValue, ProposedFields } from "../field-types.ts";
import { chooseBasis, type FundingBasis, fundingBases, fundingBasisWords } from "../funding-basis.ts";
import type { AmountFormat } from "./amount-format.ts";
import { parseCell, type ProposedValue } from "./cells.ts";
import type { DamageContext } from "./damage-context.ts";
import { damageFinding, damageOf } from "./damage.ts";
import { type CellFinding, type CellProblem, problemAt, severityOf } from "./names.ts";
import { readSafeCell } from "./result-cell.ts";
import { type ColumnTarget, isFieldTarget, isKeyTarget } from "./targets.ts";

/** One column of the file that is not ignored. */
export interface BulkColumn {
  /** 0-based place in the file. */
  readonly index: number;
  readonly target: ColumnTarget;
  readonly header?: string | undefined;
  readonly amount?: Pick<AmountFormat, "unit" | "decimal"> | undefined;
  /** By what its cells are judged; without it damage is not looked for. */
  readonly damage?: DamageContext | undefined;
}

/** What one row asks for. A cell with an error is not in `proposed`. */
export interface RowProposal {
  readonly proposed: ProposedFields;
  readonly authorisationRef?: string;
  readonly problems: readonly CellProblem[];
}

const noProblems: readonly CellProblem[] = [];

/** Columns in the order `rowProposal` needs: the currency before the amounts it counts; keys left out. */
export function proposalColumns(columns: readonly BulkColumn[]): readonly BulkColumn[] {
  const isCurrency = (column: BulkColumn): number => (column.target === "currency" ? 0 : 1);
  return columns.filter((column) => !isKeyTarget(column.target)).toSorted((a, b) => isCurrency(a) - isCurrency(b));
}

function rowCurrency(known: KnownFields, proposed: ProposedFields): string {
  const own = known.currency?.value;
  if (proposed.currency === undefined && typeof own === "string" && isCurrencyCode(own)) return own;
  return currencyOf(known, proposed);
}

function isFundingBasis(word: string): word is FundingBasis {
  return (fundingBases as readonly string[]).includes(word);
}

/** Exactly the known text: no change, so there is nothing to judge or to read. */
function isLastKnown(text: string, known: KnownValue | undefined): boolean {
  return known !== undefined && known.value === text && known.masked !== true;
}

type Values = Partial<Record<FinzlyFieldName, ProposedValue>>;

/** The two flags and what they force; undefined when a column of the same row says otherwise. */
function withBasis(basis: FundingBasis, known: KnownFields, row: ProposedFields): ProposedFields | undefined {
  const chosen = chooseBasis(basis, known, row).proposed;
  const clashes = (["isAchPrefund", "isUnderWritten"] as const).some(
    (flag) => row[flag] !== undefined && row[flag] !== chosen[flag],
  );
  if (clashes) return undefined;
  return row.enableOffset === undefined ? chosen : { ...chosen, enableOffset: row.enableOffset };
}

function clash(basis: FundingBasis): CellFinding {
  const message = `The funding basis ${fundingBasisWords[basis]} contradicts ACH prefund or Underwritten in this row.`;
  return { code: "CSV-BASIS-CLASH", message };
}

/**
 * What one row asks for, cell by cell: the mark of our own result files is taken off, damage is looked for, then the
 * cell is read. `columns` come from `proposalColumns`; missing cells count as blank. A column of the row that
 * contradicts the funding basis is a problem, never overruled. Never throws.
 */
export function rowProposal(
  cells: readonly string[],
  columns: readonly BulkColumn[],
  known: KnownFields,
): RowProposal {
  const values: Values = {};
  const row = values as ProposedFields;
  let basis: { readonly word: FundingBasis; readonly column: BulkColumn } | undefined;
  let authorisationRef: string | undefined;
  let problems: CellProblem[] | undefined;
  let currency: string | undefined;
  const report = (found: CellFinding, column: BulkColumn): void => {
    (problems ??= []).push(problemAt(found, column.index, column.target));
  };
  for (const column of columns) {
    const raw = cells[column.index];
    if (raw === undefined || raw === "") continue;
    const text = readSafeCell(raw);
    const { target } = column;
    if (isFieldTarget(target) && isLastKnown(text, known[target])) {
      values[target] = text;
      continue;
    }
    const damage = column.damage === undefined ? undefined : damageOf(text, column.damage);
    if (damage !== undefined) {
      report(damageFinding(damage), column);
      if (severityOf(damage.code) === "error") continue;
    }
    if (column.amount !== undefined) currency ??= rowCurrency(known, row);
    const parsed = parseCell(target, text, { amount: column.amount, currency: currency ?? "USD", known });
    if (parsed.kind === "leave") continue;
    if (parsed.kind === "problem") {
      report(parsed.problem, column);
      continue;
    }
    if (parsed.warning !== undefined) report(parsed.warning, column);
    const { value } = parsed;
    if (isFieldTarget(target)) values[target] = value;
    else if (typeof value !== "string") continue;
    else if (target === "authorisationRef") authorisationRef = value;
    else if (isFundingBasis(value)) basis = { word: value, column };
  }
  const based = basis === undefined ? row : withBasis(basis.word, known, row);
  if (basis !== undefined && based === undefined) report(clash(basis.word), basis.column);
  return {
    proposed: based ?? row,
    ...(authorisationRef === undefined ? {} : { authorisationRef }),
    problems: problems ?? noProblems,
  };
}
