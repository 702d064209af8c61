import { VostroFailure } from "../../core/failures.ts";
import type { AccountAddress } from "../provider.ts";

/** Path of a customer under the API base. Failure input-invalid for an identifier that could mean another path. */
export function customerPath(customerUid: string): string {
  if (!/^[A-Za-z0-9_-]{1,100}$/u.test(customerUid)) {
    throw new VostroFailure("input-invalid", "The customer UID may hold only letters, digits, hyphen and underscore.");
  }
  return `/v2/customers/${customerUid}`;
}

/** Path of an account under the API base; the account UID is digits (provider facts 1.3). Failure input-invalid. */
export function accountPath({ customerUid, accountUid }: AccountAddress): string {
  if (!/^[0-9]{1,40}$/u.test(accountUid)) throw new VostroFailure("input-invalid", "The account UID is digits only.");
  return `${customerPath(customerUid)}/accounts/${accountUid}`;
}
