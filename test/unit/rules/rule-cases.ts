import type { KnownFields, KnownValue, ProposedFields } from "@contract/rules/field-types.ts";
import type { UpdateInput } from "@contract/rules/finzly-update.ts";
import type { RuleCode } from "@contract/rules/rule-codes.ts";

/** A last-known value as the provider returned it. */
export const read = (value: KnownValue["value"]): KnownValue => ({ value, source: "provider-read", atMs: 1 });

type Case = Partial<UpdateInput> & { readonly proposed: ProposedFields };
interface Pair {
  readonly fires: readonly Case[];
  readonly silent: readonly Case[];
}

const nidUs: KnownFields = { bankIdType: read("NID"), countryCode: read("US") };
const bic: KnownFields = { bankIdType: read("BIC") };
const prefunded: KnownFields = { isAchPrefund: read(true), isUnderWritten: read(false), enableOffset: read("Yes") };
const cases = (...list: readonly Case[]): readonly Case[] => list;
const of = (...list: readonly ProposedFields[]): readonly Case[] => list.map((proposed) => ({ proposed }));
const over = (known: KnownFields, ...list: readonly ProposedFields[]): readonly Case[] =>
  list.map((proposed) => ({ known, proposed }));

/** For every rule code, updates that must bring it up and close neighbours that must not. */
export const ruleCases: Readonly<Record<RuleCode, Pair>> = {
  "FZ-TEXT-CONTROL": {
    fires: [
      ...of(
        { accountName: "Pay\u0000roll" }, { accountName: "Pay\r\nroll" }, { costCenter: "1\t2" },
        { masterGl: "a\u2028b" },
      ),
      ...of({ reason: "a\u0007b" }),
      { proposed: {}, authorisationRef: "CRM\n1" },
    ],
    silent: of({ accountName: "Zoë <script>alert(1)</script> \u202Eabc" }, { reason: "first line\nsecond line" }),
  },
  "FZ-TEXT-UNICODE": { fires: of({ accountName: "half \uD83D" }), silent: of({ accountName: "whole \uD83D\uDE00" }) },
  "FZ-TYPE-ENUM": {
    fires: of({ accountType: "Savings", accountSubType: "Savings" }),
    silent: of({ accountType: "Deposit", accountSubType: "Savings" }, { accountType: "deposit", accountSubType: "CD" }),
  },
  "FZ-SUBTYPE-ENUM": {
    fires: of({ accountSubType: "Current" }),
    silent: of({ accountSubType: "Checking" }, { accountSubType: " heloc" }),
  },
  "FZ-SUBTYPE-REQUIRED": {
    fires: [...of({ accountType: "Deposit" }), ...over({ accountSubType: read("Saving") }, { accountType: "Deposit" })],
    silent: [
      ...of({ accountType: "Deposit", accountSubType: "CD" }),
      ...over({ accountSubType: read("CD") }, { accountType: "Deposit" }),
      ...over({ accountType: read("Loan") }, { accountType: "Loan" }),
    ],
  },
  "FZ-SUBTYPE-PAIR": {
    fires: [
      ...of(
        { accountType: "Loan", accountSubType: "Savings" },
        { accountType: "Loan", accountSubType: "Health Savings Account" },
      ),
      ...over({ accountType: read("Deposit") }, { accountSubType: "Heloc" }),
      ...over({ accountType: read("Deposit"), accountSubType: read("CD") }, { accountType: "Loan" }),
    ],
    silent: [
      ...of({ accountType: "Loan", accountSubType: "LineofCredit" }, { accountSubType: "Heloc" }),
      ...over({ accountType: read("Deposit") }, { accountSubType: "Pseudo" }),
      ...over({ accountType: read("Deposit") }, { accountType: "Loan", accountSubType: "Heloc" }),
    ],
  },
  "FZ-SUBTYPE-HSA": {
    fires: of({ accountType: "Deposit", accountSubType: "Health Savings Account" }),
    silent: [
      ...of({ accountSubType: "Savings" }),
      ...over({ accountSubType: read("Health Savings Account") }, { accountName: "x" }),
    ],
  },
  "FZ-SUBTYPE-DEPRECATED": {
    fires: of({ accountSubType: "MoneyMarket" }, { accountSubType: "LineofCredit" }),
    silent: of({ accountSubType: "Money Market" }, { accountSubType: "Line of Credit" }),
  },
  "FZ-SYSTEM-ENUM": {
    fires: of({ systemOfRecords: "Finzly Core" }),
    silent: [
      ...of({ systemOfRecords: "Other Core" }),
      ...over({ systemOfRecords: read("Finzly Core") }, { systemOfRecords: "Finzly Core" }),
    ],
  },
  "FZ-ACCOUNT-NUMBER-SHAPE": {
    fires: of({ accountNumber: "1234-5678" }, { accountNumber: "••••4444" }, { accountNumber: "12 34" }),
    silent: of({ accountNumber: "000123ABC" }, { accountNumber: " 00012344 " }),
  },
  "FZ-FBO-SHAPE": { fires: of({ fboAccountNumber: "****2344" }), silent: of({ fboAccountNumber: "0012344" }) },
  "FZ-CURRENCY-CODE": {
    fires: of({ currency: "USDX" }, { currency: "XXX" }, { currency: "US" }),
    silent: of({ currency: "usd" }, { currency: "JPY" }),
  },
  "FZ-CURRENCY-LIMITS": {
    fires: over({ currency: read("USD"), debitExposureLimit: read(100) }, { currency: "JPY" }),
    silent: [
      ...over({ currency: read("USD"), debitExposureLimit: read(100) }, { currency: "JPY", debitExposureLimit: "5" }),
      ...over({ currency: read("USD") }, { currency: "EUR" }),
    ],
  },
  "FZ-COUNTRY-CODE": {
    fires: of({ countryCode: "USA" }, { countryCode: "ZZ" }),
    silent: of({ countryCode: "us" }, { countryCode: "XK" }),
  },
  "FZ-YES-NO": {
    fires: of(
      { enableWire: "true" }, { enableOffset: "Y" }, { defaultOffset: "1" }, { feeAccount: "N/A" },
      { returnAccount: "0" },
    ),
    silent: of({ enableWire: "Yes" }, { enableOffset: "no" }, { feeAccount: "" }),
  },
  "FZ-BANK-ID-TYPE-ENUM": {
    fires: of({ bankIdType: "ABA" }),
    silent: of({ bankIdType: "NID" }, { bankIdType: "BIC" }),
  },
  "FZ-ROUTING-DIGITS": {
    fires: over(nidUs, { routingNumber: "10120610" }, { routingNumber: "1012061011" }, { routingNumber: "10120610A" }),
    silent: [
      ...over(nidUs, { routingNumber: "101206101" }),
      ...over({ ...nidUs, countryCode: read("CA") }, { routingNumber: "12345" }),
    ],
  },
  "FZ-ROUTING-ZERO": {
    fires: [
      ...over(nidUs, { routingNumber: "000000000" }),
      ...of({ routingNumber: "000000000" }),
      ...of({ routingNumber: "000000000", countryCode: "CA" }),
    ],
    silent: over(nidUs, { routingNumber: "000000518" }),
  },
  "FZ-ROUTING-CHECKSUM": {
    fires: [
      ...over(nidUs, { routingNumber: "101260101" }),
      ...of({ routingNumber: "101206102", bankIdType: "NID", countryCode: "US" }),
    ],
    silent: [
      ...over(nidUs, { routingNumber: "101206101" }, { routingNumber: "101260101", countryCode: "CA" }),
      ...over(bic, { routingNumber: "101260101" }),
      ...of({ routingNumber: "101260101" }),
    ],
  },
  "FZ-ROUTING-PREFIX": {
    fires: over(nidUs, { routingNumber: "789456124" }),
    silent: over(nidUs, { routingNumber: "101206101" }, { routingNumber: "154000008" }, { routingNumber: "655060042" }),
  },
  "FZ-ROUTING-UNSURE": {
    fires: [
      ...of({ routingNumber: "101260101" }, { routingNumber: "12345" }),
      ...over({ bankIdType: read("NID") }, { routingNumber: "101260101" }),
    ],
    silent: [
      ...of({ routingNumber: "101206101" }),
      ...over(nidUs, { routingNumber: "101260101" }),
      ...over({ countryCode: read("CA") }, { routingNumber: "12345" }),
    ],
  },
  "FZ-ROUTING-BIC": {
    fires: over(bic, { routingNumber: "101206101" }, { routingNumber: "CHASZZ33" }, { routingNumber: "CHASUS33X" }),
    silent: [
      ...over(bic, { routingNumber: "CHASUS33" }, { routingNumber: "chasus33xxx" }, { routingNumber: "NLPRXKPR" }),
      ...over(nidUs, { routingNumber: "101206101" }),
    ],
  },
  "FZ-ROUTING-BIC-DIGITS": {
    fires: over(bic, { routingNumber: "S23CKENXXXX" }),
    silent: over(bic, { routingNumber: "CHASUS33" }),
  },
  "FZ-ROUTING-STAYS": {
    fires: [
      ...over({ ...nidUs, routingNumber: read("101206101") }, { bankIdType: "BIC" }),
      ...over({ ...bic, countryCode: read("US"), routingNumber: read("CHASUS33") }, { bankIdType: "NID" }),
    ],
    silent: [
      ...over(
        { ...nidUs, routingNumber: read("101206101") },
        { bankIdType: "BIC", routingNumber: "CHASUS33" },
        { accountName: "x" },
      ),
      ...over({ ...nidUs, routingNumber: read("101206101") }, { countryCode: "CA" }),
    ],
  },
  "FZ-MONEY-TEXT": {
    fires: of(
      { debitExposureLimit: "1E3" }, { creditExposureLimit: "1.234,56" }, { callbackLimit: "12,34" },
      { debitExposureLimit: "lots" }, { debitExposureLimit: "EUR 5" },
    ),
    silent: of({ debitExposureLimit: "$1,234.56" }, { creditExposureLimit: " 5 USD" }, { callbackLimit: " " }),
  },
  "FZ-MONEY-DECIMALS": {
    fires: [...of({ debitExposureLimit: "1.005" }), ...over({ currency: read("JPY") }, { creditExposureLimit: "1.5" })],
    silent: [
      ...of({ debitExposureLimit: "1.05" }), ...over({ currency: read("KWD") }, { creditExposureLimit: "1.505" }),
    ],
  },
  "FZ-MONEY-NEGATIVE": {
    fires: of({ debitExposureLimit: "-1" }, { creditExposureLimit: "(5.00)" }, { callbackLimit: "\u22120.01" }),
    silent: of({ debitExposureLimit: "1" }, { callbackLimit: "-0" }),
  },
  "FZ-MONEY-TOO-LARGE": {
    fires: of({ debitExposureLimit: "90071992547409.93" }, { creditExposureLimit: "10000000000000.00" }),
    silent: of({ debitExposureLimit: "9,999,999,999,999.99" }),
  },
  "FZ-CALLBACK-RANGE": {
    fires: [
      ...of({ callbackLimit: "1,000,000,000.00" }), ...over({ currency: read("JPY") }, { callbackLimit: "1000000000" }),
    ],
    silent: [
      ...of({ callbackLimit: "999,999,999.99" }, { callbackLimit: "0" }),
      ...over({ currency: read("KWD") }, { callbackLimit: "999999999.990" }),
    ],
  },
  "FZ-CALLBACK-PSEUDO": {
    fires: [
      ...over({ accountSubType: read("Pseudo") }, { callbackLimit: "5" }),
      ...of({ accountSubType: "Pseudo", callbackLimit: "0" }),
    ],
    silent: [
      ...over(
        { accountSubType: read("Pseudo") }, { callbackLimit: "5", accountSubType: "Savings" }, { accountName: "x" },
      ),
      ...of({ callbackLimit: "5" }),
    ],
  },
  "FZ-CALLBACK-PSEUDO-KNOWN": {
    fires: over({ accountSubType: read("Savings"), callbackLimit: read(500) }, { accountSubType: "Pseudo" }),
    silent: [
      ...over({ accountSubType: read("Savings") }, { accountSubType: "Pseudo" }),
      ...over({ accountSubType: read("Pseudo"), callbackLimit: read(5) }, { accountName: "x" }),
    ],
  },
  "FZ-FUNDING-BOTH": {
    fires: [
      ...of({ isAchPrefund: true, isUnderWritten: true }),
      ...over({ isUnderWritten: read(true) }, { isAchPrefund: true }),
      ...over({ isAchPrefund: read(true) }, { isUnderWritten: true }),
    ],
    silent: [
      ...of({ isAchPrefund: false, isUnderWritten: false }, { isAchPrefund: true }),
      ...over({ isUnderWritten: read(true) }, { isAchPrefund: true, isUnderWritten: false }),
    ],
  },
  "FZ-LIMIT-ZERO": {
    fires: of({ debitExposureLimit: "0" }, { creditExposureLimit: "0.00" }),
    silent: of({ debitExposureLimit: "0.01" }, { callbackLimit: "0" }),
  },
  "FZ-LIMIT-NO-DEBIT-CODE": {
    fires: [
      ...of({ debitExposureLimit: "5", secCodes: ["CIE"] }),
      ...over({ secCodes: read(["CIE"]) }, { debitExposureLimit: "5" }),
      ...over({ debitExposureLimit: read(5) }, { secCodes: ["CIE"] }),
    ],
    silent: [
      ...of({ debitExposureLimit: "5", secCodes: ["CIE", "CCD"] }, { debitExposureLimit: "5" }),
      ...over({ secCodes: read(["CIE"]), debitExposureLimit: read(5) }, { accountName: "x" }),
    ],
  },
  "FZ-LIMIT-NO-CREDIT-CODE": {
    fires: of({ creditExposureLimit: "5", secCodes: ["TEL", "POS"] }),
    silent: of({ creditExposureLimit: "5", secCodes: ["TEL", "PPD"] }, { debitExposureLimit: "5", secCodes: ["TEL"] }),
  },
  "FZ-PREFUND-DEBIT-LIMIT": {
    fires: [
      ...over(prefunded, { debitExposureLimit: "25,000.00" }),
      ...over({ debitExposureLimit: read(5) }, { isAchPrefund: true }),
    ],
    silent: [
      ...over(prefunded, { debitExposureLimit: "0" }, { creditExposureLimit: "5" }), ...of({ debitExposureLimit: "5" }),
    ],
  },
  "FZ-PREFUND-OFFSET": {
    fires: [
      ...of({ isAchPrefund: true }, { isAchPrefund: true, enableOffset: "No" }),
      ...over(prefunded, { enableOffset: "No" }),
    ],
    silent: [
      ...of({ isAchPrefund: true, enableOffset: "Yes" }, { enableOffset: "No" }),
      ...over({ enableOffset: read("Yes") }, { isAchPrefund: true }),
    ],
  },
  "FZ-REASON-LENGTH": { fires: of({ reason: "x".repeat(256) }), silent: of({ reason: "x".repeat(255) }) },
  "FZ-COMPANY-ID-LENGTH": { fires: of({ achCompanyId: "12345678901" }), silent: of({ achCompanyId: "1234567890" }) },
  "FZ-COMPANY-ID-CHARACTERS": { fires: of({ achCompanyId: "12-3456789" }), silent: of({ achCompanyId: "231380104P" }) },
  "FZ-COMPANY-ID-SHAPE": {
    fires: of({ achCompanyId: "231380104P" }, { achCompanyId: "121042882" }),
    silent: of({ achCompanyId: "0018036281" }),
  },
  "FZ-SEC-EMPTY": { fires: of({ secCodes: [] }, { secCodes: [" "] }), silent: of({ secCodes: ["CCD"] }) },
  "FZ-SEC-SHAPE": { fires: of({ secCodes: ["CCDD"] }, { secCodes: ["C1D"] }), silent: of({ secCodes: [" ccd "] }) },
  "FZ-SEC-SYSTEM": {
    fires: of({ secCodes: ["ACK"] }, { secCodes: ["COR"] }),
    silent: [...of({ secCodes: ["CCD"] }), ...over({ secCodes: read(["ACK"]) }, { secCodes: ["ACK", "CCD"] })],
  },
  "FZ-SEC-UNKNOWN": { fires: of({ secCodes: ["ZZZ"] }), silent: of({ secCodes: ["CTX"] }, { secCodes: ["CBR"] }) },
  "FZ-SEC-RETIRED": { fires: of({ secCodes: ["CBR"] }, { secCodes: ["PBR"] }), silent: of({ secCodes: ["IAT"] }) },
  "FZ-SEC-UNLISTED": { fires: of({ secCodes: ["XCK"] }, { secCodes: ["SHR"] }), silent: of({ secCodes: ["ARC"] }) },
  "FZ-SEC-NOT-CUSTOMER": {
    fires: cases({ proposed: { secCodes: ["CCD", "WEB"] }, customerSecCodes: ["ccd", "PPD"] }),
    silent: cases({ proposed: { secCodes: ["CCD"] }, customerSecCodes: ["CCD"] }, { proposed: { secCodes: ["WEB"] } }),
  },
  "FZ-FEATURES-JSON": {
    fires: of({ accountFeatures: "{a:1}" }, { accountFeatures: '{"a":1} x' }, { accountFeatures: '{"a":01}' }),
    silent: of({ accountFeatures: '{"rfpSend": true}' }),
  },
  "FZ-FEATURES-OBJECT": {
    fires: of({ accountFeatures: "[1]" }, { accountFeatures: "true" }),
    silent: of({ accountFeatures: '{"a":[1]}' }),
  },
  "FZ-FEATURES-EMPTY": {
    fires: of({ accountFeatures: " { } " }),
    silent: of({ accountFeatures: "" }, { accountFeatures: '{"a":{}}' }),
  },
  "FZ-FEATURES-DUPLICATE": {
    fires: of({ accountFeatures: '{"a":{"b":1,"\\u0062":2}}' }),
    silent: of({ accountFeatures: '{"a":{"b":1},"b":2}' }),
  },
  "FZ-FEATURES-NUMBER": {
    fires: of(
      { accountFeatures: '{"a":9007199254740993}' },
      { accountFeatures: '{"a":1e400}' },
      { accountFeatures: '{"a":0.1000000000000000000001}' },
    ),
    silent: of({ accountFeatures: '{"a":0.10,"b":1.5e3,"c":-0}' }),
  },
  "FZ-ATTRIBUTES-EMPTY": {
    fires: of({ additionalAttributes: [] }),
    silent: of({ additionalAttributes: [{ attributeName: "a", value: "b" }] }),
  },
  "FZ-ATTRIBUTES-NAME": {
    fires: of({ additionalAttributes: [{ value: "b" }] }, { additionalAttributes: [{ attributeName: " " }] }),
    silent: of({ additionalAttributes: [{ attributeName: "a" }] }),
  },
  "FZ-ATTRIBUTES-NUMBER": {
    fires: of({ additionalAttributes: [{ attributeName: "a", id: 2 ** 53 }] }),
    silent: of({ additionalAttributes: [{ attributeName: "a", id: 7 }] }),
  },
  "FZ-HIGH-RISK-REASON": {
    fires: cases({ proposed: { routingNumber: "101206101" }, authorisationRef: "CRM-1", requireEvidence: true }),
    silent: cases(
      { proposed: { routingNumber: "101206101", reason: "Moved" }, authorisationRef: "CRM-1", requireEvidence: true },
      { proposed: { routingNumber: "101206101" } },
      { proposed: { accountName: "x" }, requireEvidence: true },
    ),
  },
  "FZ-HIGH-RISK-AUTHORISATION": {
    fires: cases(
      { proposed: { accountNumber: "12345678", reason: "Moved" }, authorisationRef: "  ", requireEvidence: true },
    ),
    silent: cases(
      { proposed: { accountNumber: "12345678", reason: "Moved" }, authorisationRef: "CRM-1", requireEvidence: true },
    ),
  },
  "FZ-NO-CHANGE": {
    fires: cases(
      { proposed: {}, requireEvidence: true },
      { proposed: { reason: "Only a note", accountName: " " }, requireEvidence: true },
    ),
    silent: cases({ proposed: {} }, { proposed: { accountName: "x" }, requireEvidence: true }),
  },
};
