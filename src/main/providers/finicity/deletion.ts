import { VostroFailure } from "../../core/failures.ts";
import type { AccountDeletion, ProviderAccount } from "../provider.ts";
import type { FinicityParts } from "./parts.ts";
import { accountPath } from "./paths.ts";
import type { FinicityReads } from "./reader.ts";

/** "Customer does not have that account" (reference §2.8): the one code that says so of this very account. */
const goneCode = "38003";

/**
 * Delete Customer Account: no body, 204 (seed). An account is gone where Finicity answers its read 404 with that code, or
 * 404 otherwise while the customer's list, read right after, does not hold it. Any other "not found" may be of another
 * partner's customer, a proxy or a wrong address, and proves nothing.
 */
export function createDeletion(
  { base }: Pick<FinicityParts, "base">,
  reads: Pick<FinicityReads, "readAccount" | "readRecords">,
): AccountDeletion {
  return {
    prepare: (address) => ({
      method: "DELETE",
      origin: base.origin,
      path: `${base.path}${accountPath(address)}`,
      body: "",
    }),
    find: async (address, signal): Promise<ProviderAccount | undefined> => {
      try {
        return await reads.readAccount(address, {}, signal);
      } catch (error) {
        if (!(error instanceof VostroFailure) || error.code !== "not-found") throw error;
        if (error.details.providerCode === goneCode) return undefined;
        const records = await reads.readRecords(address.customerUid, signal);
        if (records.some(({ accountId }) => accountId === address.accountUid)) throw error;
        return undefined;
      }
    },
  };
}
