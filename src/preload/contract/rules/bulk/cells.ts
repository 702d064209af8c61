import type { z } from "zod";
import { type attributeRow, type KnownFields, proposedFields } from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";
import { type FundingBasis, fundingBases } from "../funding-basis.ts";
import { parseJsonText } from "../json-text.ts";
import type { AmountFormat } from "./amount-format.ts";
import { readCodeList } from "./code-list.ts";
import type { BulkCode, CellFinding } from "./names.ts";
import { amountText, readAmount } from "./plain-money.ts";
import { type ColumnTarget, isFieldTarget, targetFacts } from "./targets.ts";

export type AttributeRow = z.infer<typeof attributeRow>;
/** A value as `ProposedFields` takes it; amounts are decimal text in whole units. */
export type ProposedValue = string | boolean | string[] | AttributeRow[];

/** `leave`: a blank cell, which means leave alone. */
export type ParsedCell =
  | { readonly kind: "leave" }
  | { readonly kind: "value"; readonly value: ProposedValue; readonly warning?: CellFinding }
  | { readonly kind: "problem"; readonly problem: CellFinding };

export interface CellContext {
  /** For amounts: how the column writes them. */
  readonly amount?: Pick<AmountFormat, "unit" | "decimal"> | undefined;
  /** The currency of the row's amounts, ISO 4217. */
  readonly currency: string;
  readonly known: KnownFields;
}

const leave: ParsedCell = { kind: "leave" };

const yesWords = ["yes", "y", "true", "t", "1", "on"];
const noWords = ["no", "n", "false", "f", "0", "off"];
const answers: ReadonlyMap<string, boolean> = new Map([
  ...yesWords.map((word) => [word, true] as const),
  ...noWords.map((word) => [word, false] as const),
]);
const basisWords: ReadonlyMap<string, FundingBasis> = new Map([
  ...fundingBases.map((basis) => [basis, basis] as const),
  ["prefund", "prefunded"], ["underwriting", "underwritten"], ["none", "neither"],
]);

function problem(code: BulkCode, message: string): ParsedCell {
  return { kind: "problem", problem: { code, message } };
}

function value(proposed: ProposedValue): ParsedCell {
  return { kind: "value", value: proposed };
}

/** Whether a cell says nothing: empty, or blanks only. */
export function isBlankCell(text: string): boolean {
  return text === "" || (text.charCodeAt(0) <= 32 || text.charCodeAt(0) > 127) && text.trim() === "";
}

function isClear(text: string): boolean {
  return text.includes("<") && text.trim().toUpperCase() === "<CLEAR>";
}

function readAnswer(text: string): boolean | undefined {
  return answers.get(text) ?? answers.get(text.trim().toLowerCase());
}

/** The funding basis a cell names, whatever its case; undefined when it names none. */
export function basisOfWord(text: string): FundingBasis | undefined {
  return basisWords.get(text.trim().toLowerCase());
}

function parseAmount(text: string, label: string, context: CellContext): ParsedCell {
  const { unit, decimal } = context.amount ?? { unit: "ask", decimal: "." };
  if (unit === "ask") return problem("CSV-AMOUNT-UNIT", `Say whether ${label} is in dollars or in cents.`);
  const read = readAmount(text, context.currency, unit, decimal);
  if (!read.ok) return problem("CSV-AMOUNT", read.message);
  return value(amountText(text, read.amountMinor, context.currency));
}

function knownCodes(known: KnownFields): readonly string[] | undefined {
  const codes = known.secCodes;
  if (codes === undefined || codes.masked === true || !Array.isArray(codes.value)) return undefined;
  return codes.value.filter((item) => typeof item === "string");
}

function parseAttributes(text: string): ParsedCell {
  const shape = 'Additional attributes are a JSON list such as [{"attributeName":"Region","value":"West"}].';
  const parsed = parseJsonText(text);
  if (!parsed.ok) return problem("CSV-ATTRIBUTES", parsed.fault === "syntax" ? shape : parsed.message);
  const rows = proposedFields.shape.additionalAttributes.safeParse(JSON.parse(text));
  return rows.success && rows.data !== undefined ? value(rows.data) : problem("CSV-ATTRIBUTES", shape);
}

const withSpaces = new Set(["identifier", "code", "prose"]);

function parseText(target: ColumnTarget, text: string): ParsedCell {
  const { label, shape, maxLength } = targetFacts(target);
  if (maxLength !== undefined && text.length > maxLength) {
    const most = maxLength.toLocaleString("en-US");
    return problem("CSV-TOO-LONG", `${label} has more than ${most} characters.`);
  }
  const outer = text.charCodeAt(0) === 32 || text.charCodeAt(text.length - 1) === 32;
  if (!outer || !withSpaces.has(shape)) return value(text);
  const message = `${label} has spaces before or after the value; they are not sent.`;
  return { kind: "value", value: text, warning: { code: "CSV-OUTER-SPACES", message, fix: text.trim() } };
}

/**
 * Reads one cell as its column's target. Blank means leave alone; `<CLEAR>` is refused, because the provider documents
 * no way to clear any field. Text stays as it stands in the file, character for character; outer spaces are a warning.
 * Yes/No words, amounts and lists become what the update takes; whether a value is allowed is for `checkUpdate` to say.
 */
export function parseCell(target: ColumnTarget, text: string, context: CellContext): ParsedCell {
  if (isBlankCell(text)) return leave;
  const { label } = targetFacts(target);
  if (isClear(text)) {
    return problem("CSV-CLEAR", `${label} cannot be cleared: Finzly documents no way to do it. Leave the cell blank.`);
  }
  if (target === "fundingBasis") {
    const basis = basisOfWord(text);
    return basis === undefined
      ? problem("CSV-BASIS", "The funding basis is Prefunded, Underwritten or Neither.")
      : value(basis);
  }
  if (!isFieldTarget(target)) return parseText(target, text);
  const { kind } = finzlyFields[target];
  if (kind === "money") return parseAmount(text, label, context);
  if (kind === "yes-no" || kind === "flag") {
    const answer = readAnswer(text);
    if (answer === undefined) return problem("CSV-YES-NO", `${label} is Yes or No.`);
    return value(kind === "flag" ? answer : answer ? "Yes" : "No");
  }
  if (kind === "codes") {
    const list = readCodeList(text, knownCodes(context.known));
    return list.ok ? value(list.codes) : { kind: "problem", problem: list.problem };
  }
  return kind === "attributes" ? parseAttributes(text) : parseText(target, text);
}
