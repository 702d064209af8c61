import type { JsonValue } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { LosslessNumber, stringify } from "lossless-json";
import { isSecretName, withoutSecrets } from "./scrub.ts";

const longestText = 4000;
const longestName = 200;

/** Record fields that are texts kept to the letter, and the wire names they come under (seeds; reference §2.4). */
const texts = {
  number: "number",
  numberDisplay: "accountNumberDisplay",
  realLast4: "realAccountNumberLast4",
  name: "name",
  nickname: "accountNickname",
} as const;
/** Those that are words, ids or amounts: blanks around them say nothing. */
const words = {
  institutionId: "institutionId",
  institutionLoginId: "institutionLoginId",
  type: "type",
  status: "status",
  marketSegment: "marketSegment",
  currency: "currency",
  balance: "balance",
  parentAccount: "parentAccount",
} as const;
/** Record fields that are whole numbers: epoch seconds, the status code, a position. */
const wholes = {
  statusCode: "aggregationStatusCode",
  balanceDateS: "balanceDate",
  successDateS: "aggregationSuccessDate",
  attemptDateS: "aggregationAttemptDate",
  createdDateS: "createdDate",
  lastUpdatedDateS: "lastUpdatedDate",
  lastTransactionDateS: "lastTransactionDate",
  oldestTransactionDateS: "oldestTransactionDate",
  displayPosition: "displayPosition",
} as const;

const nested = ["detail", "position", "positions"] as const;

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

/** A scalar as the provider wrote it; nothing for null, an empty text, a list or an object. */
function scalar(value: unknown): string | undefined {
  if (value instanceof LosslessNumber) return value.toString();
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value !== "string" || value.trim() === "") return undefined;
  return value.slice(0, longestText);
}

const word = (value: unknown): string | undefined => scalar(value)?.trim();

function whole(value: unknown): number | undefined {
  const written = word(value);
  if (written === undefined || !/^-?\d{1,15}$/u.test(written)) return undefined;
  return Number(written);
}

function identifier(value: unknown): string | undefined {
  const written = word(value);
  return written !== undefined && /^[\w.-]{1,100}$/u.test(written) ? written : undefined;
}

/** Every key of a nested record as text, nested values as their JSON; keys that name secrets are dropped. */
function flat(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (isSecretName(key)) return [];
      const nestedJson = isObject(item) || Array.isArray(item) ? stringify(withoutSecrets(item)) : undefined;
      const written = scalar(item) ?? nestedJson;
      return written === undefined ? [] : [[key.slice(0, longestName), written.slice(0, longestText)]];
    }),
  );
}

function rows(value: unknown): Record<string, string>[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : isObject(value) ? [value] : [];
  return list.map(flat).filter((row) => Object.keys(row).length > 0);
}

/**
 * One account out of parsed JSON (numbers as `LosslessNumber`) or parsed XML (all texts). Tolerant: what is missing is
 * absent, numbers may come as texts, a value of an unexpected kind is kept under `other` and never altered. Secrets are
 * dropped. `undefined` when there is no usable account id, or the account is another customer's than `customerId`.
 */
export function aggregatedRecordOf(value: unknown, customerId: string): AggregatedRecord | undefined {
  if (!isObject(value)) return undefined;
  const accountId = identifier(value["id"]);
  const owner = word(value["customerId"]);
  if (accountId === undefined || (owner !== undefined && owner !== customerId)) return undefined;
  const isNested = (name: string): boolean => typeof value[name] === "object" || value[name] === "";
  const used = new Set(["id", "customerId", ...nested.filter(isNested)]);
  const kept: Record<string, string | number> = {};
  const take = (names: Readonly<Record<string, string>>, read: (given: unknown) => string | number | undefined) => {
    for (const [field, wireName] of Object.entries(names)) {
      const taken = read(value[wireName]);
      if (taken === undefined && value[wireName] !== null && value[wireName] !== "") continue;
      used.add(wireName);
      if (taken !== undefined) kept[field] = taken;
    }
  };
  take(texts, scalar);
  take(words, word);
  take(wholes, whole);
  const other: [string, JsonValue][] = Object.entries(value)
    .filter(([key]) => !used.has(key) && !isSecretName(key))
    .map(([key, item]) => [key.slice(0, longestName), withoutSecrets(item)]);
  return {
    ...kept,
    customerId,
    accountId,
    detail: flat(value["detail"]),
    positions: rows(value["position"] ?? value["positions"]),
    other: Object.fromEntries(other),
  };
}
