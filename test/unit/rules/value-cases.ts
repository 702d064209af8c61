import { nidUs, of, over, read, type Pair } from "./case-builders.ts";

/** Cases of the codes of single values. */
export const valueCases = {
  "FZ-TEXT-CONTROL": {
    fires: [
      ...of(
        { accountName: "Pay\u0000roll" },
        { accountName: "Pay\r\nroll" },
        { costCenter: "1\t2" },
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
      { enableWire: "true" },
      { enableOffset: "Y" },
      { defaultOffset: "1" },
      { feeAccount: "N/A" },
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
} as const satisfies Readonly<Record<string, Pair>>;
