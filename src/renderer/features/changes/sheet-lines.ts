import {
  type FieldChange,
  type FieldValue,
  type FinzlyFieldName,
  type KnownFields,
  type KnownValue,
  type ProviderKind,
  type RiskClass,
  type RuleIssue,
  type ValueSource,
} from "@contract";
import { finicityFieldNames } from "@contract/rules/check-finicity.ts";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import { basisOf, fundingBasisWords } from "@contract/rules/funding-basis.ts";
import { formatMoney } from "@contract/rules/money.ts";
import { percentText } from "../../ui/format.ts";

export { percentText };

export interface SheetLine {
  readonly key: FinzlyFieldName | "fundingBasis";
  readonly label: string;
  /** Where “Go to …” leads: the first provider field of the line. */
  readonly field: FinzlyFieldName;
  readonly fields: readonly FinzlyFieldName[];
  readonly changed: boolean;
  /** Undefined is an unknown base. */
  readonly from: { readonly text: string; readonly source: ValueSource; readonly atMs: number } | undefined;
  readonly to: string;
  readonly isCode: boolean;
  /** "+150,000.00": by how much an amount rises or falls. */
  readonly difference: string | undefined;
  readonly percent: string | undefined;
  readonly largeIncrease: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly risk: { readonly class: RiskClass; readonly reason: string } | undefined;
  readonly forcedBy: string | undefined;
  readonly issues: readonly RuleIssue[];
}

export interface SheetInput {
  readonly known: KnownFields;
  readonly changes: readonly FieldChange[];
  readonly issues: readonly RuleIssue[];
  readonly currency: string;
  /** Finicity takes two fields; every other sheet has them all. */
  readonly provider?: ProviderKind;
}

const basisFields: readonly FinzlyFieldName[] = ["isUnderWritten", "isAchPrefund"];
const codeFields: ReadonlySet<FinzlyFieldName> = new Set(["secCodes", "routingNumber", "achCompanyId", "costCenter", "masterGl"]);
/** The editor's fields from top to bottom; the two funding flags are one line, where the first of them stands. */
const formOrder: readonly FinzlyFieldName[] = [
  "accountName", "accountType", "accountSubType", "systemOfRecords", "accountNumber", "currency", "costCenter", "masterGl",
  "routingNumber", "bankIdType", "countryCode", "fboAccountNumber",
  "isAchPrefund", "debitExposureLimit", "creditExposureLimit", "achCompanyId", "callbackLimit", "secCodes",
  "enableOffset", "defaultOffset", "enableWire", "enableCallbacks", "feeAccount", "returnAccount", "accountAnalysis",
  "accountFeatures", "additionalAttributes",
];
const riskOrder: readonly RiskClass[] = ["low", "medium", "high"];

function fromOf(field: FinzlyFieldName, known: KnownValue | undefined, currency: string): SheetLine["from"] {
  if (known === undefined) return undefined;
  return { text: displayValue(field, known.value, currency), source: known.source, atMs: known.atMs };
}

function differenceText(deltaMinor: number | undefined, currency: string): string | undefined {
  if (deltaMinor === undefined) return undefined;
  return `${deltaMinor > 0 ? "+" : ""}${formatMoney(deltaMinor, currency)}`;
}

function lineOf(field: FinzlyFieldName, input: SheetInput): SheetLine {
  const change = input.changes.find((each) => each.field === field);
  const known = change === undefined ? input.known[field] : change.from;
  return {
    key: field,
    label: finzlyFields[field].label,
    field,
    fields: [field],
    changed: change !== undefined,
    from: fromOf(field, known, input.currency),
    to: change === undefined ? "" : displayValue(field, change.to, input.currency),
    isCode: codeFields.has(field) || finzlyFields[field].masked,
    difference: differenceText(change?.deltaMinor, input.currency),
    percent: change?.percentTenths === undefined ? undefined : percentText(change.percentTenths),
    largeIncrease: change?.largeIncrease ?? false,
    added: change?.codesAdded ?? [],
    removed: change?.codesRemoved ?? [],
    risk: change?.risk,
    forcedBy: change?.forcedBy,
    issues: input.issues.filter((issue) => issue.path === field),
  };
}

function flagOf(value: FieldValue | undefined): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function basisWords(known: KnownFields, changes: readonly FieldChange[]): string {
  const proposed = Object.fromEntries(
    changes.filter((change) => basisFields.includes(change.field)).map((change) => [change.field, flagOf(change.to)]),
  );
  const basis = basisOf(known, proposed);
  if (basis === "unknown") return "unknown";
  return basis === "both" ? "Prefunded and underwritten" : fundingBasisWords[basis];
}

/** The provider's two flags as the one line a person thinks in. */
function basisLine(input: SheetInput): SheetLine {
  const changes = input.changes.filter((change) => basisFields.includes(change.field));
  const bases = Object.fromEntries(
    basisFields.map((field) => [field, input.changes.find((change) => change.field === field)?.from ?? input.known[field]]),
  ) as KnownFields;
  const before = basisWords(bases, []);
  const facts = basisFields.map((field) => bases[field]).filter((value) => value !== undefined);
  const oldest = facts.toSorted((a, b) => a.atMs - b.atMs)[0];
  const risks = changes.map((change) => change.risk);
  return {
    key: "fundingBasis",
    label: "Funding basis",
    field: "isAchPrefund",
    fields: changes.map((change) => change.field),
    changed: changes.length > 0,
    from: before === "unknown" || oldest === undefined ? undefined : { text: before, source: oldest.source, atMs: oldest.atMs },
    to: changes.length === 0 ? "" : basisWords(bases, changes),
    isCode: false,
    difference: undefined,
    percent: undefined,
    largeIncrease: false,
    added: [],
    removed: [],
    risk: risks.toSorted((a, b) => riskOrder.indexOf(b.class) - riskOrder.indexOf(a.class))[0],
    forcedBy: changes.find((change) => change.forcedBy !== undefined)?.forcedBy,
    issues: input.issues.filter((issue) => basisFields.some((field) => field === issue.path)),
  };
}

/** The lines of the change sheet, in the form's order; `reason` is sent too but is no change of the account. */
export function sheetLines(input: SheetInput): readonly SheetLine[] {
  const fields = input.provider === "finicity" ? finicityFieldNames.filter((field) => field !== "reason") : formOrder;
  return fields.map((field) => (field === "isAchPrefund" ? basisLine(input) : lineOf(field, input)));
}

/** What the sheet shows by default: lines that change, and lines with something to fix. */
export function changedLines(lines: readonly SheetLine[]): readonly SheetLine[] {
  return lines.filter((line) => line.changed || line.issues.some((issue) => issue.severity === "error"));
}

/** The gravest risk among changes, with its reason. */
export function gravestRisk(changes: readonly FieldChange[]): FieldChange["risk"] {
  const first = changes.map((change) => change.risk);
  const sorted = first.toSorted((a, b) => riskOrder.indexOf(b.class) - riskOrder.indexOf(a.class));
  return sorted[0] ?? { class: "low", reason: "Nothing changes." };
}
