import type { Connection, ParsedInputOf } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { AccountProvider } from "../../providers/provider.ts";
import { mustBeSignedIn } from "./sign-in-check.ts";

/** What is to be read: all customers, one, or of one only the accounts at one institution. */
export type LoadWish = ParsedInputOf<"accounts.load">;

/** What a load reads, in words. */
export function scopeOf({ name }: Connection, { customerUid, institutionId }: LoadWish): string {
  if (customerUid === undefined) return `all customers of ${name}`;
  const at = institutionId === undefined ? "" : ` at institution ${institutionId}`;
  return `customer ${customerUid}${at} of ${name}`;
}

/** Failures conflict, provider-rejected, sign-in-needed. */
export function checkStart(connection: Connection, alreadyRunning: boolean): void {
  if (alreadyRunning) throw new VostroFailure("conflict", `Accounts of ${connection.name} are being read already.`);
  if (!connection.canRead) {
    const message = `${connection.name} is set up for changes only; it cannot read. Add accounts by hand.`;
    throw new VostroFailure("provider-rejected", message);
  }
  mustBeSignedIn(connection);
}

/** Failure input-invalid: an institution without a customer, or of another provider than Finicity. */
export function checkInstitution({ name, provider }: Connection, { customerUid, institutionId }: LoadWish): void {
  if (institutionId === undefined) return;
  const refuse = (message: string): never => {
    throw new VostroFailure("input-invalid", message, { fields: [{ path: "institutionId", message }] });
  };
  if (provider !== "finicity") refuse(`${name} does not read by institution; only Finicity does.`);
  if (customerUid === undefined) refuse("Accounts at one institution are read of one customer. Name the customer.");
}

/** Reads what a customer has at one institution, all in one page. */
export function readingAt(provider: AccountProvider, institutionId: string): AccountProvider["readAccounts"] {
  const { readAtInstitution } = provider;
  if (readAtInstitution === undefined)
    throw new VostroFailure("not-allowed", "This connection does not read by institution. Nothing was read.");
  return async (customerUid, _page, signal) => ({
    accounts: await readAtInstitution(customerUid, institutionId, signal),
    last: true,
  });
}
