import {
  accountFact,
  changeId,
  type AccountDetail,
  type AccountId,
  type ConnectionId,
  type JsonValue,
  type KnownFields,
} from "@contract";
import { currencyOf } from "@contract/rules/field-sameness.ts";
import { z } from "zod";
import type { Deleted, StoredAccount } from "./account-access.ts";
import {
  fundingBasis,
  knownCodes,
  knownFields,
  knownMinor,
  knownText,
  type ReadValues,
  type WrittenValue,
} from "./known-values.ts";
import { readValuesOf, storedText, storedValues } from "./stored-values.ts";

export type Facts = AccountDetail["facts"];

/** One account as cached, with everything the provider said and Vostro wrote. */
export interface CachedAccount {
  readonly id: AccountId;
  readonly connectionId: ConnectionId;
  readonly customerUid: string;
  readonly customerName: string;
  readonly accountUid: string;
  readonly accountName: string;
  readonly last4: string;
  readonly status: string;
  /** The label of an aggregated account's type; '' where the type is a value known of the account. */
  readonly typeLabel: string;
  readonly ledgerMinor: number | undefined;
  readonly read: ReadValues;
  readonly facts: Facts;
  readonly raw: { readonly [key: string]: JsonValue };
  /** Undefined when the provider was never asked. */
  readonly readAtMs: number | undefined;
  readonly attempt: { readonly atMs: number; readonly ok: boolean; readonly message: string } | undefined;
  readonly deleted: Deleted | undefined;
  /** Since when reads of all its customer has have not returned it. */
  readonly missingSinceMs: number | undefined;
}

/** The row as stored. Texts are '' and amounts `unknownMinor` where unknown, because pages are cut by these columns. */
export interface AccountRowStored {
  readonly id: AccountId;
  readonly connection_id: ConnectionId;
  readonly customer_uid: string;
  readonly customer_name: string;
  readonly account_uid: string;
  readonly account_name: string;
  readonly last4: string;
  readonly type: string;
  readonly status: string;
  readonly currency: string;
  readonly funding_basis: StoredBasis;
  readonly ledger_minor: number;
  readonly debit_limit_minor: number;
  readonly credit_limit_minor: number;
  readonly ach_company_id: string;
  readonly sec_codes_json: string | null;
  readonly read_at_ms: number;
  readonly known_json: string;
  readonly facts_json: string;
  readonly raw_json: string;
  readonly attempt_json: string | null;
  readonly deleted_json: string | null;
  readonly missing_since_ms: number | null;
}
export type StoredBasis = "prefunded" | "underwritten" | "neither" | "unknown";

/** Stands for an amount nobody has told: one below every safe integer, so that it sorts before them all. */
export const unknownMinor = -(2 ** 53);
/** Stands for "known to be not set"; sorts after the unknown and before every amount. */
export const notSetMinor = unknownMinor + 1;
export const neverRead = -1;

const deleted = z.object({ atMs: z.number(), by: z.string().optional(), changeId });
const attempt = z.object({ atMs: z.number(), ok: z.boolean(), message: z.string() });

type SaidColumn =
  "connection_id" | "customer_uid" | "customer_name" | "account_uid" | "account_name" | "last4" | "type" | "known_json";

/** Which account it is, and what the provider said of its fields. */
export const accountSaid = (row: Pick<AccountRowStored, SaidColumn>) => ({
  connectionId: row.connection_id,
  customerUid: row.customer_uid,
  customerName: row.customer_name,
  accountUid: row.account_uid,
  accountName: row.account_name,
  last4: row.last4,
  typeLabel: row.type,
  read: readValuesOf(storedValues(row.known_json)),
});

export function deletedOf(text: string | null): Deleted | undefined {
  if (text === null) return undefined;
  const { by, ...rest } = deleted.parse(JSON.parse(text));
  return { ...rest, ...(by === undefined ? {} : { by }) };
}

export function accountFromRow(row: AccountRowStored): CachedAccount {
  return {
    ...accountSaid(row),
    id: row.id,
    status: row.status,
    ledgerMinor: row.ledger_minor === unknownMinor ? undefined : row.ledger_minor,
    facts: z.array(accountFact).parse(JSON.parse(row.facts_json)),
    raw: JSON.parse(row.raw_json) as CachedAccount["raw"],
    readAtMs: row.read_at_ms === neverRead ? undefined : row.read_at_ms,
    attempt: row.attempt_json === null ? undefined : attempt.parse(JSON.parse(row.attempt_json)),
    deleted: deletedOf(row.deleted_json),
    missingSinceMs: row.missing_since_ms ?? undefined,
  };
}

type Columns = Omit<AccountRowStored, "id"> & { readonly search_text: string };

function limitMinor(known: KnownFields, field: "debitExposureLimit" | "creditExposureLimit"): number {
  return knownMinor(known, field) ?? (known[field]?.value === "" ? notSetMinor : unknownMinor);
}

type Derived = Pick<
  Columns,
  | "account_name"
  | "last4"
  | "type"
  | "currency"
  | "funding_basis"
  | "debit_limit_minor"
  | "credit_limit_minor"
  | "ach_company_id"
  | "sec_codes_json"
  | "search_text"
>;

/** What lists sort and search by, worked out of what is known here, and nowhere else. */
export function derivedColumns(
  account: Omit<ReturnType<typeof accountSaid>, "connectionId">,
  written: readonly WrittenValue[],
): Derived {
  const known = knownFields(account.read, written);
  const codes = knownCodes(known);
  const accountName = knownText(known, "accountName") ?? account.accountName;
  const companyId = knownText(known, "achCompanyId") ?? "";
  const { customerUid, customerName, accountUid, last4 } = account;
  const searched = [customerName, accountName, last4, customerUid, accountUid, companyId];
  return {
    account_name: accountName,
    last4,
    type: knownText(known, "accountSubType") ?? knownText(known, "accountType") ?? account.typeLabel,
    currency: knownText(known, "currency") ?? "",
    funding_basis: fundingBasis(known),
    debit_limit_minor: limitMinor(known, "debitExposureLimit"),
    credit_limit_minor: limitMinor(known, "creditExposureLimit"),
    ach_company_id: companyId,
    sec_codes_json: codes === undefined ? null : JSON.stringify(codes),
    search_text: searched.join("\n").toLowerCase(),
  };
}

/** Every column of an account. */
export function accountToRow(account: Omit<CachedAccount, "id">, written: readonly WrittenValue[]): Columns {
  return {
    ...derivedColumns(account, written),
    connection_id: account.connectionId,
    customer_uid: account.customerUid,
    customer_name: account.customerName,
    account_uid: account.accountUid,
    status: account.status,
    ledger_minor: account.ledgerMinor ?? unknownMinor,
    read_at_ms: account.readAtMs ?? neverRead,
    known_json: storedText(account.read),
    facts_json: JSON.stringify(account.facts),
    raw_json: JSON.stringify(account.raw),
    attempt_json: account.attempt === undefined ? null : JSON.stringify(account.attempt),
    deleted_json: account.deleted === undefined ? null : JSON.stringify(account.deleted),
    missing_since_ms: account.missingSinceMs ?? null,
  };
}

/** The account as other features know it. */
export function storedAccount(
  account: CachedAccount,
  written: readonly WrittenValue[],
  customerSecCodes: readonly string[] | undefined,
): StoredAccount {
  const known = knownFields(account.read, written);
  return {
    id: account.id,
    connectionId: account.connectionId,
    customerUid: account.customerUid,
    customerName: account.customerName,
    accountUid: account.accountUid,
    accountName: knownText(known, "accountName") ?? account.accountName,
    last4: account.last4 === "" ? undefined : account.last4,
    currency: currencyOf(known, {}),
    known,
    customerSecCodes,
    ...(account.deleted === undefined ? {} : { deleted: account.deleted }),
  };
}
