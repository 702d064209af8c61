import type { AccountId, ConnectionId, FieldValue, FinzlyFieldName } from "@contract";
import { accountTypeOf } from "@contract/rules/aggregation/account-types.ts";
import { lastFour } from "@contract/rules/finzly-fields.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader, Writer } from "../../database/sql.ts";
import type { ProviderAccount } from "../../providers/provider.ts";
import type { Deleted, StoredAccount, WholeCustomer } from "./account-access.ts";
import { aggregatedIdsOfCustomer, aggregatedOf, saveAggregated, waitForNobody } from "./aggregated-store.ts";
import { storedAccount, type CachedAccount } from "./account-record.ts";
import { readOver } from "./known-values.ts";
import {
  accountById,
  accountByKey,
  customerOf,
  insertAccount,
  newestWrittenSeq,
  saveSnapshot,
  updateAccount,
  writeValues,
  writtenValues,
  type AccountKey,
} from "./store.ts";

export interface Absorbed {
  readonly id: AccountId;
  readonly isNew: boolean;
}

const notListed = () => new VostroFailure("not-found", "This account is no longer in the list.");

/** The account or failure not-found. */
export function mustHave(reader: Reader, id: AccountId): CachedAccount {
  const account = accountById(reader, id);
  if (account === undefined) throw notListed();
  return account;
}

export function asStored(reader: Reader, account: CachedAccount): StoredAccount {
  const codes = customerOf(reader, account.connectionId, account.customerUid)?.secCodes;
  const stored = storedAccount(account, writtenValues(reader, account), codes);
  const record = aggregatedOf(reader, account.id);
  if (record === undefined) return stored;
  const shown = [record.number, record.numberDisplay, record.realLast4, account.last4];
  return { ...stored, finicity: { shownNumbers: shown.filter((one) => one !== undefined && one !== "") as string[] } };
}

const isGone = ({ deleted, missingSinceMs }: CachedAccount): boolean =>
  deleted !== undefined || missingSinceMs !== undefined;

const valuesOf = (account: CachedAccount): string => {
  const values = Object.entries(account.read).map(([field, entry]) => [field, entry?.value]);
  return JSON.stringify([values.toSorted(), account.facts, account.status, account.ledgerMinor]);
};

function merged(
  before: CachedAccount | undefined,
  key: AccountKey,
  account: ProviderAccount,
  stamp: { readonly atMs: number; readonly seq: number; readonly customerName: string; readonly complete: boolean },
): Omit<CachedAccount, "id"> {
  const olderFacts = stamp.complete ? [] : (before?.facts ?? []);
  const named = new Set(account.facts.map((fact) => fact.name));
  return {
    connectionId: key.connectionId,
    customerUid: account.customerUid,
    customerName: stamp.customerName,
    accountUid: account.accountUid,
    accountName: account.accountName ?? before?.accountName ?? `Account ${account.accountUid}`,
    last4: account.last4 ?? before?.last4 ?? "",
    status: account.status ?? (before === undefined || isGone(before) ? undefined : before.status) ?? "",
    typeLabel: account.aggregated === undefined ? (before?.typeLabel ?? "") : accountTypeOf(account.aggregated.type).label,
    ledgerMinor: account.ledgerMinor ?? before?.ledgerMinor,
    read: readOver(before?.read ?? {}, account.known, stamp.atMs, stamp.seq),
    facts: [...account.facts, ...olderFacts.filter((fact) => !named.has(fact.name))],
    raw: account.raw,
    readAtMs: stamp.atMs,
    attempt: { atMs: stamp.atMs, ok: true, message: "Read from the provider." },
    deleted: undefined,
    missingSinceMs: undefined,
  };
}

/** Where a read stands among others: when it began, and the newest written value it could have seen. */
export interface ReadStart {
  readonly atMs: number;
  readonly seq: number;
  /** How long ago that was, by the monotonic clock. */
  readonly elapsedMs: () => number;
}

/** Wall and monotonic clock drift apart by less than this while a read is under way. */
const driftMs = 1000;

/** To be taken before a read that may overlap with writes; see `absorbAccount`. */
export function readStart(reader: Reader, clock: Clock): ReadStart {
  const fromMs = clock.monotonicMs();
  return { atMs: clock.nowMs(), seq: newestWrittenSeq(reader), elapsedMs: () => clock.monotonicMs() - fromMs };
}

/**
 * Whether the read in the cache is of after `start`. One that seems to be of later than now was made before the wall
 * clock was turned back: it is older.
 */
function isOvertaken(readAtMs: number | undefined, start: ReadStart): boolean {
  const sinceMs = (readAtMs ?? 0) - start.atMs;
  return sinceMs > 0 && sinceMs <= start.elapsedMs() + driftMs;
}

function staysDeleted({ deleted }: CachedAccount, start: ReadStart | undefined): boolean {
  return deleted !== undefined && (start === undefined || isOvertaken(deleted.atMs, start));
}

/**
 * Puts a read into the cache. Deletes nothing: a field the read did not return keeps its older value with its older
 * time; the state before is kept as a snapshot when anything differs. `complete` is false for an account of which
 * only the list could be read. With `start`, a read that began before the newest one in the cache is dropped. An
 * account known as deleted comes back only by a read that is known to have begun after that.
 */
export function absorbAccount(
  writer: Writer,
  connectionId: ConnectionId,
  account: ProviderAccount,
  given: {
    readonly atMs: number;
    readonly customerName?: string | undefined;
    readonly complete: boolean;
    readonly start?: ReadStart;
  },
): Absorbed {
  const key = { connectionId, customerUid: account.customerUid, accountUid: account.accountUid };
  const before = accountByKey(writer, key);
  const overtaken = given.start !== undefined && isOvertaken(before?.readAtMs, given.start);
  if (before !== undefined && (overtaken || staysDeleted(before, given.start)))
    return { id: before.id, isNew: false };
  const customerName =
    given.customerName ??
    customerOf(writer, connectionId, key.customerUid)?.name ??
    before?.customerName ??
    key.customerUid;
  const seq = given.start?.seq ?? newestWrittenSeq(writer);
  const now = merged(before, key, account, { atMs: given.atMs, complete: given.complete, seq, customerName });
  const written = writtenValues(writer, key);
  if (before === undefined) {
    const id = insertAccount(writer, now, written);
    if (account.aggregated !== undefined) saveAggregated(writer, id, account.aggregated);
    return { id, isNew: true };
  }
  const next: CachedAccount = { ...now, id: before.id };
  if (before.readAtMs !== undefined && valuesOf(before) !== valuesOf(next)) saveSnapshot(writer, before);
  updateAccount(writer, next, written);
  if (account.aggregated !== undefined) saveAggregated(writer, before.id, account.aggregated);
  return { id: before.id, isNew: false };
}

/**
 * Notes which aggregated accounts of the customer a read of all it has did not return, since `start`. One that was read
 * or added after `start`, or is known as deleted, is left as it is.
 */
export function absorbMissing(
  writer: Writer,
  connectionId: ConnectionId,
  { customerUid, accountUids }: WholeCustomer,
  start: ReadStart,
): void {
  const there = new Set(accountUids);
  for (const id of aggregatedIdsOfCustomer(writer, connectionId, customerUid)) {
    const account = mustHave(writer, id);
    if (there.has(account.accountUid) || isGone(account) || isOvertaken(account.readAtMs, start)) continue;
    const now = { ...account, status: "missing", missingSinceMs: start.atMs };
    updateAccount(writer, now, writtenValues(writer, account));
    waitForNobody(writer, id);
  }
}

/** Notes that the account is gone at its provider, or there after all; what was known of it stays. */
export function absorbDeleted(writer: Writer, id: AccountId, deleted: Deleted | undefined): void {
  const account = accountById(writer, id);
  if (account === undefined) return;
  const status = deleted === undefined ? "" : "deleted";
  updateAccount(writer, { ...account, status, deleted }, writtenValues(writer, account));
  if (deleted !== undefined) waitForNobody(writer, id);
}

/** Notes values the provider accepted from Vostro or a person entered. Failure not-found. */
export function absorbWritten(
  writer: Writer,
  id: AccountId,
  values: { readonly [F in FinzlyFieldName]?: FieldValue },
  source: "vostro-wrote" | "entered-by-hand",
  atMs: number,
): void {
  const number = values.accountNumber;
  const last4 = typeof number === "string" && number !== "" ? lastFour(number) : undefined;
  if (!writeValues(writer, id, values, source, atMs, last4)) throw notListed();
}

/** What the last try to read came to; the cached values stay. */
export function absorbAttempt(
  writer: Writer,
  account: CachedAccount,
  attempt: NonNullable<CachedAccount["attempt"]>,
): void {
  updateAccount(writer, { ...account, attempt }, writtenValues(writer, account));
}
