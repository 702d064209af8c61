import type { FinzlyFieldName, RuleIssue } from "./field-types.ts";

type Path =
  | FinzlyFieldName | "authorisationRef" | "change" | "any text field" | "any money field" | "any Yes/No field"
  | "any changed field";

interface RuleFacts<C extends string> {
  readonly code: C;
  readonly severity: "error" | "warning";
  readonly path: Path;
  readonly what: string;
}

function rule<const C extends string>(
  code: C,
  severity: RuleFacts<C>["severity"],
  path: Path,
  what: string,
): RuleFacts<C> {
  return { code, severity, path, what };
}

/** Every rule of a Finzly update: an error blocks sending, a warning asks a person to look. Codes never change. */
export const ruleCodes = [
  rule("FZ-TEXT-CONTROL", "error", "any text field", "A line of text holds a control character or line break."),
  rule("FZ-TEXT-UNICODE", "error", "any text field", "A text holds half of a surrogate pair."),
  rule("FZ-TYPE-ENUM", "error", "accountType", "Not Deposit or Loan."),
  rule("FZ-SUBTYPE-ENUM", "error", "accountSubType", "Not one of the provider's subtypes."),
  rule("FZ-SUBTYPE-REQUIRED", "error", "accountSubType", "The type changes; no subtype that fits is at hand."),
  rule("FZ-SUBTYPE-PAIR", "error", "accountSubType", "The subtype does not go with the proposed or known type."),
  rule("FZ-SUBTYPE-HSA", "warning", "accountSubType", "Health Savings Account is in neither of the provider's lists."),
  rule("FZ-SUBTYPE-DEPRECATED", "warning", "accountSubType", "A deprecated spelling; the replacement is offered."),
  rule("FZ-SYSTEM-ENUM", "error", "systemOfRecords", "Not Other Core or External."),
  rule("FZ-ACCOUNT-NUMBER-SHAPE", "error", "accountNumber", "Not letters and digits only."),
  rule("FZ-FBO-SHAPE", "error", "fboAccountNumber", "Not letters and digits only."),
  rule("FZ-CURRENCY-CODE", "error", "currency", "Not an ISO 4217 currency."),
  rule("FZ-CURRENCY-LIMITS", "warning", "currency", "The currency changes while limits stay as numbers."),
  rule("FZ-COUNTRY-CODE", "error", "countryCode", "Not an ISO 3166 country."),
  rule("FZ-YES-NO", "error", "any Yes/No field", "Not Yes or No."),
  rule("FZ-BANK-ID-TYPE-ENUM", "error", "bankIdType", "Not NID or BIC."),
  rule("FZ-ROUTING-DIGITS", "error", "routingNumber", "A US routing number that is not nine digits."),
  rule("FZ-ROUTING-ZERO", "error", "routingNumber", "000000000 passes the checksum but is no bank."),
  rule("FZ-ROUTING-CHECKSUM", "error", "routingNumber", "A US routing number that fails its checksum."),
  rule("FZ-ROUTING-PREFIX", "warning", "routingNumber", "A US routing number whose prefix is unassigned."),
  rule("FZ-ROUTING-UNSURE", "warning", "routingNumber", "Fails the US checks; bank ID type or country is unknown."),
  rule("FZ-ROUTING-BIC", "error", "routingNumber", "Not a BIC though the bank ID type is BIC."),
  rule("FZ-ROUTING-BIC-DIGITS", "warning", "routingNumber", "A BIC with a digit among its first four characters."),
  rule("FZ-ROUTING-STAYS", "warning", "routingNumber", "It stays, and does not fit the new bank ID type or country."),
  rule("FZ-MONEY-TEXT", "error", "any money field", "Not an amount that can be read exactly."),
  rule("FZ-MONEY-DECIMALS", "error", "any money field", "More decimals than the currency has."),
  rule("FZ-MONEY-NEGATIVE", "error", "any money field", "Below zero."),
  rule("FZ-MONEY-TOO-LARGE", "error", "any money field", "Too large to be kept and sent exactly."),
  rule("FZ-CALLBACK-RANGE", "error", "callbackLimit", "Above 999,999,999.99."),
  rule("FZ-CALLBACK-PSEUDO", "error", "callbackLimit", "Proposed for a Pseudo account."),
  rule("FZ-CALLBACK-PSEUDO-KNOWN", "warning", "accountSubType", "Becomes Pseudo while a callback limit is known."),
  rule("FZ-FUNDING-BOTH", "error", "isAchPrefund", "Prefunded and underwritten at once, last known values included."),
  rule("FZ-LIMIT-ZERO", "warning", "debitExposureLimit", "An exposure limit of 0 (debit or credit)."),
  rule("FZ-LIMIT-NO-DEBIT-CODE", "warning", "debitExposureLimit", "A debit limit, but no SEC code that can debit."),
  rule("FZ-LIMIT-NO-CREDIT-CODE", "warning", "creditExposureLimit", "A credit limit, but no SEC code that can credit."),
  rule("FZ-PREFUND-DEBIT-LIMIT", "warning", "debitExposureLimit", "A debit limit above 0 while prefunded."),
  rule("FZ-PREFUND-OFFSET", "warning", "enableOffset", "Prefunded without offset."),
  rule("FZ-REASON-LENGTH", "error", "reason", "Longer than 255 characters."),
  rule("FZ-COMPANY-ID-LENGTH", "error", "achCompanyId", "Longer than ten characters."),
  rule("FZ-COMPANY-ID-CHARACTERS", "error", "achCompanyId", "Not letters and digits only."),
  rule("FZ-COMPANY-ID-SHAPE", "warning", "achCompanyId", "Not ten digits."),
  rule("FZ-SEC-EMPTY", "error", "secCodes", "An empty list: there is no documented way to clear."),
  rule("FZ-SEC-SHAPE", "error", "secCodes", "A code that is not three letters."),
  rule("FZ-SEC-SYSTEM", "warning", "secCodes", "A code only systems or agencies create."),
  rule("FZ-SEC-UNKNOWN", "warning", "secCodes", "A code not in use at Nacha."),
  rule("FZ-SEC-RETIRED", "warning", "secCodes", "A retired code."),
  rule("FZ-SEC-UNLISTED", "warning", "secCodes", "A code in use, but not in Finzly's list."),
  rule("FZ-SEC-NOT-CUSTOMER", "warning", "secCodes", "A code outside those the customer is allowed."),
  rule("FZ-SEC-REST", "warning", "secCodes", "What stands there is unknown and may be replaced."),
  rule("FZ-FEATURES-JSON", "error", "accountFeatures", "Not valid JSON."),
  rule("FZ-FEATURES-OBJECT", "error", "accountFeatures", "JSON, but not an object."),
  rule("FZ-FEATURES-EMPTY", "error", "accountFeatures", "An empty object: there is no documented way to clear."),
  rule("FZ-FEATURES-DUPLICATE", "error", "accountFeatures", "A key stands twice in one object."),
  rule("FZ-FEATURES-NUMBER", "error", "accountFeatures", "A number that would be rounded on the way."),
  rule("FZ-FEATURES-REST", "warning", "accountFeatures", "What stands there is unknown and may be replaced."),
  rule("FZ-ATTRIBUTES-EMPTY", "error", "additionalAttributes", "An empty list: there is no documented way to clear."),
  rule("FZ-ATTRIBUTES-NAME", "error", "additionalAttributes", "A row without a name."),
  rule("FZ-ATTRIBUTES-NUMBER", "error", "additionalAttributes", "A number that would be rounded on the way."),
  rule("FZ-ATTRIBUTES-REST", "warning", "additionalAttributes", "What stands there is unknown and may be replaced."),
  rule("FC-FIELD", "error", "any changed field", "A field Finicity does not take."),
  rule("FC-NUMBER-MASKED", "error", "accountNumber", "A number that is, or looks like, the masked one."),
  rule("FZ-HIGH-RISK-REASON", "error", "reason", "High risk without a reason."),
  rule("FZ-HIGH-RISK-AUTHORISATION", "error", "authorisationRef", "High risk without an authorisation reference."),
  rule("FZ-NO-CHANGE", "error", "change", "Nothing to send: every value is blank or as last known."),
] as const;

export type RuleCode = (typeof ruleCodes)[number]["code"];

const severities: ReadonlyMap<RuleCode, "error" | "warning"> = new Map(
  ruleCodes.map((facts) => [facts.code, facts.severity] as const),
);

/** One finding; its severity comes from the table, so a code can never be an error here and a warning there. */
export function finding(code: RuleCode, path: RuleIssue["path"], message: string, replacement?: string): RuleIssue {
  const found: RuleIssue = { code, path, severity: severities.get(code) ?? "error", message };
  return replacement === undefined ? found : { ...found, replacement };
}
