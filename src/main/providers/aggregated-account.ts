import type { AccountDetail, FieldValue, FinzlyFieldName } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { formatMoney, minorDigits, parseDecimalLiteral } from "@contract/rules/money.ts";
import type { ProviderAccount } from "./provider.ts";

/** The currency of a record when Vostro knows its minor units. */
function knownCurrency({ currency }: AggregatedRecord): string | undefined {
  return currency !== undefined && minorDigits(currency) !== undefined ? currency : undefined;
}

/** Minor units of the balance; undefined where the currency is unknown or its minor units cannot hold it exactly. */
function balanceMinor(record: AggregatedRecord): number | undefined {
  const currency = knownCurrency(record);
  if (record.balance === undefined || currency === undefined) return undefined;
  const parsed = parseDecimalLiteral(record.balance, currency);
  return parsed.ok ? parsed.amountMinor : undefined;
}

/** The last characters of whatever display number the aggregator gives: it masks the others. */
function lastOf(record: AggregatedRecord): string | undefined {
  const display = record.realLast4 ?? record.numberDisplay ?? record.number;
  return display === undefined ? undefined : /([A-Za-z0-9]{1,4})[^A-Za-z0-9]*$/u.exec(display)?.[1];
}

function factsOf(record: AggregatedRecord, ledgerMinor: number | undefined): AccountDetail["facts"] {
  const currency = knownCurrency(record);
  const texts = [
    ["status", "Status", record.status],
    ["institutionId", "Institution", record.institutionId],
  ] as const;
  const shown = texts.flatMap(([name, label, value]) =>
    value === undefined ? [] : [{ name, label, value, kind: "text" as const }],
  );
  if (ledgerMinor === undefined || currency === undefined) return shown;
  const value = formatMoney(ledgerMinor, currency);
  return [...shown, { name: "ledgerBalance", label: "Balance", value, kind: "money" as const }];
}

/** An aggregated account as an account like any other: its number is a display value and never a known number. */
export function accountOfRecord(record: AggregatedRecord): ProviderAccount {
  const currency = knownCurrency(record);
  const known: { [F in FinzlyFieldName]?: FieldValue } = {
    ...(record.name === undefined ? {} : { accountName: record.name }),
    ...(currency === undefined ? {} : { currency }),
  };
  const ledgerMinor = balanceMinor(record);
  const last4 = lastOf(record);
  return {
    customerUid: record.customerId,
    accountUid: record.accountId,
    accountName: record.name ?? record.nickname,
    status: record.status,
    ledgerMinor,
    known,
    facts: factsOf(record, ledgerMinor),
    raw: {},
    aggregated: record,
    ...(last4 === undefined ? {} : { last4 }),
  };
}
