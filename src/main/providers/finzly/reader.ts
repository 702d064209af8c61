import PQueue from "p-queue";
import { VostroFailure } from "../../core/failures.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { safeRead } from "../../http/safe-read.ts";
import type { HttpAnswer } from "../../http/client.ts";
import { readFailureOfHttp } from "../outcomes.ts";
import type { AccountAddress, AccountProvider, ProviderAccount } from "../provider.ts";
import { failureOfTrouble, type TokenSource } from "../token-source.ts";
import type { FinzlyParts } from "./client.ts";
import { accountFromWire, customerFromWire, mergeAccounts } from "./map.ts";
import { readEnvelope } from "./outcomes.ts";
import { accountPath, customerPath } from "./paths.ts";
import type { WireEnvelope } from "./wire.ts";

const pageLimit = 100;
const mostPages = 100_000;

type Reads = Pick<AccountProvider, "readAccount" | "readCustomer" | "readCustomers" | "readAccounts">;

const wholeNumber = (text: string | null | undefined): number | undefined =>
  typeof text === "string" && /^\d{1,12}$/u.test(text) ? Number(text) : undefined;

/** The records of one page and whether it is the last; by the paging block where there is one, else by a short page. */
function pageOf(envelope: WireEnvelope, page: number) {
  if (!Array.isArray(envelope.data)) {
    throw new VostroFailure(
      "provider-changed",
      "Finzly sent a list in a shape Vostro does not know. Nothing was read.",
    );
  }
  const records: readonly unknown[] = envelope.data;
  const total = wholeNumber(envelope.pagination?.totalRecords);
  const size = wholeNumber(envelope.pagination?.pageSize) ?? pageLimit;
  const last =
    records.length === 0 || (total === undefined ? records.length < size : (page - 1) * size + records.length >= total);
  return { records, total, last };
}

/** The reads of one Finzly connection; 401 is met once with a fresh token, what may pass is tried again. */
export function createFinzlyReader(
  { connection, http, clock, random, pace }: FinzlyParts,
  tokens: TokenSource,
  base: { origin: string; path: string },
): Reads {
  const patience = { retries: 3, firstWaitMs: 250, longestWaitMs: 10_000, nowMs: clock.nowMs, random };
  const loads = new PQueue({ concurrency: Math.max(1, Math.ceil(connection.concurrency / 2)) });
  let singleNeedsPage = false;

  const send = async (path: string, signal: AbortSignal, last: boolean): Promise<HttpAnswer> => {
    const trouble = await tokens.ensure(signal);
    if (trouble !== undefined) throw failureOfTrouble(trouble);
    const token = tokens.current() ?? "";
    const headers = { accept: "application/json", authorization: `Bearer ${token}` };
    const answer = await safeRead(
      async () => {
        await pace(signal);
        return http.send({ method: "GET", origin: base.origin, path: `${base.path}${path}`, headers, signal });
      },
      patience,
      signal,
    );
    if (answer.status !== 401) return answer;
    tokens.refused(token);
    return last ? answer : send(path, signal, true);
  };

  const read = async (path: string, signal: AbortSignal): Promise<WireEnvelope> => {
    if (!connection.canRead)
      throw new VostroFailure("provider-rejected", "This connection is set up for changes only; it cannot read.");
    try {
      return readEnvelope(await send(path, signal, false), clock.nowMs());
    } catch (error) {
      if (error instanceof HttpFailure) throw readFailureOfHttp("Finzly", error, connection);
      if (signal.aborted)
        throw new VostroFailure("provider-down", "The read was stopped.", { retryable: true, cause: error });
      throw error;
    }
  };

  const readSingle = async (address: AccountAddress, signal: AbortSignal): Promise<ProviderAccount> => {
    const path = `${accountPath(address)}?includeAccountBalance=true`;
    try {
      const { data } = await read(singleNeedsPage ? `${path}&page=1&limit=1` : path, signal);
      return ownAccount(accountFromWire(Array.isArray(data) ? data[0] : data, address.customerUid), address);
    } catch (error) {
      const demandsPage =
        error instanceof VostroFailure &&
        error.code === "provider-rejected" &&
        /\b(?:page|limit)\b/iu.test(error.message);
      if (singleNeedsPage || !demandsPage) throw error;
      singleNeedsPage = true;
      return readSingle(address, signal);
    }
  };

  const list = async (customerUid: string, query: string, page: number, signal: AbortSignal) => {
    const envelope = await read(
      `${customerPath(customerUid)}/accounts?page=${page}&limit=${pageLimit}${query}`,
      signal,
    );
    const { records, last } = pageOf(envelope, page);
    return { accounts: records.map((record) => accountFromWire(record, customerUid)), last };
  };

  const findListed = async ({ customerUid, accountUid }: AccountAddress, query: string, signal: AbortSignal) => {
    for (let page = 1; page <= mostPages; page += 1) {
      const { accounts, last } = await list(customerUid, query, page, signal);
      const found = accounts.find((account) => account.accountUid === accountUid);
      if (found !== undefined || last) return found;
    }
    return undefined;
  };

  const readListed = async (address: AccountAddress, number: string | undefined, signal: AbortSignal) => {
    const byNumber =
      number === undefined
        ? undefined
        : await findListed(address, `&accountNumber=${encodeURIComponent(number)}`, signal);
    return byNumber ?? findListed(address, "", signal);
  };

  return {
    readAccount: async (address, hint, signal) => {
      const single = await readSingle(address, signal);
      const own = single.known.accountNumber;
      const number = typeof own === "string" && own !== "" ? own : hint.accountNumber;
      return mergeAccounts(single, await readListed(address, number, signal));
    },
    readCustomer: async (customerUid, signal) => customerFromWire((await read(customerPath(customerUid), signal)).data),
    readCustomers: async (page, signal) => {
      const envelope = await read(`/v2/customers?page=${page}&limit=${pageLimit}`, signal);
      const { records, total, last } = pageOf(envelope, page);
      return { customers: records.map(customerFromWire), totalCustomers: total, last };
    },
    readAccounts: async (customerUid, page, signal) => {
      const { accounts: listed, last } = await list(customerUid, "", page, signal);
      const read = await Promise.all(
        listed.map((account) => loads.add(() => completed(account, () => readSingle(account, signal), signal))),
      );
      const incomplete = read.filter((entry) => !entry.complete).map((entry) => entry.account.accountUid);
      return { accounts: read.map((entry) => entry.account), last, ...(incomplete.length === 0 ? {} : { incomplete }) };
    },
  };
}

function ownAccount(account: ProviderAccount, { accountUid }: AccountAddress): ProviderAccount {
  if (account.accountUid === accountUid) return account;
  throw new VostroFailure(
    "provider-changed",
    "Finzly answered with another account than the one asked for. Nothing was read.",
  );
}

/** The listed account with what its single read adds; the listed one alone when only that read failed. */
async function completed(
  listed: ProviderAccount,
  readSingle: () => Promise<ProviderAccount>,
  signal: AbortSignal,
): Promise<{ account: ProviderAccount; complete: boolean }> {
  try {
    return { account: mergeAccounts(await readSingle(), listed), complete: true };
  } catch (error) {
    if (signal.aborted || !(error instanceof VostroFailure) || error.code === "sign-in-needed") throw error;
    return { account: listed, complete: false };
  }
}
