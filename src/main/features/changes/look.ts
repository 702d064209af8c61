import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { AccountProvider, PreparedWrite, ProviderAccount } from "../../providers/provider.ts";
import type { AccountAccess } from "../accounts/account-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import { asReadNow, verify } from "./read-back.ts";

/** What a look at the provider shows of a change: of a deletion, whether the account is still there. */
export interface Seen {
  /** Undefined where the provider says that it has no such account; only ever of a deletion. */
  readonly read: ProviderAccount | undefined;
  readonly verdict: ReturnType<typeof verify>["verdict"];
  readonly fields: ReturnType<typeof verify>["fields"];
}

export function numberHint(change: ChangeRecord): { accountNumber?: string } {
  const known = change.base.accountNumber;
  return typeof known?.value === "string" && known.masked !== true ? { accountNumber: known.value } : {};
}

function deletionAt(provider: AccountProvider): NonNullable<AccountProvider["deletion"]> {
  if (provider.deletion !== undefined) return provider.deletion;
  throw new VostroFailure("not-allowed", "Accounts of this connection cannot be deleted through Vostro.");
}

/** The account as the provider holds it now; undefined only of a deletion, where it is gone. Throws as reads do. */
export async function readNow(
  provider: AccountProvider,
  change: ChangeRecord,
  signal: AbortSignal,
): Promise<ProviderAccount | undefined> {
  if (change.kind === "delete") return deletionAt(provider).find(change, signal);
  return provider.readAccount(change, numberHint(change), signal);
}

/** What a read says of the change: a deletion is applied where the account is gone, and else not (yet). */
export function judgeSeen(change: ChangeRecord, read: ProviderAccount | undefined, atMs: number): Seen {
  if (read === undefined) return { read, verdict: "applied", fields: [] };
  if (change.kind === "delete") return { read, verdict: "not-applied", fields: [] };
  return { read, ...verify(change, asReadNow(read, atMs)) };
}

/** The exact request of the change. */
export function preparedOf(provider: AccountProvider, change: ChangeRecord): PreparedWrite {
  return change.kind === "delete"
    ? deletionAt(provider).prepare(change)
    : provider.prepareUpdate(change, change.update, change.currency);
}

/** The provider took the change: its values are the last known ones, or the account is gone. */
export function noteAccepted(
  { accounts }: { readonly accounts: Pick<AccountAccess, "noteWritten" | "noteDeleted"> },
  writer: Writer,
  change: ChangeRecord,
  atMs: number,
): void {
  if (change.kind === "update") accounts.noteWritten(writer, change.accountId, change.update, atMs);
  else accounts.noteDeleted(writer, change.accountId, { atMs, by: change.madeBy.name, changeId: change.id });
}
