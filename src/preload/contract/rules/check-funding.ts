import { type Check, type CheckContext, textAfter, valueAfter } from "./check-context.ts";
import { type FieldValue, type FinzlyFieldName, finzlyFieldNames, type RuleIssue } from "./field-types.ts";
import { finzlyFields } from "./finzly-fields.ts";
import { minorDigits } from "./money.ts";
import { finding } from "./rule-codes.ts";
import { normaliseSecCodes, secCode } from "./sec-codes.ts";

const callbackLimitMaxCents = 99_999_999_999n;

/** Whether an amount is above 999,999,999.99 in its currency. */
function aboveCallbackMax(amountMinor: number, currency: string): boolean {
  const scale = 10n ** BigInt(minorDigits(currency) ?? 2);
  return BigInt(amountMinor) * 100n > callbackLimitMaxCents * scale;
}

function isAmount(value: FieldValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

/** Whether the amount survives the provider's double: at most 15 significant digits always do. */
function fitsDouble(amountMinor: number): boolean {
  return Math.abs(amountMinor) < 1_000_000_000_000_000;
}

function amountIssues(context: CheckContext): readonly RuleIssue[] {
  return finzlyFieldNames.flatMap((field) => {
    const value = context.changed[field];
    const { label, kind } = finzlyFields[field];
    if (kind !== "money" || !isAmount(value)) return [];
    if (value < 0) return [finding("FZ-MONEY-NEGATIVE", field, `${label} cannot be below 0.`)];
    if (field === "callbackLimit") {
      const message = "The callback limit is at most 999,999,999.99.";
      return aboveCallbackMax(value, context.currency) ? [finding("FZ-CALLBACK-RANGE", field, message)] : [];
    }
    if (!fitsDouble(value)) {
      return [finding("FZ-MONEY-TOO-LARGE", field, `${label} is too large to be sent exactly.`)];
    }
    const message = `${label} 0 is ambiguous: Finzly's schema allows 0, its text asks for a positive value.`;
    return value === 0 ? [finding("FZ-LIMIT-ZERO", field, message)] : [];
  });
}

function callbackIssues(context: CheckContext): readonly RuleIssue[] {
  if (textAfter(context, "accountSubType") !== "Pseudo") return [];
  if (context.changed.callbackLimit !== undefined) {
    return [finding("FZ-CALLBACK-PSEUDO", "callbackLimit", "A Pseudo account cannot have a callback limit.")];
  }
  const becomes = context.changed.accountSubType !== undefined;
  if (!becomes || !isAmount(context.known.callbackLimit?.value)) return [];
  const message = "A Pseudo account cannot have a callback limit, and this one has one that cannot be cleared here.";
  return [finding("FZ-CALLBACK-PSEUDO-KNOWN", "accountSubType", message)];
}

function touches(context: CheckContext, fields: readonly FinzlyFieldName[]): boolean {
  return fields.some((field) => context.changed[field] !== undefined);
}

function basisIssues(context: CheckContext): readonly RuleIssue[] {
  const prefund = valueAfter(context, "isAchPrefund") === true;
  const underwritten = valueAfter(context, "isUnderWritten") === true;
  if (!prefund) return [];
  const issues: RuleIssue[] = [];
  if (underwritten && touches(context, ["isAchPrefund", "isUnderWritten"])) {
    const whose = context.changed.isAchPrefund === undefined ? "This account is prefunded" : "Prefunded is proposed";
    const stays = context.changed.isUnderWritten === undefined;
    const rest = stays ? "the account is underwritten" : "Underwritten is proposed";
    const message = `${whose}, and ${rest}. Finzly allows only one; choose the funding basis.`;
    issues.push(finding("FZ-FUNDING-BOTH", "isAchPrefund", message));
  }
  const debit = valueAfter(context, "debitExposureLimit");
  if (isAmount(debit) && debit > 0 && touches(context, ["isAchPrefund", "debitExposureLimit"])) {
    const message = "Prefunding covers credits only. A debit limit above 0 still needs a credit review.";
    issues.push(finding("FZ-PREFUND-DEBIT-LIMIT", "debitExposureLimit", message));
  }
  if (valueAfter(context, "enableOffset") !== "Yes" && touches(context, ["isAchPrefund", "enableOffset"])) {
    const message = "Prefunding takes the funds from an offset account; Enable offset is not known to be Yes.";
    issues.push(finding("FZ-PREFUND-OFFSET", "enableOffset", message));
  }
  return issues;
}

function codesAfter(context: CheckContext): readonly string[] | undefined {
  const value = valueAfter(context, "secCodes");
  if (!Array.isArray(value)) return undefined;
  const codes = normaliseSecCodes(value.filter((item): item is string => typeof item === "string"));
  return codes.length === 0 ? undefined : codes;
}

function directionIssues(context: CheckContext): readonly RuleIssue[] {
  const codes = codesAfter(context);
  if (codes === undefined || codes.some((code) => secCode(code) === undefined)) return [];
  const issues: RuleIssue[] = [];
  const debit = valueAfter(context, "debitExposureLimit");
  if (touches(context, ["debitExposureLimit", "secCodes"]) && isAmount(debit) && debit > 0) {
    const message = "There is a debit limit, but no SEC code of this account can debit.";
    const able = codes.some((code) => secCode(code)?.debit === true);
    if (!able) issues.push(finding("FZ-LIMIT-NO-DEBIT-CODE", "debitExposureLimit", message));
  }
  const credit = valueAfter(context, "creditExposureLimit");
  if (touches(context, ["creditExposureLimit", "secCodes"]) && isAmount(credit) && credit > 0) {
    const message = "There is a credit limit, but no SEC code of this account can credit.";
    const able = codes.some((code) => secCode(code)?.credit === true);
    if (!able) issues.push(finding("FZ-LIMIT-NO-CREDIT-CODE", "creditExposureLimit", message));
  }
  return issues;
}

/** Amounts and their ranges, callback limit and Pseudo, funding basis, limits against SEC codes. */
export const checkFunding: Check = (context) => [
  ...amountIssues(context),
  ...callbackIssues(context),
  ...basisIssues(context),
  ...directionIssues(context),
];
