import { isLosslessNumber, parse } from "lossless-json";
import { isAbaRoutingNumber, isBic } from "./bank-identifiers.ts";
import type { AccountPatch, AccountSubType, AccountType, StoredAccount, StoredCustomer } from "./records.ts";
import { fieldReaders, isUpdateField, type UpdateField } from "./update-fields.ts";

/** Why an update is refused. `httpStatus` 400: the body alone is wrong. 200 with `Failure`: it breaks a rule. */
export interface UpdateRefusal {
  readonly httpStatus: 400 | 200;
  readonly reason: string;
}
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: UpdateRefusal };

/** What the provider's database says about other accounts. */
export interface AccountRegistry {
  /** The account that holds this number, if any. */
  ownerOfNumber(accountNumber: string): string | undefined;
  /** How many accounts other than this one carry the ACH company id. */
  othersWithCompanyId(achCompanyId: string, accountUID: string): number;
}

const subTypesOf: Readonly<Record<AccountType, readonly AccountSubType[]>> = {
  Deposit: ["Checking", "Savings", "Health Savings Account", "CD", "Money Market", "Pseudo"],
  Loan: ["Credit Card", "Heloc", "Line of Credit"],
};

const malformed = (reason: string): Checked<never> => ({ ok: false, refusal: { httpStatus: 400, reason } });

function parseObject(bodyText: string): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    value = parse(bodyText);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return "the body is not valid JSON, or repeats a key";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || isLosslessNumber(value)) {
    return "the body must be a JSON object";
  }
  return Object.fromEntries(Object.entries(value));
}

function pairFault(type: AccountType, subType: AccountSubType): string | undefined {
  return subTypesOf[type].includes(subType)
    ? undefined
    : `accountSubType ${subType} is not a valid ${type.toLowerCase()} subtype`;
}

function bodyFault(patch: AccountPatch): string | undefined {
  const { accountType, accountSubType } = patch;
  if (accountType !== undefined && accountSubType === undefined) return "accountType requires accountSubType";
  if (accountType !== undefined && accountSubType !== undefined) {
    const fault = pairFault(accountType, accountSubType);
    if (fault !== undefined) return fault;
  }
  if (patch.isUnderWritten === true && patch.isAchPrefund === true) {
    return "isUnderWritten and isAchPrefund are mutually exclusive";
  }
  if (accountSubType === "Pseudo" && patch.callbackLimitMinor !== undefined) {
    return "callbackLimit is not allowed when accountSubType is Pseudo";
  }
  return undefined;
}

/**
 * Reads an update body. Refuses with 400 whatever is wrong by the body alone: bad JSON, a key twice with different
 * values, an unknown field, null, a wrong type, enum, pattern, length or range, a fraction of a cent, accountType
 * without or against accountSubType, both funding flags true, callbackLimit together with Pseudo.
 * An empty object is accepted: no field is required.
 */
export function readUpdate(bodyText: string): Checked<AccountPatch> {
  const body = parseObject(bodyText);
  if (typeof body === "string") return malformed(body);
  let patch: AccountPatch = {};
  for (const [name, value] of Object.entries(body)) {
    if (!isUpdateField(name)) return malformed(`unknown field ${name.slice(0, 60)}`);
    if (value === null) return malformed(`${name} must not be null`);
    const read = fieldReaders[name](value);
    if (typeof read === "string") return malformed(read);
    patch = { ...patch, ...read };
  }
  const fault = bodyFault(patch);
  return fault === undefined ? { ok: true, value: patch } : malformed(fault);
}

/** Reads a single wire value as its field; used where a fault replaces what would be stored. */
export function readField(field: UpdateField, jsonText: string): AccountPatch | string {
  return fieldReaders[field](parse(jsonText));
}

function routingFault(merged: StoredAccount): string | undefined {
  if (merged.bankIdType === "BIC") {
    return isBic(merged.routingNumber) ? undefined : "routingNumber is not a valid BIC";
  }
  if (merged.countryCode === "US") {
    return isAbaRoutingNumber(merged.routingNumber) ? undefined : "routingNumber is not a valid routing number";
  }
  return merged.routingNumber === "" ? "routingNumber must not be empty" : undefined;
}

function membershipFault(patch: AccountPatch, customer: StoredCustomer): string | undefined {
  if (patch.costCenter !== undefined && !customer.costCenters.includes(patch.costCenter)) {
    return "costCenter is not associated with the customer entity";
  }
  if (patch.fboAccountNumber != null && !customer.fboAccountNumbers.includes(patch.fboAccountNumber)) {
    return "fboAccountNumber is not associated with the legal entity";
  }
  const barred = patch.secCodes?.filter((code) => !customer.secCodes.includes(code)) ?? [];
  return barred.length === 0 ? undefined : `secCodes not allowed for the customer entity: ${barred.join(", ")}`;
}

function recordFault(patch: AccountPatch, merged: StoredAccount): string | undefined {
  if (patch.accountSubType !== undefined) {
    const fault = pairFault(merged.accountType, merged.accountSubType);
    if (fault !== undefined) return fault;
  }
  if (merged.isUnderWritten && merged.isAchPrefund) return "isUnderWritten and isAchPrefund are mutually exclusive";
  const limitSent = patch.callbackLimitMinor !== undefined;
  if (merged.accountSubType === "Pseudo" && (limitSent || (merged.callbackLimitMinor ?? 0) > 0)) {
    return "callbackLimit is not allowed when accountSubType is Pseudo";
  }
  const touchesBank =
    patch.routingNumber !== undefined || patch.bankIdType !== undefined || patch.countryCode !== undefined;
  return touchesBank ? routingFault(merged) : undefined;
}

/**
 * Checks a readable update against the stored record, its customer and all other accounts; a breach is HTTP 200 with
 * `Failure`: type pairing, mutual exclusion and Pseudo with a callback limit on the merged record, routing number,
 * cost center, FBO number, SEC codes of the entity, a number in use. Returns what will be stored: defaultOffset is
 * forced to Yes when the company id or defaultOffset is sent and no other account has that company id.
 */
export function judgeUpdate(
  patch: AccountPatch,
  stored: StoredAccount,
  customer: StoredCustomer,
  registry: AccountRegistry,
): Checked<AccountPatch> {
  const merged: StoredAccount = { ...stored, ...patch };
  const owner = patch.accountNumber === undefined ? undefined : registry.ownerOfNumber(patch.accountNumber);
  const taken = owner !== undefined && owner !== stored.accountUID;
  const numberFault = taken ? "accountNumber is already in use" : undefined;
  const reason = recordFault(patch, merged) ?? membershipFault(patch, customer) ?? numberFault;
  if (reason !== undefined) return { ok: false, refusal: { httpStatus: 200, reason } };
  const companyId = merged.achCompanyId ?? "";
  const offsetInQuestion = patch.achCompanyId !== undefined || patch.defaultOffset !== undefined;
  const alone = companyId !== "" && registry.othersWithCompanyId(companyId, stored.accountUID) === 0;
  return { ok: true, value: offsetInQuestion && alone ? { ...patch, defaultOffset: "Yes" } : patch };
}
