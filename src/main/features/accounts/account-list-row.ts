import type {
  AccountId,
  AccountRow,
  ChangeId,
  ChangeKind,
  ChangeState,
  ConnectionId,
  FinzlyFieldName,
  ProviderKind,
} from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { z } from "zod";
import type { Sql } from "../../database/sql.ts";
import { aggregatedRowOf } from "./aggregated-detail.ts";
import { deletedOf, neverRead, notSetMinor, unknownMinor, type AccountRowStored } from "./account-record.ts";

/** The columns a list needs: not the record as read, not the facts. */
export const accountRowColumns: Sql = {
  text:
    "id, connection_id, customer_uid, customer_name, account_uid, account_name, last4, type, status, currency, " +
    "funding_basis, ledger_minor, debit_limit_minor, credit_limit_minor, ach_company_id, sec_codes_json, read_at_ms, " +
    "deleted_json, missing_since_ms",
  values: [],
};

export type AccountListRow = Omit<AccountRowStored, "known_json" | "facts_json" | "raw_json" | "attempt_json">;

/** The newest open change of an account, as changes tell it. */
export interface OpenChange {
  readonly id: number;
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  readonly fields: readonly FinzlyFieldName[];
}

const codes = z.array(z.string());
const minor = (value: number): number | undefined => (value === unknownMinor ? undefined : value);
const limit = (value: number): number | null | undefined => (value === notSetMinor ? null : minor(value));
const word = (value: string): string | undefined => (value === "" ? undefined : value);

/** Drops what is undefined, so that an absent key means unknown. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** A row as the list shows it; no account number in it beyond the last four. */
export function accountRowOf(
  row: AccountListRow,
  of: {
    readonly provider: ProviderKind;
    readonly change: OpenChange | undefined;
    readonly record: AggregatedRecord | undefined;
  },
): AccountRow {
  const { provider, change, record } = of;
  const id: AccountId = row.id;
  const connectionId: ConnectionId = row.connection_id;
  return {
    id,
    connectionId,
    provider,
    customerUid: row.customer_uid,
    customerName: row.customer_name,
    accountUid: row.account_uid,
    accountName: row.account_name,
    fundingBasis: row.funding_basis,
    ...present({
      last4: word(row.last4),
      type: word(row.type),
      status: word(row.status),
      currency: word(row.currency),
      ledgerMinor: minor(row.ledger_minor),
      debitLimitMinor: limit(row.debit_limit_minor),
      creditLimitMinor: limit(row.credit_limit_minor),
      secCodes: row.sec_codes_json === null ? undefined : codes.parse(JSON.parse(row.sec_codes_json)),
      achCompanyId: word(row.ach_company_id),
      deleted: deletedOf(row.deleted_json),
      missingSinceMs: row.missing_since_ms ?? undefined,
      readAtMs: row.read_at_ms === neverRead ? undefined : row.read_at_ms,
      aggregated: record === undefined ? undefined : aggregatedRowOf(record, row),
      change: change === undefined ? undefined : { ...change, id: change.id as ChangeId, fields: [...change.fields] },
    }),
  };
}
