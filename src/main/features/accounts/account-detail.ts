import type { AccountDetail, AccountId, ChangeId, Connection, ProviderKind } from "@contract";
import { hasLoginForms, takesChanges } from "@contract/rules/aggregation/services.ts";
import { sql, type Reader } from "../../database/sql.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { OpenChanges } from "./account-access.ts";
import { accountRowColumns, accountRowOf, type AccountListRow } from "./account-list-row.ts";
import type { CachedAccount } from "./account-record.ts";
import { readHistory } from "./history.ts";
import { aggregatedDetailOf } from "./aggregated-detail.ts";
import { aggregatedOf } from "./aggregated-store.ts";
import { knownFields, maskedForScreen } from "./known-values.ts";
import { customerOf, snapshotsOf, writtenValues } from "./store.ts";

function listRow(reader: Reader, id: AccountId): AccountListRow {
  const row = reader.get<AccountListRow>(sql`SELECT ${accountRowColumns} FROM cache_accounts WHERE id = ${id}`);
  if (row === undefined) throw new VostroFailure("not-found", "This account is no longer in the list.");
  return row;
}

function historyOf(
  reader: Reader,
  account: CachedAccount,
  provider: ProviderKind,
  changes: OpenChanges,
): AccountDetail["history"] {
  const now =
    account.readAtMs === undefined ? [] : [{ read: account.read, facts: account.facts, readAtMs: account.readAtMs }];
  const reads = readHistory([...now, ...snapshotsOf(reader, account.id)], provider);
  const made = changes.history(reader, account.id).map((entry) => ({ ...entry, changeId: entry.changeId as ChangeId }));
  return [...reads, ...made].toSorted((a, b) => b.atMs - a.atMs);
}

/** Everything about one account that may leave main: numbers masked to the last four, no record as read. */
export function accountDetailOf(
  reader: Reader,
  account: CachedAccount,
  connection: Connection,
  changes: OpenChanges,
): AccountDetail {
  const open = changes.forAccounts(reader, [account.id]).get(account.id);
  const aggregatedDetail = aggregatedDetailOf(reader, account);
  const codes = customerOf(reader, account.connectionId, account.customerUid)?.secCodes;
  return {
    ...accountRowOf(listRow(reader, account.id), {
      provider: connection.provider,
      change: open,
      record: aggregatedOf(reader, account.id),
    }),
    connectionName: connection.name,
    environment: connection.environment,
    canRead: connection.canRead,
    changeable: takesChanges(connection),
    hasLoginForm: hasLoginForms(connection),
    known: maskedForScreen(knownFields(account.read, writtenValues(reader, account))),
    facts: [...account.facts],
    history: historyOf(reader, account, connection.provider, changes),
    ...(aggregatedDetail === undefined ? {} : { aggregatedDetail }),
    ...(codes === undefined ? {} : { customerSecCodes: [...codes] }),
    ...(account.attempt === undefined ? {} : { lastAttempt: account.attempt }),
  };
}
