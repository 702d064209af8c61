import { type FieldValue, finzlyFieldNames, type FinzlyFieldName } from "./field-types.ts";
import { currencyMinorDigits } from "./currencies.ts";
import { parseJsonText, writeJson } from "./json-text.ts";
import { formatMoney } from "./money.ts";

export type FieldGroup = "identity" | "routing" | "funding" | "sec-codes" | "features" | "reason";
export type FieldKind = "text" | "choice" | "yes-no" | "flag" | "money" | "codes" | "features" | "attributes";

export interface FieldChoice {
  readonly value: string;
  readonly label: string;
  /** Accepted from the provider, no longer offered: the value to offer in its place. */
  readonly replacement?: string;
}

export interface FinzlyField {
  readonly label: string;
  readonly group: FieldGroup;
  readonly kind: FieldKind;
  /** Never shown in full: only the last four characters leave main. */
  readonly masked: boolean;
  readonly choices?: readonly FieldChoice[];
  readonly help?: string;
  /** Which of Finzly's V2 reads is known to return it: the list of accounts, also a single account, or neither. */
  readonly readBack: "list" | "list-and-single" | "never";
}

type Extras = Partial<Pick<FinzlyField, "masked" | "choices" | "help">>;

function field(
  label: string,
  group: FieldGroup,
  kind: FieldKind,
  readBack: FinzlyField["readBack"],
  extras: Extras = {},
): FinzlyField {
  return { masked: false, ...extras, label, group, kind, readBack };
}

const plain = (value: string): FieldChoice => ({ value, label: value });
const yesNo = { choices: [plain("Yes"), plain("No")] };
const perSettlement = { help: "Per settlement date." };

/** The subtypes the provider documents for each account type; Health Savings Account stands in neither of its lists. */
export const subtypesByType: ReadonlyMap<string, readonly string[]> = new Map([
  ["Deposit", ["Checking", "Savings", "Health Savings Account", "CD", "Money Market", "Pseudo"]],
  ["Loan", ["Credit Card", "Heloc", "Line of Credit"]],
]);

/** Deprecated spellings and what the provider wants in their place. */
export const subtypeReplacements: ReadonlyMap<string, string> = new Map([
  ["MoneyMarket", "Money Market"],
  ["LineofCredit", "Line of Credit"],
]);

const subtypeChoices: readonly FieldChoice[] = [
  ...[...subtypesByType.values()].flat().map(plain),
  ...[...subtypeReplacements].map(([value, replacement]) => ({ value, label: `${value} (deprecated)`, replacement })),
];

/** Every field of Finzly's update body: how it is named, grouped, edited and shown. */
export const finzlyFields: Readonly<Record<FinzlyFieldName, FinzlyField>> = {
  accountType: field("Account type", "identity", "choice", "list-and-single", {
    choices: [plain("Deposit"), plain("Loan")],
    help: "Sent together with the subtype.",
  }),
  accountSubType: field("Account subtype", "identity", "choice", "list-and-single", { choices: subtypeChoices }),
  systemOfRecords: field("System of records", "identity", "choice", "list-and-single", {
    choices: [plain("Other Core"), plain("External")],
  }),
  accountNumber: field("Account number", "identity", "text", "list-and-single", {
    masked: true,
    help: "Letters and digits; unique at the provider.",
  }),
  currency: field("Currency", "identity", "text", "list-and-single", { help: "Three letters, such as USD." }),
  accountName: field("Account name", "identity", "text", "list-and-single"),
  masterGl: field("Master GL", "identity", "text", "never"),
  enableOffset: field("Enable offset", "features", "yes-no", "list-and-single", yesNo),
  enableWire: field("Enable wire", "features", "yes-no", "list-and-single", yesNo),
  defaultOffset: field("Default offset", "features", "yes-no", "list-and-single", {
    ...yesNo,
    help: "Finzly sets Yes by itself for the first account of a company ID.",
  }),
  feeAccount: field("Fee account", "features", "yes-no", "list-and-single", yesNo),
  returnAccount: field("Return account", "features", "yes-no", "list-and-single", yesNo),
  fboAccountNumber: field("FBO account number", "routing", "text", "never", {
    masked: true,
    help: "Must belong to the legal entity.",
  }),
  countryCode: field("Country", "routing", "text", "list-and-single", { help: "Two letters, such as US." }),
  routingNumber: field("Routing number", "routing", "text", "list-and-single"),
  bankIdType: field("Bank ID type", "routing", "choice", "list-and-single", {
    choices: [{ value: "NID", label: "NID, national ID" }, plain("BIC")],
  }),
  enableCallbacks: field("Enable callbacks", "features", "flag", "list"),
  callbackLimit: field("Callback limit", "funding", "money", "list", { help: "Not allowed for Pseudo accounts." }),
  costCenter: field("Cost center", "identity", "text", "list", { help: "One that belongs to the customer." }),
  isUnderWritten: field("Underwritten", "funding", "flag", "list"),
  isAchPrefund: field("ACH prefund", "funding", "flag", "never"),
  debitExposureLimit: field("Debit limit", "funding", "money", "list", perSettlement),
  creditExposureLimit: field("Credit limit", "funding", "money", "list", perSettlement),
  accountAnalysis: field("Account analysis", "features", "flag", "never"),
  reason: field("Reason", "reason", "text", "list", { help: "Sent to Finzly and kept. At most 255 characters." }),
  secCodes: field("SEC codes", "sec-codes", "codes", "never"),
  achCompanyId: field("ACH company ID", "funding", "text", "never", { help: "Up to ten letters and digits." }),
  accountFeatures: field("Account features", "features", "features", "never", { help: "JSON; unknown keys are kept." }),
  additionalAttributes: field("Additional attributes", "features", "attributes", "never"),
};

/** Narrows any text to a field name. */
export function isFinzlyFieldName(name: string): name is FinzlyFieldName {
  return (finzlyFieldNames as readonly string[]).includes(name);
}

/**
 * The last four characters of an identifier, fewer for a short one: at least three characters always stay hidden.
 */
export function lastFour(text: string): string {
  const kept = Math.min(4, Math.max(0, text.length - 3));
  return kept === 0 ? "" : text.slice(-kept);
}

function attributeText(row: Readonly<Record<string, unknown>>): string {
  const { attributeName, value, ...rest } = row;
  const others = Object.keys(rest).length === 0 ? "" : ` ${JSON.stringify(rest)}`;
  const shown = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return `${typeof attributeName === "string" ? attributeName : "?"}: ${shown}${others}`;
}

function listText(items: readonly unknown[], between: string): string {
  return items
    .map((item) => (typeof item === "object" && item !== null ? attributeText({ ...item }) : String(item)))
    .join(between);
}

function moneyText(value: number, currency: string): string {
  return currencyMinorDigits.has(currency) && Number.isSafeInteger(value)
    ? formatMoney(value, currency)
    : `${String(value)} minor units`;
}

/**
 * A field's value as a person reads it. Undefined is "unknown", empty is "—". Money (minor units) is formatted in
 * `currency`, flags are Yes or No, masked fields show only their last four characters whatever they hold.
 */
export function displayValue(name: FinzlyFieldName, value: FieldValue | undefined, currency: string): string {
  if (value === undefined) return "unknown";
  const { kind, masked, choices } = finzlyFields[name];
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return kind === "money" ? moneyText(value, currency) : String(value);
  if (Array.isArray(value)) return value.length === 0 ? "—" : listText(value, kind === "codes" ? " " : "; ");
  if (value === "") return "—";
  if (masked) return `•••• ${value.length <= 4 ? value : lastFour(value)}`;
  if (kind === "features") {
    const parsed = parseJsonText(value);
    return parsed.ok ? writeJson(parsed.node) : value;
  }
  return choices?.find((choice) => choice.value === value)?.label ?? value;
}
