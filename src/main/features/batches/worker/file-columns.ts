import type { BatchColumn, BatchDetail, ColumnTarget } from "@contract";
import {
  amountUnit,
  headerFingerprint,
  keyChoices,
  readAmount,
  suggestColumns,
  targetFacts,
  type ColumnStats,
  type ColumnSuggestion,
  type KeyChoiceName,
  type ColumnTarget as BulkTarget,
} from "@contract/rules/bulk/index.ts";
import { formatMoney } from "@contract/rules/money.ts";
import { maskNumber } from "../../../core/mask.ts";
import { isRagged, shownAstray } from "./row-width.ts";

type KeyKind = NonNullable<BatchDetail["key"]>;

export const keyNames: Readonly<Record<KeyKind, KeyChoiceName>> = {
  "customer-and-account": "uids",
  "account-number": "account-number",
  "last-four-and-customer": "last-four",
};

const shownSamples = 3;
/** How many of the first rows a person sees. */
export const shownRows = 100;

/** What was found in one column while the file was read. */
export interface ReadColumn {
  readonly header: string;
  /** Some values that are not blank, as they stand in the file. */
  readonly samples: readonly string[];
  readonly stats: ColumnStats;
}

/** A column's target in the contract's words: an account number is one target there, whatever it is for. */
function contractTarget(target: BulkTarget): ColumnTarget {
  return target === "accountNumberKey" ? "accountNumber" : target;
}

function isMasked(target: BulkTarget | undefined): boolean {
  return target !== undefined && targetFacts(target).masked;
}

/** A cell fit to leave main: account numbers keep their last four. */
export function shownCell(cell: string, masked: boolean): string {
  return masked && cell !== "" ? maskNumber(cell) : cell;
}

function understood(samples: readonly string[], suggestion: ColumnSuggestion): string[] | undefined {
  const { amount } = suggestion;
  if (amount === undefined || amount.unit === "ask") return undefined;
  const { unit, decimal } = amount;
  return samples.map((sample) => {
    const read = readAmount(sample, "USD", unit, decimal);
    return read.ok ? formatMoney(read.amountMinor, "USD") : read.message;
  });
}

function maskedColumn({ target, candidates }: ColumnSuggestion): boolean {
  return isMasked(target) || (candidates ?? []).some(isMasked);
}

function columnOf(column: ReadColumn, index: number, suggestion: ColumnSuggestion): BatchColumn {
  const { header, samples } = column;
  const { target, by, amount } = suggestion;
  const decimal = decimalOf(column);
  const shown = samples.slice(0, shownSamples);
  const masked = maskedColumn(suggestion);
  const amounts = understood(shown, suggestion);
  return {
    index,
    header,
    samples: shown.map((sample) => shownCell(sample, masked)),
    target: target === undefined ? "ignore" : contractTarget(target),
    matchedBy: by ?? "none",
    ...(amount === undefined ? {} : { unit: amount.unit, unitWhy: amount.why }),
    ...(decimal === "," ? { decimal } : {}),
    ...(masked ? { accountNumbers: true as const } : {}),
    ...(amounts === undefined ? {} : { understood: amounts }),
  };
}

export interface FileColumns {
  readonly columns: readonly BatchColumn[];
  readonly keyChoices: BatchDetail["keyChoices"];
  readonly headerFingerprint: string;
  readonly preview: readonly (readonly string[])[];
}

function keyChoicesOf(targets: readonly (BulkTarget | undefined)[]): BatchDetail["keyChoices"] {
  const present = targets.flatMap((target) => (target === undefined ? [] : [{ target }]));
  if (present.some(({ target }) => target === "accountNumber")) present.push({ target: "accountNumberKey" });
  const choices = keyChoices(present);
  return Object.entries(keyNames).flatMap(([kind, name]) => {
    const choice = choices.find((one) => one.name === name);
    if (choice === undefined) return [];
    const missing = choice.missing.map((target) => targetFacts(target).label).join(" and ");
    const base = { kind: kind as KeyKind, label: choice.label, possible: choice.available };
    return [missing === "" ? base : { ...base, why: `Needs a column for ${missing}.` }];
  });
}

const suggestedFor = (read: readonly ReadColumn[]): ColumnSuggestion[] =>
  suggestColumns(
    read.map(({ header }) => header),
    read.map(({ samples }) => samples),
  );

/** By place: the columns that probably hold account numbers. */
export function maskedColumns(read: readonly ReadColumn[]): boolean[] {
  return suggestedFor(read).map(maskedColumn);
}

/** What each column probably is, with the rows a person sees beside it. Account numbers are masked. */
export function fileColumns(read: readonly ReadColumn[], firstRows: readonly (readonly string[])[]): FileColumns {
  const headers = read.map((column) => column.header);
  const suggestions = suggestedFor(read);
  const masked = suggestions.map(maskedColumn);
  const shownRow = (cells: readonly string[]): string[] => {
    const astray = isRagged(cells, read.length);
    return cells.map((cell, at) =>
      masked[at] !== true && astray ? shownAstray(cell, { masked }) : shownCell(cell, masked[at] === true),
    );
  };
  return {
    columns: read.map((column, index) => columnOf(column, index, suggestions[index] ?? {})),
    keyChoices: keyChoicesOf(suggestions.map((suggestion) => suggestion.target)),
    headerFingerprint: headerFingerprint(headers),
    preview: firstRows.slice(0, shownRows).map(shownRow),
  };
}

/** The decimal sign of a column's amounts, from its values. */
export function decimalOf({ header, samples }: Pick<ReadColumn, "header" | "samples">): "." | "," {
  return samples.some((sample) => sample.includes(",") || sample.includes(".")) ? amountUnit(header, samples).decimal : ".";
}
