import type { BatchColumn, BatchDetail, FieldChange, FinzlyFieldName, PlanRow } from "@contract";
import { finzlyFieldNames } from "@contract";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import { countText, percentText } from "../../ui/index.ts";

/** A column of the Compare grid: a field, or the two funding flags as the one thing a person thinks in. */
export type PlanField = FinzlyFieldName | "fundingBasis";

/** What a row does to one field. */
export type PlanCell =
  | {
      readonly kind: "change";
      readonly from: string | undefined;
      readonly to: string;
      readonly percent: string | undefined;
    }
  | {
      readonly kind: "codes";
      readonly kept: string;
      readonly isBaseKnown: boolean;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: "same"; readonly text: string }
  | { readonly kind: "leave-alone" }
  | { readonly kind: "none" };

const basisFlags: readonly FinzlyFieldName[] = ["isUnderWritten", "isAchPrefund"];

/** The order of the update body, money and codes first: what people look at. */
const fieldOrder: readonly PlanField[] = [
  "debitExposureLimit",
  "creditExposureLimit",
  "fundingBasis",
  "secCodes",
  "callbackLimit",
  ...finzlyFieldNames.filter(
    (field) =>
      !basisFlags.includes(field) &&
      !["debitExposureLimit", "creditExposureLimit", "secCodes", "callbackLimit", "reason"].includes(field),
  ),
];

function planFieldOf(target: BatchColumn["target"] | FinzlyFieldName): PlanField | undefined {
  if (target === "fundingBasis" || target === "isUnderWritten" || target === "isAchPrefund") return "fundingBasis";
  return finzlyFieldNames.find((field) => field === target && field !== "reason");
}

/** The columns of the grid: all fields of an update, or those the file names and those that change besides. */
export function planFields(batch: Pick<BatchDetail, "columns" | "totals" | "key">, all: boolean): readonly PlanField[] {
  if (all) return fieldOrder;
  const isKey = (target: BatchColumn["target"]) => target === "accountNumber" && batch.key === "account-number";
  const named = batch.columns.filter(({ target }) => !isKey(target)).map(({ target }) => planFieldOf(target));
  const changed = batch.totals.figures.map((figure) => planFieldOf(figure.field));
  const wanted = new Set([...named, ...changed]);
  return fieldOrder.filter((field) => wanted.has(field));
}

export function planFieldLabel(field: PlanField): string {
  return field === "fundingBasis" ? "Funding basis" : finzlyFields[field].label;
}

export function isMoneyField(field: PlanField): boolean {
  return field !== "fundingBasis" && finzlyFields[field].kind === "money";
}

function fieldsOf(field: PlanField): readonly FinzlyFieldName[] {
  return field === "fundingBasis" ? basisFlags : [field];
}

function isYes(text: string | undefined): boolean | undefined {
  return text === "Yes" ? true : text === "No" ? false : undefined;
}

function basisText(underwritten: boolean | undefined, prefunded: boolean | undefined): string | undefined {
  if (underwritten === true && prefunded === true) return "Prefunded and underwritten";
  if (prefunded === true) return "Prefunded";
  if (underwritten === true) return "Underwritten";
  return underwritten === false && prefunded === false ? "Neither" : undefined;
}

function basisCell(row: PlanRow, changes: readonly FieldChange[]): PlanCell {
  const flag = (field: FinzlyFieldName, when: "from" | "to") => {
    const change = changes.find((each) => each.field === field);
    const value = change === undefined ? undefined : when === "to" ? change.to : change.from?.value;
    if (change !== undefined) return typeof value === "boolean" ? value : undefined;
    return isYes(row.known[field]);
  };
  const from = basisText(flag("isUnderWritten", "from"), flag("isAchPrefund", "from"));
  if (changes.length === 0) return from === undefined ? { kind: "none" } : { kind: "same", text: from };
  const to = basisText(flag("isUnderWritten", "to"), flag("isAchPrefund", "to")) ?? "unknown";
  return { kind: "change", from, to, percent: undefined };
}

const manyTimesTenths = 9_990;

/** Whole percent, so that it fits its place; under one percent the tenth stays, from +999% on it is "×12". */
export function shortPercent(tenths: number): string {
  if (tenths > manyTimesTenths) return `×${countText(Math.round(tenths / 1_000 + 1))}`;
  return percentText(Math.abs(tenths) < 10 ? tenths : Math.round(tenths / 10) * 10);
}

function changeCell(change: FieldChange, currency: string): PlanCell {
  const from = change.from === undefined ? undefined : displayValue(change.field, change.from.value, currency);
  const { codesAdded = [], codesRemoved = [] } = change;
  if (change.field === "secCodes") {
    const before = Array.isArray(change.from?.value) ? change.from.value.map(String) : [];
    const kept = before.filter((code) => !codesRemoved.includes(code)).join(" ");
    const to = Array.isArray(change.to) ? change.to.map(String) : [];
    const isBaseKnown = change.from !== undefined;
    return { kind: "codes", kept, isBaseKnown, added: isBaseKnown ? codesAdded : to, removed: codesRemoved };
  }
  const percent = change.percentTenths === undefined ? undefined : shortPercent(change.percentTenths);
  return { kind: "change", from, to: displayValue(change.field, change.to, currency), percent };
}

/** Which of the file's columns feed each field. */
export function columnsByField(columns: readonly BatchColumn[]): ReadonlyMap<PlanField, readonly number[]> {
  const map = new Map<PlanField, number[]>();
  for (const column of columns) {
    const field = planFieldOf(column.target);
    if (field !== undefined) map.set(field, [...(map.get(field) ?? []), column.index]);
  }
  return map;
}

/** What a row does to a field: changes it, finds it already so, or leaves it alone because its cell is blank. */
export function planCell(row: PlanRow, field: PlanField, columns: ReadonlyMap<PlanField, readonly number[]>): PlanCell {
  const changes = row.changes.filter((change) => fieldsOf(field).includes(change.field));
  const currency = row.currency ?? "USD";
  if (field === "fundingBasis" && changes.length > 0) return basisCell(row, changes);
  const [change] = changes;
  if (change !== undefined) return changeCell(change, currency);
  const sources = columns.get(field) ?? [];
  const isBlank = sources.length > 0 && sources.every((index) => (row.cells[index] ?? "").trim() === "");
  if (isBlank) return { kind: "leave-alone" };
  if (field === "fundingBasis") return basisCell(row, []);
  const known = row.known[field];
  return known === undefined ? { kind: "none" } : { kind: "same", text: known };
}

/** The largest of a row's increases is more than double. */
export function hasLargeIncrease(row: PlanRow): boolean {
  return row.changes.some((change) => change.largeIncrease);
}

/** The whole of a cell in words, for where it is cut. */
export function planCellText(cell: PlanCell): string {
  switch (cell.kind) {
    case "change":
      return `${cell.from ?? "unknown"} → ${cell.to}`;
    case "codes": {
      const moved = [...cell.added.map((code) => `+${code}`), ...cell.removed.map((code) => `−${code}`)];
      return [cell.isBaseKnown ? cell.kept : "unknown", ...moved].filter((text) => text !== "").join(" ");
    }
    case "same":
      return cell.text;
    case "leave-alone":
      return "leave alone";
    case "none":
      return "";
    default:
      return cell satisfies never;
  }
}
