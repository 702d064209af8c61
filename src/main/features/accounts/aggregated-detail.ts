import type { AccountDetail, AccountRow, AggregatedDetail, AggregationStatus } from "@contract";
import { accountTypeOf } from "@contract/rules/aggregation/account-types.ts";
import { detailGroupsOf, positionsOf, type ShownField } from "@contract/rules/aggregation/describe-record.ts";
import { statusMeaning, type FreshnessFacts } from "@contract/rules/aggregation/freshness.ts";
import { nextStepHeading, nextStepText } from "@contract/rules/aggregation/next-step.ts";
import { readableName } from "@contract/rules/aggregation/readable-name.ts";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { shownValue, type FieldUnit } from "@contract/rules/aggregation/shown-value.ts";
import { sql, type Reader } from "../../database/sql.ts";
import { maskedDetail, maskedJson, maskedNumber, maskedPosition, maskedText } from "./aggregated-mask.ts";
import { aggregatedOf, aggregatedOfCustomer } from "./aggregated-store.ts";
import type { CachedAccount } from "./account-record.ts";

type Relative = AggregatedDetail["children"][number];

/** The facts freshness is judged by, and nothing else of the record. */
export function freshnessOf(record: AggregatedRecord): FreshnessFacts {
  const { balance, statusCode, balanceDateS, successDateS, attemptDateS } = record;
  return {
    ...(balance === undefined ? {} : { balance }),
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(balanceDateS === undefined ? {} : { balanceDateS }),
    ...(successDateS === undefined ? {} : { successDateS }),
    ...(attemptDateS === undefined ? {} : { attemptDateS }),
  };
}

/** The account is gone at its provider: nothing is left to repair, whatever its last code was. */
const gone = {
  isKnown: true,
  category: "Verify account or data state",
  act: "nobody",
  short: "Deleted",
  meaning: "The account is gone at the provider. What is shown is what Vostro last read of it.",
  doing: "Nobody",
  isConnectFix: false,
  nextStepHeading: "Next step",
  nextStep: "Nothing to do: the account is gone at the provider.",
} as const satisfies AggregationStatus;

/** Reads of everything its customer has do not return it: whatever its last code was, nobody can act on it. */
const notReturned = {
  ...gone,
  short: "No longer returned",
  meaning: "The provider no longer returns this account. What is shown is what Vostro last read of it.",
  nextStep: "Nothing to do here: the provider no longer returns the account.",
} as const satisfies AggregationStatus;

/** What the state means and what to do next; the account is named by its last four at most. */
export function statusOf(
  record: AggregatedRecord,
  named: Pick<CachedAccount, "last4" | "accountName"> & Partial<Pick<CachedAccount, "deleted" | "missingSinceMs">>,
): AggregationStatus {
  if (named.deleted !== undefined) return gone;
  if (named.missingSinceMs !== undefined) return notReturned;
  const { because: _, tell: __, ...meaning } = statusMeaning(record);
  const whole = statusMeaning(record);
  const facts = {
    customerId: record.customerId,
    accountId: record.accountId,
    institutionId: record.institutionId,
    institutionLoginId: record.institutionLoginId,
    last4: named.last4,
    accountName: maskedText(named.accountName),
  };
  return { ...meaning, nextStepHeading: nextStepHeading(whole), nextStep: nextStepText(whole, facts) };
}

/** What lists show of an aggregated account. */
export function aggregatedRowOf(
  record: AggregatedRecord,
  row: { readonly deleted_json: string | null; readonly missing_since_ms: number | null },
): NonNullable<AccountRow["aggregated"]> {
  const isThere = row.deleted_json === null && row.missing_since_ms === null;
  const { act, short } = isThere ? statusMeaning(record) : row.deleted_json === null ? notReturned : gone;
  return { typeLabel: accountTypeOf(record.type).label, act, short, freshness: freshnessOf(record) };
}

const recordLabels: Readonly<Partial<Record<keyof AggregatedRecord, readonly [label: string, unit: FieldUnit]>>> = {
  accountId: ["Account", "id"],
  customerId: ["Customer", "id"],
  institutionId: ["Institution", "id"],
  institutionLoginId: ["Institution login", "id"],
  number: ["Number", "id"],
  numberDisplay: ["Number shown", "id"],
  realLast4: ["Real last four", "id"],
  name: ["Name at the bank", "text"],
  nickname: ["Nickname", "text"],
  type: ["Type as sent", "id"],
  status: ["Status", "text"],
  marketSegment: ["Market segment", "text"],
  currency: ["Currency", "id"],
  createdDateS: ["Added", "date"],
  lastUpdatedDateS: ["Last updated", "date"],
  lastTransactionDateS: ["Last transaction", "date"],
  oldestTransactionDateS: ["Oldest transaction", "date"],
  parentAccount: ["Parent account", "id"],
  displayPosition: ["Display position", "number"],
};

function recordText(key: string, text: string): string {
  if (key === "number") return maskedNumber(text);
  if (key === "numberDisplay") return text.length > 4 ? maskedNumber(text) : text;
  return key === "name" || key === "nickname" ? maskedText(text) : text;
}

/** The record's own fields, in a fixed order, then top-level keys that no document names. */
function recordFields(record: AggregatedRecord): readonly ShownField[] {
  const known = Object.entries(recordLabels).flatMap(([key, [label, unit]]): ShownField[] => {
    const value = record[key as keyof typeof recordLabels];
    if (typeof value !== "string" && typeof value !== "number") return [];
    return [{ key, label, value: shownValue(recordText(key, String(value)), unit) }];
  });
  const others = Object.entries(record.other).map(([key, value]): ShownField => {
    const text = maskedJson(key, value);
    return { key, label: readableName(key), value: shownValue(text, /date$/iu.test(key) ? "date" : "text") };
  });
  return [...known, ...others];
}

interface RelativeRow {
  readonly account_name: string;
  readonly last4: string;
}

function relativeOf(reader: Reader, id: CachedAccount["id"], record: AggregatedRecord): Relative {
  const row = reader.get<RelativeRow>(sql`SELECT account_name, last4 FROM cache_accounts WHERE id = ${id}`);
  return {
    id,
    accountUid: record.accountId,
    typeLabel: accountTypeOf(record.type).label,
    ...(row === undefined ? {} : { accountName: row.account_name }),
    ...(row === undefined || row.last4 === "" ? {} : { last4: row.last4 }),
    ...(record.balance === undefined ? {} : { balance: shownValue(record.balance, "money", record.currency) }),
  };
}

/** The account above and those below by `parentAccount`; a parent that is not in the cache keeps its identifier. */
function relatives(reader: Reader, account: CachedAccount, record: AggregatedRecord) {
  const all = aggregatedOfCustomer(reader, account.connectionId, record.customerId);
  const above = record.parentAccount;
  const parent = all.find((other) => other.record.accountId === above && other.id !== account.id);
  return {
    ...(above === undefined || above === ""
      ? {}
      : { parent: parent === undefined ? { accountUid: above } : relativeOf(reader, parent.id, parent.record) }),
    children: all
      .filter((other) => other.record.parentAccount === record.accountId && other.id !== account.id)
      .map((other) => relativeOf(reader, other.id, other.record)),
  };
}

/** Everything the aggregator said of the account, fit to leave main; undefined for an account of no aggregator. */
export function aggregatedDetailOf(reader: Reader, account: CachedAccount): AccountDetail["aggregatedDetail"] {
  const record = aggregatedOf(reader, account.id);
  if (record === undefined) return undefined;
  const type = accountTypeOf(record.type);
  const positions = positionsOf(record.positions.map(maskedPosition), record.currency);
  const numeric: ReadonlySet<FieldUnit> = new Set(["money", "percent", "number"]);
  return {
    typeLabel: type.label,
    isTypeKnown: type.isKnown,
    ...(record.balance === undefined ? {} : { balance: shownValue(record.balance, "money", record.currency) }),
    freshness: freshnessOf(record),
    status: statusOf(record, account),
    groups: detailGroupsOf(maskedDetail(record.detail), record.currency).map(({ title, fields }) => ({
      title,
      fields: [...fields],
    })),
    positions: {
      columns: positions.columns.map(({ key, label, unit }) => ({ key, label, isNumeric: numeric.has(unit) })),
      rows: positions.rows.map((row) => [...row]),
    },
    record: [...recordFields(record)],
    ...relatives(reader, account, record),
  };
}
