import type { FinicityConnection } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { AggregatorRefresh } from "../aggregator.ts";
import type { AccountAddress } from "../provider.ts";

function id(what: string, text: string): string {
  if (/^[A-Za-z0-9_-]{1,100}$/u.test(text)) return text;
  throw new VostroFailure("input-invalid", `The ${what} may hold only letters, digits, hyphen and underscore.`);
}

export const tokenPath = "/aggregation/v2/partners/authentication";
export const customersPath = "/aggregation/v1/customers";

/** Paths as the examples of the classic document have them, under `/aggregation`. Failure input-invalid for an id. */
export const customerAccountsPath = (customerId: string): string =>
  `${customersPath}/${id("customer id", customerId)}/accounts`;

export const institutionAccountsPath = (customerId: string, institutionId: string): string =>
  `${customersPath}/${id("customer id", customerId)}/institutions/${id("institution id", institutionId)}/accounts`;

export const loginAccountsPath = (customerId: string, loginId: string): string =>
  `${customersPath}/${id("customer id", customerId)}/institutionLogins/${id("institution login", loginId)}/accounts`;

/** Where an account is changed and deleted, and read by the classic services. */
export const accountPath = ({ customerUid, accountUid }: AccountAddress): string =>
  `${customerAccountsPath(customerUid)}/${id("account id", accountUid)}`;

/** Where an account is read: today's form is under v2. */
export const readAccountPath = (forms: FinicityConnection["forms"], address: AccountAddress): string =>
  forms === "classic" ? accountPath(address) : accountPath(address).replace("/v1/", "/v2/");

/** Where a refresh is posted: the form of Data Access Tiers is under v2, every other under v1 (reference §2.2). */
export function refreshPath(forms: FinicityConnection["forms"], wish: AggregatorRefresh): string {
  const path =
    wish.scope === "customer"
      ? customerAccountsPath(wish.customerId)
      : loginAccountsPath(wish.customerId, wish.institutionLoginId);
  return forms === "tiers" ? path.replace("/v1/", "/v2/") : path;
}

export const loginFormPath = (address: AccountAddress): string => `${accountPath(address)}/loginForm`;
