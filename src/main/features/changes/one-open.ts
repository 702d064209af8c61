import type { ChangeId } from "@contract";
import { changeStateWords } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { StoredAccount } from "../accounts/account-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { DraftDependencies } from "./drafts.ts";
import { findOpen } from "./store.ts";

/** `, through the connection X` where the change goes another way than the account was reached. */
export function throughOther(
  { connections }: Pick<DraftDependencies, "connections">,
  other: ChangeRecord,
  account: StoredAccount,
): string {
  if (other.connectionId === account.connectionId) return "";
  return `, through the connection ${connections.get(other.connectionId).name}`;
}

/** Failure conflict when the account is gone, or another change of it than `own` is open: that one is named. */
export function refuseSecond(
  deps: DraftDependencies,
  writer: Writer,
  account: StoredAccount,
  own: ChangeId | undefined,
): void {
  refuseDeleted(account);
  const other = findOpen(writer, account);
  if (other === undefined || other.id === own) return;
  const which = `${changeStateWords[other.state]}, by ${other.madeBy.name}${throughOther(deps, other, account)}`;
  throw new VostroFailure(
    "conflict",
    `Account ${account.accountUid} already has a change: ${which}. Open that one instead.`,
  );
}

/** Failure conflict when the account is gone at its provider. */
export function refuseDeleted({ deleted, accountUid }: Pick<StoredAccount, "deleted" | "accountUid">): void {
  if (deleted === undefined) return;
  const how = deleted.by === undefined ? "is gone at its provider" : `was deleted by ${deleted.by}`;
  throw new VostroFailure("conflict", `Account ${accountUid} ${how}, so nothing can be changed on it. Nothing was sent.`);
}
