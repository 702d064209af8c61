import { LosslessNumber } from "lossless-json";
import { minorToText } from "../shared/amounts.ts";
import { countryName } from "./bank-identifiers.ts";
import type { StoredAccount, StoredCustomer } from "./records.ts";

const money = (amountMinor: number | null): LosslessNumber | null =>
  amountMinor === null ? null : new LosslessNumber(minorToText(amountMinor));

const hsaOnReads = "HSA (Health Saving Account)";

function switches(account: StoredAccount) {
  return {
    enableWires: account.enableWire === "Yes",
    enableOffset: account.enableOffset === "Yes",
    defaultOffset: account.defaultOffset === "Yes",
    feeAccount: account.feeAccount === "Yes",
    returnAccount: account.returnAccount === "Yes",
  };
}

const bankIdTypeOnReads = (account: StoredAccount): string => (account.bankIdType === "NID" ? "By ABA" : "By Address");

/**
 * An account as the V2 search lists it: write names for name, type and routing, booleans for the Yes/No fields,
 * limits as JSON numbers with two decimals. No status, balance, SEC codes, company id or prefunding.
 */
export function listShape(account: StoredAccount) {
  return {
    accountUID: account.accountUID,
    accountName: account.accountName,
    accountNumber: account.accountNumber,
    fboAccountNumber: account.fboAccountNumber,
    accountType: account.accountType.toUpperCase(),
    accountSubType: account.accountSubType === "Health Savings Account" ? hsaOnReads : account.accountSubType,
    systemOfRecords: account.systemOfRecords,
    currency: account.currency,
    masterGl: account.masterGl,
    countryCode: account.countryCode,
    routingNumber: account.routingNumber,
    bankIdType: bankIdTypeOnReads(account),
    ...switches(account),
    enableCallbacks: account.enableCallbacks,
    callbackLimit: money(account.callbackLimitMinor),
    costCenter: account.costCenter,
    isUnderWritten: account.isUnderWritten,
    debitExposureLimit: money(account.debitExposureLimitMinor),
    creditExposureLimit: money(account.creditExposureLimitMinor),
    accountAnalysis: account.accountAnalysis,
    reason: account.reason,
  };
}

function balanceType({ accountType, accountSubType }: StoredAccount): string {
  if (accountType === "Loan") return "LN";
  return accountSubType === "Checking" || accountSubType === "Pseudo" ? "DDA" : "SAV";
}

function singleSubType(account: StoredAccount): string {
  if (account.accountSubType === "Savings") return "Saving";
  return account.accountSubType === "Health Savings Account" ? hsaOnReads : account.accountSubType;
}

/**
 * An account as the V2 single read gives it: other names than the list, the country by name, the older spellings of
 * two subtypes, no limits, cost center, callbacks, underwriting or reason; balances as text and only on request;
 * the secret `externalAuthToken` where the account is held elsewhere.
 */
export function singleShape(account: StoredAccount, includeBalance: boolean) {
  const balances = {
    ledgerBalance: minorToText(account.ledgerBalanceMinor),
    availableBalance: minorToText(account.availableBalanceMinor),
    availableBalanceStatus: account.availableBalanceMinor < 0 ? "NSF" : "OK",
    amountPrecision: "2",
  };
  return {
    accountUID: account.accountUID,
    name: account.accountName,
    accountNumber: account.accountNumber,
    fboAccountNumber: account.fboAccountNumber,
    type: account.accountType.toUpperCase(),
    subType: singleSubType(account),
    systemOfRecord: account.systemOfRecords,
    balanceType: balanceType(account),
    ...(includeBalance ? balances : {}),
    currency: account.currency,
    country: countryName(account.countryCode),
    bankId: account.routingNumber,
    bankName: account.bankName,
    bankIdType: bankIdTypeOnReads(account),
    ...switches(account),
    status: account.status,
    externalAccount: account.externalAccount,
  };
}

/** A customer as both the search and the single read give it. */
export function customerShape(customer: StoredCustomer) {
  return {
    customerUID: customer.customerUID,
    legalName: customer.legalName,
    shortName: customer.shortName,
    customerId: customer.customerId,
    customerType: customer.customerType,
    status: customer.status,
    taxId: customer.taxId,
    achCompanyID: customer.achCompanyID,
    costCenter: customer.costCenters[0] ?? null,
    secCodes: customer.secCodes,
    additionalProfileDetails: {
      achPrefund: customer.achPrefund,
      achPrefundDebitLimit: minorToText(customer.achPrefundDebitLimitMinor),
      achPrefundCreditLimit: minorToText(customer.achPrefundCreditLimitMinor),
    },
  };
}
