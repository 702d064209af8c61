import type { FinzlyFieldName, InputOf, ProposedFields } from "@contract";
import { finzlyFieldNames } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { normaliseSecCodes } from "@contract/rules/sec-codes.ts";
import { parseMoney } from "@contract/rules/money.ts";

export type BulkField = FinzlyFieldName | "fundingBasis";
export type CodesMode = "replace" | "add" | "remove";

/** What a person chose to set on many accounts, as typed. */
export interface BulkValue {
  readonly field: BulkField;
  readonly text: string;
  readonly codes: CodesMode;
}

const notTogether: ReadonlySet<FinzlyFieldName> = new Set([
  "reason",
  "accountNumber",
  "fboAccountNumber",
  "accountFeatures",
  "additionalAttributes",
  "isUnderWritten",
  "isAchPrefund",
]);

/** The fields that may hold the same value on many accounts; identifiers of one account and open objects may not. */
export const bulkFields: readonly { readonly id: BulkField; readonly label: string }[] = [
  { id: "fundingBasis", label: "Funding basis" },
  ...finzlyFieldNames
    .filter((field) => !notTogether.has(field))
    .map((field) => ({ id: field, label: finzlyFields[field].label })),
];

/** The words to choose from, or undefined where a value is typed. */
export function bulkChoices(field: BulkField): readonly { readonly id: string; readonly label: string }[] | undefined {
  if (field === "fundingBasis") {
    return [
      { id: "prefunded", label: "Prefunded" },
      { id: "underwritten", label: "Underwritten" },
      { id: "neither", label: "Neither" },
    ];
  }
  const { kind, choices } = finzlyFields[field];
  if (kind === "flag")
    return [
      { id: "Yes", label: "Yes" },
      { id: "No", label: "No" },
    ];
  return choices
    ?.filter((choice) => choice.replacement === undefined)
    .map(({ value, label }) => ({ id: value, label }));
}

export function isMoney(field: BulkField): boolean {
  return field !== "fundingBasis" && finzlyFields[field].kind === "money";
}

function codesOf(text: string): readonly string[] {
  return normaliseSecCodes(text.split(/[\s,;|]+/u).filter((code) => code !== ""));
}

/** Why the value cannot be set, in a sentence. */
export function bulkProblem({ field, text }: BulkValue): string | undefined {
  if (text.trim() === "")
    return bulkChoices(field) === undefined ? "Type the value to set." : "Choose the value to set.";
  if (isMoney(field)) {
    const money = parseMoney(text, "USD");
    return money.ok ? undefined : money.message;
  }
  if (field === "secCodes" && codesOf(text).some((code) => !/^[A-Z]{3}$/u.test(code)))
    return "SEC codes have three letters each, such as CCD or PPD.";
  return undefined;
}

type Edit = Pick<InputOf<"batches.fromAccounts">, "proposed" | "codesAdd" | "codesRemove">;

/** The value as the bridge takes it. */
export function bulkEdit({ field, text, codes }: BulkValue): Edit {
  if (field === "fundingBasis") {
    const basis: ProposedFields = { isAchPrefund: text === "prefunded", isUnderWritten: text === "underwritten" };
    return { proposed: text === "prefunded" ? { ...basis, enableOffset: "Yes" } : basis };
  }
  if (field === "secCodes") {
    const list = [...codesOf(text)];
    if (codes === "add") return { proposed: {}, codesAdd: list };
    return codes === "remove" ? { proposed: {}, codesRemove: list } : { proposed: { secCodes: list } };
  }
  return { proposed: { [field]: finzlyFields[field].kind === "flag" ? text === "Yes" : text.trim() } };
}
