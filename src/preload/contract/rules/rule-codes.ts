import type { FinzlyFieldName, RuleIssue } from "./field-types.ts";

type Path = FinzlyFieldName | "authorisationRef" | "change" | "any text field" | "any money field" | "any Yes/No field";

interface RuleCodeFacts {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly path: Path;
  readonly what: string;
}

/** Every rule of a Finzly update: an error blocks sending, a warning asks a person to look. Codes never change. */
export const ruleCodes = [
  { code: "FZ-TEXT-CONTROL", severity: "error", path: "any text field", what: "A line of text holds a control character or line break." },
  { code: "FZ-TEXT-UNICODE", severity: "error", path: "any text field", what: "A text holds half of a surrogate pair." },
  { code: "FZ-TYPE-ENUM", severity: "error", path: "accountType", what: "Not Deposit or Loan." },
  { code: "FZ-SUBTYPE-ENUM", severity: "error", path: "accountSubType", what: "Not one of the provider's subtypes." },
  { code: "FZ-SUBTYPE-REQUIRED", severity: "error", path: "accountSubType", what: "The type changes and no subtype that fits is known or proposed." },
  { code: "FZ-SUBTYPE-PAIR", severity: "error", path: "accountSubType", what: "The subtype does not go with the proposed or known type." },
  { code: "FZ-SUBTYPE-HSA", severity: "warning", path: "accountSubType", what: "Health Savings Account is in neither of the provider's lists." },
  { code: "FZ-SUBTYPE-DEPRECATED", severity: "warning", path: "accountSubType", what: "A deprecated spelling; the replacement is offered." },
  { code: "FZ-SYSTEM-ENUM", severity: "error", path: "systemOfRecords", what: "Not Other Core or External." },
  { code: "FZ-ACCOUNT-NUMBER-SHAPE", severity: "error", path: "accountNumber", what: "Not letters and digits only." },
  { code: "FZ-FBO-SHAPE", severity: "error", path: "fboAccountNumber", what: "Not letters and digits only." },
  { code: "FZ-CURRENCY-CODE", severity: "error", path: "currency", what: "Not an ISO 4217 currency." },
  { code: "FZ-CURRENCY-LIMITS", severity: "warning", path: "currency", what: "The currency changes while limits stay as numbers." },
  { code: "FZ-COUNTRY-CODE", severity: "error", path: "countryCode", what: "Not an ISO 3166 country." },
  { code: "FZ-YES-NO", severity: "error", path: "any Yes/No field", what: "Not Yes or No." },
  { code: "FZ-BANK-ID-TYPE-ENUM", severity: "error", path: "bankIdType", what: "Not NID or BIC." },
  { code: "FZ-ROUTING-DIGITS", severity: "error", path: "routingNumber", what: "A US routing number that is not nine digits." },
  { code: "FZ-ROUTING-ZERO", severity: "error", path: "routingNumber", what: "000000000 passes the checksum but is no bank." },
  { code: "FZ-ROUTING-CHECKSUM", severity: "error", path: "routingNumber", what: "A US routing number that fails its checksum." },
  { code: "FZ-ROUTING-PREFIX", severity: "warning", path: "routingNumber", what: "A US routing number whose prefix is unassigned." },
  { code: "FZ-ROUTING-UNSURE", severity: "warning", path: "routingNumber", what: "Fails the US checks while bank ID type or country is unknown." },
  { code: "FZ-ROUTING-BIC", severity: "error", path: "routingNumber", what: "Not a BIC though the bank ID type is BIC." },
  { code: "FZ-ROUTING-BIC-DIGITS", severity: "warning", path: "routingNumber", what: "A BIC with a digit among its first four characters." },
  { code: "FZ-ROUTING-STAYS", severity: "warning", path: "routingNumber", what: "Bank ID type or country changes and the routing number that stays does not fit." },
  { code: "FZ-MONEY-TEXT", severity: "error", path: "any money field", what: "Not an amount that can be read exactly." },
  { code: "FZ-MONEY-DECIMALS", severity: "error", path: "any money field", what: "More decimals than the currency has." },
  { code: "FZ-MONEY-NEGATIVE", severity: "error", path: "any money field", what: "Below zero." },
  { code: "FZ-MONEY-TOO-LARGE", severity: "error", path: "any money field", what: "Too large to be kept and sent exactly." },
  { code: "FZ-CALLBACK-RANGE", severity: "error", path: "callbackLimit", what: "Above 999,999,999.99." },
  { code: "FZ-CALLBACK-PSEUDO", severity: "error", path: "callbackLimit", what: "Proposed for a Pseudo account." },
  { code: "FZ-CALLBACK-PSEUDO-KNOWN", severity: "warning", path: "accountSubType", what: "Becomes Pseudo while a callback limit is known." },
  { code: "FZ-FUNDING-BOTH", severity: "error", path: "isAchPrefund", what: "Prefunded and underwritten at once, last known values included." },
  { code: "FZ-LIMIT-ZERO", severity: "warning", path: "debitExposureLimit", what: "An exposure limit of 0 (debit or credit)." },
  { code: "FZ-LIMIT-NO-DEBIT-CODE", severity: "warning", path: "debitExposureLimit", what: "A debit limit above 0 and no SEC code that can debit." },
  { code: "FZ-LIMIT-NO-CREDIT-CODE", severity: "warning", path: "creditExposureLimit", what: "A credit limit above 0 and no SEC code that can credit." },
  { code: "FZ-PREFUND-DEBIT-LIMIT", severity: "warning", path: "debitExposureLimit", what: "A debit limit above 0 while prefunded." },
  { code: "FZ-PREFUND-OFFSET", severity: "warning", path: "enableOffset", what: "Prefunded without offset." },
  { code: "FZ-REASON-LENGTH", severity: "error", path: "reason", what: "Longer than 255 characters." },
  { code: "FZ-COMPANY-ID-LENGTH", severity: "error", path: "achCompanyId", what: "Longer than ten characters." },
  { code: "FZ-COMPANY-ID-CHARACTERS", severity: "error", path: "achCompanyId", what: "Not letters and digits only." },
  { code: "FZ-COMPANY-ID-SHAPE", severity: "warning", path: "achCompanyId", what: "Not ten digits." },
  { code: "FZ-SEC-EMPTY", severity: "error", path: "secCodes", what: "An empty list: there is no documented way to clear." },
  { code: "FZ-SEC-SHAPE", severity: "error", path: "secCodes", what: "A code that is not three letters." },
  { code: "FZ-SEC-SYSTEM", severity: "warning", path: "secCodes", what: "A code only systems or agencies create." },
  { code: "FZ-SEC-UNKNOWN", severity: "warning", path: "secCodes", what: "A code not in use at Nacha." },
  { code: "FZ-SEC-RETIRED", severity: "warning", path: "secCodes", what: "A retired code." },
  { code: "FZ-SEC-UNLISTED", severity: "warning", path: "secCodes", what: "A code in use, but not in Finzly's list." },
  { code: "FZ-SEC-NOT-CUSTOMER", severity: "warning", path: "secCodes", what: "A code outside those the customer is allowed." },
  { code: "FZ-FEATURES-JSON", severity: "error", path: "accountFeatures", what: "Not valid JSON." },
  { code: "FZ-FEATURES-OBJECT", severity: "error", path: "accountFeatures", what: "JSON, but not an object." },
  { code: "FZ-FEATURES-EMPTY", severity: "error", path: "accountFeatures", what: "An empty object: there is no documented way to clear." },
  { code: "FZ-FEATURES-DUPLICATE", severity: "error", path: "accountFeatures", what: "A key stands twice in one object." },
  { code: "FZ-FEATURES-NUMBER", severity: "error", path: "accountFeatures", what: "A number that would be rounded on the way." },
  { code: "FZ-ATTRIBUTES-EMPTY", severity: "error", path: "additionalAttributes", what: "An empty list: there is no documented way to clear." },
  { code: "FZ-ATTRIBUTES-NAME", severity: "error", path: "additionalAttributes", what: "A row without a name." },
  { code: "FZ-ATTRIBUTES-NUMBER", severity: "error", path: "additionalAttributes", what: "A number that would be rounded on the way." },
  { code: "FZ-HIGH-RISK-REASON", severity: "error", path: "reason", what: "High risk without a reason." },
  { code: "FZ-HIGH-RISK-AUTHORISATION", severity: "error", path: "authorisationRef", what: "High risk without an authorisation reference." },
  { code: "FZ-NO-CHANGE", severity: "error", path: "change", what: "Nothing to send: every value is blank or as last known." },
] as const satisfies readonly RuleCodeFacts[];

export type RuleCode = (typeof ruleCodes)[number]["code"];

const severities: ReadonlyMap<RuleCode, "error" | "warning"> = new Map(
  ruleCodes.map((rule) => [rule.code, rule.severity] as const),
);

/** One finding; its severity comes from the table, so a code can never be an error here and a warning there. */
export function finding(code: RuleCode, path: RuleIssue["path"], message: string, replacement?: string): RuleIssue {
  const found: RuleIssue = { code, path, severity: severities.get(code) ?? "error", message };
  return replacement === undefined ? found : { ...found, replacement };
}
