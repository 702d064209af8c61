import { LosslessNumber } from "lossless-json";
import type { Decimal, Detail, Institution, StoredAccount } from "../aggregator/index.ts";
import { minorToText } from "../shared/amounts.ts";
import type { WireDocument, WireFormat } from "./wire-format.ts";
import type { XmlElement } from "./xml.ts";

type Scalar = string | number | boolean | Decimal;
type Field = readonly [name: string, value: Scalar | Detail | readonly Detail[] | null];

const money = (amountMinor: number): Decimal => ({ decimal: minorToText(amountMinor) });

/** Hides all digits but the last few behind X: "4400-123456-32765" with five becomes "XXXX-XXXXXX-32765". */
export function maskedNumber(number: string, visibleDigits: number): string {
  let digitsLeft = number.replace(/\D/g, "").length;
  return number.replace(/\d/g, (digit) => {
    digitsLeft -= 1;
    return digitsLeft < visibleDigits ? digit : "X";
  });
}

function partialFields(account: StoredAccount, number: string): readonly Field[] {
  return [
    ["id", account.id],
    ["number", number],
    ["name", account.name],
    ["balance", money(account.balanceMinor)],
    ["type", account.wireForm === "spaced-type" ? ` ${account.type}` : account.type],
  ];
}

function commonFields(account: StoredAccount): readonly Field[] {
  return [
    ["aggregationStatusCode", account.aggregationStatusCode],
    ["status", account.status],
    ["customerId", account.customerId],
    ["institutionId", account.institutionId],
    ["balanceDate", account.balanceDateS],
    ["aggregationSuccessDate", account.aggregationSuccessDateS],
    ["aggregationAttemptDate", account.aggregationAttemptDateS],
    ["createdDate", account.createdDateS],
  ];
}

function laterFields(account: StoredAccount): readonly Field[] {
  return [
    ["currency", account.currency],
    ["lastTransactionDate", account.lastTransactionDateS],
    ["institutionLoginId", { decimal: account.institutionLoginId }],
    ["displayPosition", account.displayPosition],
  ];
}

/**
 * The fields of an account. The first documents print `lastUpdatedDate` in XML only, and currency, last transaction,
 * login and position in JSON only; a pending account has no more than six.
 */
function fieldsOf(account: StoredAccount, format: WireFormat, institution: Institution | undefined): readonly Field[] {
  const visible = institution?.visibleDigits ?? 4;
  const partial = partialFields(account, maskedNumber(account.number, visible));
  if (account.status === "pending") return [...partial, ["status", account.status]];
  const common = [...partial, ...commonFields(account)];
  const updated: Field = ["lastUpdatedDate", account.lastUpdatedDateS];
  if (account.wireForm === "printed") return [...common, ...(format === "xml" ? [updated] : laterFields(account))];
  return [
    ...common,
    updated,
    ...laterFields(account),
    ["accountNumberDisplay", account.number.slice(-4)],
    ["realAccountNumberLast4", account.realAccountNumberLast4],
    ["accountNickname", account.accountNickname],
    ["marketSegment", account.marketSegment],
    ["oldestTransactionDate", account.oldestTransactionDateS],
    ["parentAccount", account.parentAccount],
    ["detail", account.detail],
    ["position", account.positions.length === 0 ? null : account.positions],
  ];
}

function isScalar(value: Scalar | Detail | readonly Detail[]): value is Scalar {
  if (typeof value !== "object") return true;
  return !Array.isArray(value) && "decimal" in value && typeof value.decimal === "string";
}

function isList(value: Detail | readonly Detail[]): value is readonly Detail[] {
  return Array.isArray(value);
}

function jsonScalar(value: Scalar, asText: boolean): unknown {
  if (typeof value === "object") return asText ? value.decimal : new LosslessNumber(value.decimal);
  return asText && typeof value === "number" ? String(value) : value;
}

function jsonDetail(detail: Detail, asText: boolean): unknown {
  return Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, jsonScalar(value, asText)]));
}

function jsonValue(value: Scalar | Detail | readonly Detail[], asText: boolean): unknown {
  if (isScalar(value)) return jsonScalar(value, asText);
  return isList(value) ? value.map((one) => jsonDetail(one, asText)) : jsonDetail(value, asText);
}

function xmlText(value: Scalar): string {
  return typeof value === "object" ? value.decimal : String(value);
}

function xmlDetail(name: string, detail: Detail): XmlElement {
  const entries = Object.entries(detail);
  return { name, content: entries.map(([key, value]) => ({ name: key, content: xmlText(value) })) };
}

function xmlElements(name: string, value: Scalar | Detail | readonly Detail[]): readonly XmlElement[] {
  if (isScalar(value)) return [{ name, content: xmlText(value) }];
  return isList(value) ? value.map((one) => xmlDetail(name, one)) : [xmlDetail(name, value)];
}

/** One account record in both formats, its number masked. */
export function accountDocument(account: StoredAccount, institution: Institution | undefined): WireDocument {
  const asText = account.wireForm === "text-numbers";
  return {
    json: () =>
      Object.fromEntries(
        fieldsOf(account, "json", institution).flatMap(([name, value]) =>
          value === null ? [] : [[name, jsonValue(value, asText)]],
        ),
      ),
    xml: () => ({
      name: "account",
      content: fieldsOf(account, "xml", institution).flatMap(([name, value]) =>
        value === null ? [] : xmlElements(name, value),
      ),
    }),
  };
}

/** A list of account records in both formats. */
export function accountsDocument(documents: readonly WireDocument[]): WireDocument {
  return {
    json: () => ({ accounts: documents.map((one) => one.json()) }),
    xml: () => ({ name: "accounts", content: documents.map((one) => one.xml()) }),
  };
}
