import type { RefreshSnapshot } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";

const shortest = (text: string | undefined): string | undefined => text?.slice(0, 200);

/** The last four of what names the account at the bank; the number itself is never kept. */
function lastFourOf({ realLast4, numberDisplay, number }: AggregatedRecord): string | undefined {
  const shown = realLast4 ?? numberDisplay ?? number;
  return shown === undefined ? undefined : /([A-Za-z0-9]{1,4})\W*$/u.exec(shown)?.[1];
}

/** What is kept of a record for the comparison before and after; no number, no detail, no position. */
export function snapshotOf(record: AggregatedRecord): RefreshSnapshot {
  const all = {
    name: shortest(record.name ?? record.nickname),
    last4: lastFourOf(record),
    type: shortest(record.type),
    status: shortest(record.status),
    currency: shortest(record.currency),
    balance: shortest(record.balance),
    statusCode: record.statusCode,
    balanceDateS: record.balanceDateS,
    successDateS: record.successDateS,
    attemptDateS: record.attemptDateS,
    institutionId: shortest(record.institutionId),
    institutionLoginId: shortest(record.institutionLoginId),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
