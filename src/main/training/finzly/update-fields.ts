import { isLosslessNumber } from "lossless-json";
import { minorFromNumberText } from "../shared/amounts.ts";
import { isCountryCode, isCurrencyCode } from "./bank-identifiers.ts";
import type { AccountPatch, AccountSubType, Json, JsonObject } from "./records.ts";

/** Reads one field of an update body into the stored record's terms, or says in words why it is refused. */
export type FieldReader = (value: unknown) => AccountPatch | string;

const subTypes: Readonly<Record<string, AccountSubType>> = {
  Checking: "Checking",
  Savings: "Savings",
  "Health Savings Account": "Health Savings Account",
  CD: "CD",
  MoneyMarket: "Money Market",
  LineofCredit: "Line of Credit",
  "Money Market": "Money Market",
  Pseudo: "Pseudo",
  "Credit Card": "Credit Card",
  Heloc: "Heloc",
  "Line of Credit": "Line of Credit",
};
const maxCallbackLimitMinor = 99_999_999_999;
const knownSwitches: readonly string[] = ["rfpReceive", "rfpSend"];

function oneOf<T extends string>(field: string, allowed: readonly T[], store: (value: T) => AccountPatch): FieldReader {
  return (value) => {
    const found = allowed.find((item) => item === value);
    return found === undefined ? `${field} must be one of ${allowed.join(", ")}` : store(found);
  };
}

function text(field: string, check: (value: string) => string | undefined, store: (value: string) => AccountPatch) {
  return (value: unknown): AccountPatch | string => {
    if (typeof value !== "string") return `${field} must be a string`;
    const fault = check(value);
    return fault === undefined ? store(value) : `${field} ${fault}`;
  };
}

function flag(field: string, store: (value: boolean) => AccountPatch): FieldReader {
  return (value) => (typeof value === "boolean" ? store(value) : `${field} must be a boolean`);
}

function amount(field: string, maxMinor: number | undefined, store: (minor: number) => AccountPatch): FieldReader {
  return (value) => {
    if (!isLosslessNumber(value)) return `${field} must be a number`;
    const minor = minorFromNumberText(value.value);
    if (minor === undefined) return `${field} must be an amount in whole cents within range`;
    if (minor < 0) return `${field} must not be negative`;
    if (maxMinor !== undefined && minor > maxMinor) return `${field} must not exceed 999999999.99`;
    return store(minor);
  };
}

const yesNo = ["Yes", "No"] as const;
const anything = (): undefined => undefined;
const alphanumeric = (value: string) => (/^[A-Za-z0-9]+$/.test(value) ? undefined : "must match ^[A-Za-z0-9]+$");
const atMost = (limit: number) => (value: string) =>
  [...value].length <= limit ? undefined : `must have at most ${limit} characters`;

/** Turns parsed JSON into a storable copy; undefined when a number in it is not exact as a double. */
function plainJson(value: unknown): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (isLosslessNumber(value)) return Number.isFinite(Number(value.value)) ? Number(value.value) : undefined;
  if (Array.isArray(value)) {
    const items = value.map(plainJson);
    return items.some((item) => item === undefined) ? undefined : items.filter((item) => item !== undefined);
  }
  return typeof value === "object" ? plainObject(value) : undefined;
}

function plainObject(value: object): JsonObject | undefined {
  const entries = Object.entries(value).map(([key, item]) => [key, plainJson(item)] as const);
  if (entries.some(([, item]) => item === undefined)) return undefined;
  return Object.fromEntries(entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
}

function openObject(value: unknown): JsonObject | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isLosslessNumber(value)) return undefined;
  return plainObject(value);
}

function readFeatures(value: unknown): AccountPatch | string {
  const features = openObject(value);
  if (features === undefined) return "accountFeatures must be an object";
  const wrong = knownSwitches.find((name) => name in features && typeof features[name] !== "boolean");
  return wrong === undefined ? { accountFeatures: features } : `accountFeatures.${wrong} must be a boolean`;
}

function readAttributes(value: unknown): AccountPatch | string {
  if (!Array.isArray(value)) return "additionalAttributes must be an array";
  const attributes: JsonObject[] = [];
  for (const item of value) {
    const attribute = openObject(item);
    if (attribute === undefined) return "additionalAttributes must hold objects";
    if (typeof attribute["attributeName"] !== "string" || typeof attribute["value"] !== "string") {
      return "additionalAttributes must hold attributeName and value as strings";
    }
    attributes.push(attribute);
  }
  return { additionalAttributes: attributes };
}

function readSecCodes(value: unknown): AccountPatch | string {
  if (!Array.isArray(value)) return "secCodes must be an array of strings";
  const codes = value.filter((code) => typeof code === "string");
  return codes.length === value.length ? { secCodes: codes } : "secCodes must be an array of strings";
}

function readSubType(value: unknown): AccountPatch | string {
  const subType = typeof value === "string" && Object.hasOwn(subTypes, value) ? subTypes[value] : undefined;
  return subType === undefined
    ? `accountSubType must be one of ${Object.keys(subTypes).join(", ")}`
    : { accountSubType: subType };
}

/**
 * One reader for each field of the documented update body, keyed by its wire name. The two deprecated subtype
 * spellings are stored under their replacement; amounts become integer minor units.
 */
export const fieldReaders = {
  accountType: oneOf("accountType", ["Deposit", "Loan"], (accountType) => ({ accountType })),
  accountSubType: readSubType,
  systemOfRecords: oneOf("systemOfRecords", ["Other Core", "External"], (systemOfRecords) => ({ systemOfRecords })),
  accountNumber: text("accountNumber", alphanumeric, (accountNumber) => ({ accountNumber })),
  currency: text(
    "currency",
    (value) => (isCurrencyCode(value) ? undefined : "must be an ISO 4217 code"),
    (currency) => ({ currency }),
  ),
  accountName: text("accountName", anything, (accountName) => ({ accountName })),
  masterGl: text("masterGl", anything, (masterGl) => ({ masterGl })),
  enableOffset: oneOf("enableOffset", yesNo, (enableOffset) => ({ enableOffset })),
  enableWire: oneOf("enableWire", yesNo, (enableWire) => ({ enableWire })),
  defaultOffset: oneOf("defaultOffset", yesNo, (defaultOffset) => ({ defaultOffset })),
  feeAccount: oneOf("feeAccount", yesNo, (feeAccount) => ({ feeAccount })),
  returnAccount: oneOf("returnAccount", yesNo, (returnAccount) => ({ returnAccount })),
  fboAccountNumber: text("fboAccountNumber", alphanumeric, (fboAccountNumber) => ({ fboAccountNumber })),
  countryCode: text(
    "countryCode",
    (value) => (isCountryCode(value) ? undefined : "must be an ISO 3166 two-letter code"),
    (countryCode) => ({ countryCode }),
  ),
  routingNumber: text("routingNumber", anything, (routingNumber) => ({ routingNumber })),
  bankIdType: oneOf("bankIdType", ["NID", "BIC"], (bankIdType) => ({ bankIdType })),
  enableCallbacks: flag("enableCallbacks", (enableCallbacks) => ({ enableCallbacks })),
  callbackLimit: amount("callbackLimit", maxCallbackLimitMinor, (callbackLimitMinor) => ({ callbackLimitMinor })),
  costCenter: text("costCenter", anything, (costCenter) => ({ costCenter })),
  isUnderWritten: flag("isUnderWritten", (isUnderWritten) => ({ isUnderWritten })),
  isAchPrefund: flag("isAchPrefund", (isAchPrefund) => ({ isAchPrefund })),
  debitExposureLimit: amount("debitExposureLimit", undefined, (debitExposureLimitMinor) => ({
    debitExposureLimitMinor,
  })),
  creditExposureLimit: amount("creditExposureLimit", undefined, (creditExposureLimitMinor) => ({
    creditExposureLimitMinor,
  })),
  accountAnalysis: flag("accountAnalysis", (accountAnalysis) => ({ accountAnalysis })),
  reason: text("reason", atMost(255), (reason) => ({ reason })),
  secCodes: readSecCodes,
  achCompanyId: text("achCompanyId", atMost(10), (achCompanyId) => ({ achCompanyId })),
  accountFeatures: readFeatures,
  additionalAttributes: readAttributes,
} as const satisfies Readonly<Record<string, FieldReader>>;

/** A field of the documented update body. */
export type UpdateField = keyof typeof fieldReaders;

export function isUpdateField(name: string): name is UpdateField {
  return Object.hasOwn(fieldReaders, name);
}
