import { LosslessNumber } from "lossless-json";
import type { Detail, DetailValue, StoredAccount } from "../aggregator/index.ts";
import { minorToText } from "../shared/amounts.ts";

function value(given: DetailValue): unknown {
  return typeof given === "object" ? new LosslessNumber(given.decimal) : given;
}

function details(detail: Detail): unknown {
  return Object.fromEntries(Object.entries(detail).map(([name, given]) => [name, value(given)]));
}

function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, given]) => given !== null));
}

/**
 * An account as the refresh answers it: the full number, dates as epoch seconds, no status code and no last update. A
 * pending account has no more than six fields.
 */
export function refreshedShape(account: StoredAccount): Readonly<Record<string, unknown>> {
  const partial = {
    id: account.id,
    number: account.number,
    realAccountNumberLast4: account.status === "pending" ? null : account.realAccountNumberLast4,
    name: account.name,
    balance: new LosslessNumber(minorToText(account.balanceMinor)),
    type: account.type,
    status: account.status,
  };
  if (account.status === "pending") return present(partial);
  return present({
    ...partial,
    customerId: account.customerId,
    institutionId: account.institutionId,
    balanceDate: account.balanceDateS,
    aggregationSuccessDate: account.aggregationSuccessDateS,
    aggregationAttemptDate: account.aggregationAttemptDateS,
    createdDate: account.createdDateS,
    currency: account.currency,
    lastTransactionDate: account.lastTransactionDateS,
    oldestTransactionDate: account.oldestTransactionDateS,
    institutionLoginId: new LosslessNumber(account.institutionLoginId),
    detail: account.detail === null ? null : details(account.detail),
    position: account.positions.length === 0 ? null : account.positions.map(details),
    displayPosition: account.displayPosition,
    parentAccount: account.parentAccount,
  });
}

/** An account as the list answers it: what a refresh answers, and the status code, display number and last update. */
export function listedShape(account: StoredAccount): Readonly<Record<string, unknown>> {
  if (account.status === "pending") return refreshedShape(account);
  return {
    ...refreshedShape(account),
    ...present({
      accountNumberDisplay: account.number.slice(-4),
      aggregationStatusCode: account.aggregationStatusCode,
      lastUpdatedDate: account.lastUpdatedDateS,
    }),
  };
}
