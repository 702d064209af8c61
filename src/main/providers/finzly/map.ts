import { type AccountDetail, type FieldValue, type FinzlyFieldName } from "@contract";
import { formatMoney, minorDigits, parseDecimalLiteral } from "@contract/rules/money.ts";
import { lastFour } from "@contract/rules/finzly-fields.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { ProviderAccount, ProviderCustomer } from "../provider.ts";
import { plainWords, rawRecord } from "../scrub.ts";
import { wireAccount, wireCustomer, type WireAccount } from "./wire.ts";

type Known = { [F in FinzlyFieldName]?: FieldValue };
type Text = string | null | undefined;
type Fact = AccountDetail["facts"][number];

const types: ReadonlyMap<string, string> = new Map([
  ["deposit", "Deposit"],
  ["loan", "Loan"],
]);
const subtypes: ReadonlyMap<string, string> = new Map([
  ["checking", "Checking"],
  ["saving", "Savings"],
  ["savings", "Savings"],
  ["hsa", "Health Savings Account"],
  ["hsa (health saving account)", "Health Savings Account"],
  ["hsa (health savings account)", "Health Savings Account"],
  ["health saving account", "Health Savings Account"],
  ["health savings account", "Health Savings Account"],
  ["cd", "CD"],
  ["moneymarket", "Money Market"],
  ["money market", "Money Market"],
  ["pseudo", "Pseudo"],
  ["credit card", "Credit Card"],
  ["heloc", "Heloc"],
  ["lineofcredit", "Line of Credit"],
  ["line of credit", "Line of Credit"],
]);
/** "By Address" says nothing about the kind of identifier, so it is not mapped. */
const bankIdTypes: ReadonlyMap<string, string> = new Map([
  ["nid", "NID"],
  ["nationalbankcode", "NID"],
  ["by aba", "NID"],
  ["bic", "BIC"],
]);

const said = (...texts: readonly Text[]): Text =>
  texts.find((item) => item !== undefined && item !== null) ?? texts.find((item) => item === null);

function translated(names: ReadonlyMap<string, string>, text: Text, orItself: boolean): Text {
  if (typeof text !== "string") return text;
  return names.get(text.trim().toLowerCase()) ?? (orItself ? text : undefined);
}

function truth(value: string | boolean | null | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  if (/^(?:yes|true|y)$/iu.test(value)) return true;
  return /^(?:no|false|n)$/iu.test(value) ? false : undefined;
}

function yesNo(value: string | boolean | null | undefined): string | undefined {
  const is = truth(value);
  return is === undefined ? undefined : is ? "Yes" : "No";
}

/** Minor units; "" when the provider says there is none; undefined when it does not say or the currency is unknown. */
function amount(text: Text, currency: string | undefined): number | "" | undefined {
  if (text === null || text === "") return "";
  if (text === undefined || currency === undefined) return undefined;
  const parsed = parseDecimalLiteral(text, currency);
  if (parsed.ok) return parsed.amountMinor;
  throw new VostroFailure("provider-changed", `Finzly sent an amount that cannot be kept exactly. ${parsed.message}`);
}

/** A masked number ("****0001") is a display value and never a known account number. */
function wholeNumber(text: Text): string | undefined {
  if (text === null) return "";
  return text !== undefined && /^[A-Za-z0-9]+$/u.test(text) && !/^[xX]{3,}/u.test(text) ? text : undefined;
}

const textOrUnset = (text: Text): string | undefined => (text === null ? "" : text);

function put(known: Known, field: FinzlyFieldName, value: FieldValue | undefined): void {
  if (value !== undefined) known[field] = value;
}

function knownOf(wire: WireAccount, currency: string | undefined): Known {
  const known: Known = {};
  const country = said(wire.countryCode, wire.country);
  put(known, "accountType", translated(types, said(wire.accountType, wire.type), true) ?? undefined);
  put(known, "accountSubType", translated(subtypes, said(wire.accountSubType, wire.subType), true) ?? undefined);
  put(known, "systemOfRecords", textOrUnset(said(wire.systemOfRecords, wire.systemOfRecord)));
  put(known, "accountNumber", wholeNumber(wire.accountNumber));
  put(known, "currency", textOrUnset(wire.currency));
  put(known, "accountName", textOrUnset(said(wire.accountName, wire.name)));
  put(known, "masterGl", textOrUnset(wire.masterGl));
  put(known, "enableOffset", yesNo(wire.enableOffset));
  put(known, "enableWire", yesNo(wire.enableWires ?? wire.enableWire));
  put(known, "defaultOffset", yesNo(wire.defaultOffset));
  put(known, "feeAccount", yesNo(wire.feeAccount));
  put(known, "returnAccount", yesNo(wire.returnAccount));
  put(known, "fboAccountNumber", wholeNumber(wire.fboAccountNumber));
  put(known, "countryCode", typeof country === "string" && /^[A-Z]{2}$/u.test(country) ? country : undefined);
  put(known, "routingNumber", textOrUnset(said(wire.routingNumber, wire.bankId)));
  put(known, "bankIdType", translated(bankIdTypes, wire.bankIdType, false) ?? undefined);
  put(known, "enableCallbacks", truth(wire.enableCallbacks));
  put(known, "callbackLimit", amount(wire.callbackLimit, currency));
  put(known, "costCenter", textOrUnset(wire.costCenter));
  put(known, "isUnderWritten", truth(wire.isUnderWritten));
  put(known, "isAchPrefund", truth(wire.isAchPrefund));
  put(known, "debitExposureLimit", amount(wire.debitExposureLimit, currency));
  put(known, "creditExposureLimit", amount(wire.creditExposureLimit, currency));
  put(known, "accountAnalysis", truth(wire.accountAnalysis));
  put(known, "reason", textOrUnset(wire.reason));
  put(known, "secCodes", wire.secCodes ?? undefined);
  put(known, "achCompanyId", textOrUnset(wire.achCompanyId));
  return known;
}

function factsOf(wire: WireAccount, currency: string | undefined): Fact[] {
  const facts: Fact[] = [];
  const fact = (name: string, label: string, value: Text, kind: Fact["kind"] = "text"): void => {
    if (typeof value === "string" && value !== "") facts.push({ name, label, value: plainWords(value, 120), kind });
  };
  const money = (name: string, label: string, value: Text): void => {
    const minor = amount(value, currency);
    if (typeof minor === "number" && currency !== undefined) fact(name, label, formatMoney(minor, currency), "money");
  };
  fact("status", "Status", wire.status);
  money("ledgerBalance", "Ledger balance", wire.ledgerBalance);
  money("availableBalance", "Available balance", wire.availableBalance);
  fact("availableBalanceStatus", "Available balance status", wire.availableBalanceStatus);
  fact("balanceType", "Balance type", wire.balanceType);
  fact("bankName", "Bank", wire.bankName);
  fact("country", "Country, as Finzly names it", wire.country);
  fact("bankIdType", "Bank ID type, as Finzly names it", wire.bankIdType);
  fact("externalProvider", "Held at", wire.externalAccount?.externalProvider);
  return facts;
}

function parsedWire<T>(result: { success: boolean; data?: T }, what: string): T {
  if (result.success && result.data !== undefined) return result.data;
  throw new VostroFailure(
    "provider-changed",
    `Finzly sent ${what} in a shape Vostro does not know. Nothing was changed here.`,
  );
}

/**
 * An account from one record of a list or a single read. Yes/No fields as "Yes"/"No", amounts in minor units of the
 * record's currency (`currencyHint` where it names none), "" where the provider says a value is not set. Failure
 * provider-changed: no account UID, or an amount that minor units cannot hold exactly.
 */
export function accountFromWire(record: unknown, customerUid: string, currencyHint?: string): ProviderAccount {
  const wire = parsedWire(wireAccount.safeParse(record), "an account");
  const named = wire.currency ?? currencyHint;
  const currency = named !== undefined && minorDigits(named) !== undefined ? named : undefined;
  const known = knownOf(wire, currency);
  const ledger = amount(wire.ledgerBalance, currency);
  const number = wire.accountNumber ?? "";
  const last4 = typeof known.accountNumber === "string" ? lastFour(number) : /([A-Za-z0-9]{1,4})$/u.exec(number)?.[1];
  return {
    customerUid,
    accountUid: wire.accountUID,
    accountName: typeof known.accountName === "string" && known.accountName !== "" ? known.accountName : undefined,
    status: wire.status ?? undefined,
    ledgerMinor: typeof ledger === "number" ? ledger : undefined,
    known,
    facts: factsOf(wire, currency),
    raw: rawRecord(record),
    ...(last4 === undefined || last4 === "" ? {} : { last4 }),
  };
}

/** One account out of its single read and its line in the list: where both speak, the single read is taken. */
export function mergeAccounts(single: ProviderAccount, listed: ProviderAccount | undefined): ProviderAccount {
  if (listed === undefined) return single;
  const factNames = new Set(single.facts.map((fact) => fact.name));
  const last4 = single.last4 ?? listed.last4;
  return {
    customerUid: single.customerUid,
    accountUid: single.accountUid,
    accountName: single.accountName ?? listed.accountName,
    status: single.status ?? listed.status,
    ledgerMinor: single.ledgerMinor ?? listed.ledgerMinor,
    known: { ...listed.known, ...single.known },
    facts: [...single.facts, ...listed.facts.filter((fact) => !factNames.has(fact.name))],
    raw: { single: single.raw, listed: listed.raw },
    ...(last4 === undefined ? {} : { last4 }),
  };
}

/** A customer of the search or the single read. Failure provider-changed when it has no UID. */
export function customerFromWire(record: unknown): ProviderCustomer {
  const wire = parsedWire(wireCustomer.safeParse(record), "a customer");
  return {
    customerUid: wire.customerUID,
    name:
      [wire.legalName, wire.shortName].find((name) => typeof name === "string" && name.trim() !== "") ??
      wire.customerUID,
    secCodes: wire.secCodes ?? undefined,
    achCompanyId: wire.achCompanyID ?? undefined,
    raw: rawRecord(record),
  };
}
