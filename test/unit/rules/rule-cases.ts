import type { RuleCode } from "@contract/rules/rule-codes.ts";
import { nidUs, bic, prefunded, cases, of, over, read, type Pair } from "./case-builders.ts";
import { valueCases } from "./value-cases.ts";

/** For every rule code, updates that must bring it up and close neighbours that must not. */
export const ruleCases: Readonly<Record<RuleCode, Pair>> = {
  ...valueCases,
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
      { debitExposureLimit: "1E3" },
      { creditExposureLimit: "1.234,56" },
      { callbackLimit: "12,34" },
      { debitExposureLimit: "lots" },
      { debitExposureLimit: "EUR 5" },
    ),
    silent: of({ debitExposureLimit: "$1,234.56" }, { creditExposureLimit: " 5 USD" }, { callbackLimit: " " }),
  },
  "FZ-MONEY-DECIMALS": {
    fires: [...of({ debitExposureLimit: "1.005" }), ...over({ currency: read("JPY") }, { creditExposureLimit: "1.5" })],
    silent: [
      ...of({ debitExposureLimit: "1.05" }),
      ...over({ currency: read("KWD") }, { creditExposureLimit: "1.505" }),
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
      ...of({ callbackLimit: "1,000,000,000.00" }),
      ...over({ currency: read("JPY") }, { callbackLimit: "1000000000" }),
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
        { accountSubType: read("Pseudo") },
        { callbackLimit: "5", accountSubType: "Savings" },
        { accountName: "x" },
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
      ...over(prefunded, { debitExposureLimit: "0" }, { creditExposureLimit: "5" }),
      ...of({ debitExposureLimit: "5" }),
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
  "FZ-SEC-REST": {
    fires: of({ secCodes: ["CCD"] }, { secCodes: ["CCD", "C1D"] }),
    silent: [
      ...over({ secCodes: read([]) }, { secCodes: ["CCD"] }),
      ...over({ secCodes: { value: ["PPD"], source: "vostro-wrote", atMs: 1 } }, { secCodes: ["PPD", "WEB"] }),
      ...of({ secCodes: [] }, { accountName: "x" }),
    ],
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
  "FZ-FEATURES-REST": {
    fires: of({ accountFeatures: '{"rfpSend":true}' }),
    silent: [
      ...over({ accountFeatures: read("{}") }, { accountFeatures: '{"rfpSend":true}' }),
      ...of({ accountFeatures: "{}" }, { accountFeatures: "{a:1}" }, { accountName: "x" }),
    ],
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
  "FZ-ATTRIBUTES-REST": {
    fires: of({ additionalAttributes: [{ attributeName: "a", value: "b" }] }),
    silent: [
      ...over({ additionalAttributes: read([]) }, { additionalAttributes: [{ attributeName: "a", value: "b" }] }),
      ...of({ additionalAttributes: [] }, { accountName: "x" }),
    ],
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
    fires: cases({
      proposed: { accountNumber: "12345678", reason: "Moved" },
      authorisationRef: "  ",
      requireEvidence: true,
    }),
    silent: cases({
      proposed: { accountNumber: "12345678", reason: "Moved" },
      authorisationRef: "CRM-1",
      requireEvidence: true,
    }),
  },
  "FC-FIELD": {
    fires: cases(
      { proposed: { costCenter: "CC-1" }, finicity: { shownNumbers: [] } },
      { proposed: { accountName: "x", currency: "EUR" }, finicity: { shownNumbers: ["XX1234"] } },
    ),
    silent: cases(
      { proposed: { accountName: "x", accountNumber: "5551234", reason: "r" }, finicity: { shownNumbers: [] } },
      { proposed: { costCenter: "CC-1" } },
    ),
  },
  "FC-NUMBER-MASKED": {
    fires: cases(
      ...["2765", "32765", "XXXX2765", "xx99", "XXXX-XXXXXX-32765"].map((accountNumber) => ({
        proposed: { accountNumber },
        finicity: { shownNumbers: ["XXXX-XXXXXX-32765", "2765"] },
      })),
      ...["x2765", "X-2765", "X32765"].map((accountNumber) => ({
        proposed: { accountNumber },
        finicity: { shownNumbers: ["XXXX-XXXXXX-32765"] },
      })),
    ),
    silent: cases(
      { proposed: { accountNumber: "440012345632765" }, finicity: { shownNumbers: ["XXXX-XXXXXX-32765", "2765"] } },
      { proposed: { accountNumber: "X440012345632765" }, finicity: { shownNumbers: ["XXXX-XXXXXX-32765", "2765"] } },
      { proposed: { accountNumber: "2765" } },
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
