import { type Check, type CheckContext, changedText, textAfter } from "./check-context.ts";
import { checkCompanyId } from "./company-id.ts";
import { isCurrencyCode } from "./currencies.ts";
import { type FinzlyFieldName, finzlyFieldNames, type RuleIssue } from "./field-types.ts";
import { finzlyFields, subtypeReplacements, subtypesByType } from "./finzly-fields.ts";
import { finding } from "./rule-codes.ts";

function isChoice(field: FinzlyFieldName, value: string): boolean {
  return finzlyFields[field].choices?.some((choice) => choice.value === value) === true;
}

function typeOfSubtype(subtype: string): string | undefined {
  const plain = subtypeReplacements.get(subtype) ?? subtype;
  return [...subtypesByType].find(([, subtypes]) => subtypes.includes(plain))?.[0];
}

/** Whether the provider lets this subtype stand under this type; deprecated spellings count as their replacement. */
export function subtypeFits(type: string, subtype: string): boolean {
  return typeOfSubtype(subtype) === type;
}

function pairIssues(context: CheckContext): readonly RuleIssue[] {
  const type = textAfter(context, "accountType");
  const subtype = textAfter(context, "accountSubType");
  if (type === undefined || !subtypesByType.has(type)) return [];
  const choose = `Choose ${[...(subtypesByType.get(type) ?? [])].join(", ")}.`;
  if (subtype === undefined || typeOfSubtype(subtype) === undefined) {
    if (context.changed.accountType === undefined || context.changed.accountSubType !== undefined) return [];
    const message = `The account type is sent together with a subtype, and none is known. ${choose}`;
    return [finding("FZ-SUBTYPE-REQUIRED", "accountSubType", message)];
  }
  if (subtypeFits(type, subtype)) return [];
  const whose = context.changed.accountType === undefined ? "this account's type is" : "the proposed type is";
  const own = (typeOfSubtype(subtype) ?? "").toLowerCase();
  const message = `${subtype} is a ${own} subtype, but ${whose} ${type}. ${choose}`;
  return [finding("FZ-SUBTYPE-PAIR", "accountSubType", message)];
}

function subtypeIssues(context: CheckContext): readonly RuleIssue[] {
  const subtype = changedText(context, "accountSubType");
  if (subtype === undefined) return [];
  if (!isChoice("accountSubType", subtype)) {
    return [finding("FZ-SUBTYPE-ENUM", "accountSubType", "Finzly does not know this subtype. Choose from the list.")];
  }
  if (subtype === "Health Savings Account") {
    const message = "Finzly's own lists of deposit and loan subtypes leave Health Savings Account out; it may refuse.";
    return [finding("FZ-SUBTYPE-HSA", "accountSubType", message)];
  }
  const replacement = subtypeReplacements.get(subtype);
  if (replacement === undefined) return [];
  const message = `“${subtype}” is deprecated. Use “${replacement}”.`;
  return [finding("FZ-SUBTYPE-DEPRECATED", "accountSubType", message, replacement)];
}

function choiceIssues(context: CheckContext): readonly RuleIssue[] {
  return finzlyFieldNames.flatMap((field) => {
    const value = changedText(context, field);
    const { label, kind } = finzlyFields[field];
    if (value === undefined || (kind !== "choice" && kind !== "yes-no") || isChoice(field, value)) return [];
    if (kind === "yes-no") return [finding("FZ-YES-NO", field, `${label} is Yes or No.`)];
    if (field === "accountType") return [finding("FZ-TYPE-ENUM", field, "The account type is Deposit or Loan.")];
    if (field === "systemOfRecords") {
      return [finding("FZ-SYSTEM-ENUM", field, "The system of records is Other Core or External.")];
    }
    return field === "bankIdType" ? [finding("FZ-BANK-ID-TYPE-ENUM", field, "The bank ID type is NID or BIC.")] : [];
  });
}

function numberShape(context: CheckContext, field: "accountNumber" | "fboAccountNumber"): readonly RuleIssue[] {
  const value = changedText(context, field);
  if (value === undefined || /^[A-Za-z0-9]+$/u.test(value)) return [];
  const code = field === "accountNumber" ? "FZ-ACCOUNT-NUMBER-SHAPE" : "FZ-FBO-SHAPE";
  const label = finzlyFields[field].label;
  const message = /[•*]/u.test(value)
    ? `${label} is masked. Enter the full number, or leave it as it is.`
    : `${label} takes letters and digits only, without spaces or hyphens.`;
  return [finding(code, field, message)];
}

function currencyIssues(context: CheckContext): readonly RuleIssue[] {
  const currency = changedText(context, "currency");
  if (currency === undefined) return [];
  if (!isCurrencyCode(currency)) {
    return [finding("FZ-CURRENCY-CODE", "currency", "This is not an ISO 4217 currency. Use a code such as USD.")];
  }
  const moneyFields = finzlyFieldNames.filter((field) => finzlyFields[field].kind === "money");
  const staying = moneyFields.filter(
    (field) => context.changed[field] === undefined && typeof context.known[field]?.value === "number",
  );
  if (staying.length === 0 || context.known.currency === undefined) return [];
  const names = staying.map((field) => finzlyFields[field].label).join(", ");
  const message = `These stay as plain numbers and will be read as ${currency}: ${names}.`;
  return [finding("FZ-CURRENCY-LIMITS", "currency", message)];
}

function companyIdIssues(context: CheckContext): readonly RuleIssue[] {
  const value = changedText(context, "achCompanyId");
  if (value === undefined) return [];
  const verdict = checkCompanyId(value);
  if (verdict.ok) {
    const message = "A company ID is usually ten digits. Check it against the agreement.";
    return verdict.usual ? [] : [finding("FZ-COMPANY-ID-SHAPE", "achCompanyId", message)];
  }
  return verdict.fault === "length"
    ? [finding("FZ-COMPANY-ID-LENGTH", "achCompanyId", "A company ID has at most ten characters.")]
    : [finding("FZ-COMPANY-ID-CHARACTERS", "achCompanyId", "A company ID takes letters and digits only.")];
}

function textIssues(context: CheckContext): readonly RuleIssue[] {
  const reason = changedText(context, "reason") ?? "";
  if (reason.length <= 255) return [];
  const message = `The reason has ${String(reason.length)} characters; Finzly takes 255.`;
  return [finding("FZ-REASON-LENGTH", "reason", message)];
}

/** Type and subtype, enumerations, account numbers, currency, company id, length of the reason. */
export const checkIdentity: Check = (context) => [
  ...choiceIssues(context),
  ...subtypeIssues(context),
  ...pairIssues(context),
  ...numberShape(context, "accountNumber"),
  ...numberShape(context, "fboAccountNumber"),
  ...currencyIssues(context),
  ...companyIdIssues(context),
  ...textIssues(context),
];
