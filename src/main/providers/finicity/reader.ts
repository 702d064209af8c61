import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { HttpAnswer } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { safeRead } from "../../http/safe-read.ts";
import { accountOfRecord } from "../aggregated-account.ts";
import type { AggregatorProvider } from "../aggregator.ts";
import { readFailureOfHttp } from "../outcomes.ts";
import type { AccountProvider, ProviderCustomer } from "../provider.ts";
import { failureOfTrouble, type TokenSource } from "../token-source.ts";
import { isTokenRefusal, readDocument } from "./outcomes.ts";
import { mediaTypeOf, wireOf, type FinicityParts } from "./parts.ts";
import {
  customerAccountsPath, customersPath, institutionAccountsPath, loginFormPath, readAccountPath,
} from "./paths.ts";
import { customersOf, loginFormOf, recordOf, recordsOf, type FinicityCustomer } from "./wire.ts";

const customersAtOnce = 100;
const customersLookedThrough = 1000;
const mostPages = 1000;

export interface FinicityReads
  extends Pick<AccountProvider, "readAccount" | "readCustomer" | "readCustomers" | "readAccounts"> {
  readonly readRecords: (customerId: string, signal: AbortSignal) => Promise<readonly AggregatedRecord[]>;
  readonly readAtInstitution: NonNullable<AccountProvider["readAtInstitution"]>;
  readonly readLoginForm: NonNullable<AggregatorProvider["readLoginForm"]>;
}

const customerFrom = ({ id, name }: FinicityCustomer): ProviderCustomer => ({
  customerUid: id,
  name,
  secCodes: undefined,
  achCompanyId: undefined,
  raw: {},
});

/** The reads of one Finicity connection; a refused token is met once with a fresh one, what may pass is tried again. */
export function createFinicityReader(parts: FinicityParts, tokens: TokenSource): FinicityReads {
  const { base, clock, connection, credentials, http, pace, random } = parts;
  const patience = { retries: 3, firstWaitMs: 250, longestWaitMs: 10_000, nowMs: clock.nowMs, random };

  const send = async (path: string, signal: AbortSignal, last: boolean): Promise<HttpAnswer> => {
    const trouble = await tokens.ensure(signal);
    if (trouble !== undefined) throw failureOfTrouble(trouble);
    const token = tokens.current() ?? "";
    const headers = {
      accept: mediaTypeOf(wireOf(connection)),
      "finicity-app-key": credentials.appKey,
      "finicity-app-token": token,
    };
    const answer = await safeRead(
      async () => {
        await pace(signal);
        return http.send({ method: "GET", origin: base.origin, path: `${base.path}${path}`, headers, signal });
      },
      patience,
      signal,
    );
    if (!isTokenRefusal(answer)) return answer;
    tokens.refused(token);
    return last ? answer : send(path, signal, true);
  };

  const read = async <T>(path: string, signal: AbortSignal, take: (document: unknown) => T | undefined): Promise<T> => {
    try {
      return readDocument(await send(path, signal, false), clock.nowMs(), take);
    } catch (error) {
      if (error instanceof HttpFailure) throw readFailureOfHttp("Finicity", error, connection);
      if (signal.aborted)
        throw new VostroFailure("provider-down", "The read was stopped.", { retryable: true, cause: error });
      throw error;
    }
  };

  const customerPage = async (page: number, limit: number, signal: AbortSignal) => {
    const start = (page - 1) * limit + 1;
    const found = await read(`${customersPath}?start=${start}&limit=${limit}`, signal, customersOf);
    const seen = start - 1 + found.customers.length;
    const more = found.more ?? (found.total === undefined ? found.customers.length === limit : seen < found.total);
    return { ...found, last: found.customers.length === 0 || !more };
  };

  /** The list has no form for one customer, so it is looked through; a customer it does not name keeps its id. */
  const findCustomer = async (customerId: string, signal: AbortSignal): Promise<ProviderCustomer> => {
    for (let page = 1; page <= mostPages; page += 1) {
      const { customers, last } = await customerPage(page, customersLookedThrough, signal);
      const found = customers.find(({ id }) => id === customerId);
      if (found !== undefined) return customerFrom(found);
      if (last) break;
    }
    throw new VostroFailure("not-found", "Finicity does not list this customer. Nothing was read.");
  };

  const readRecords = async (customerId: string, signal: AbortSignal): Promise<readonly AggregatedRecord[]> =>
    read(customerAccountsPath(customerId), signal, (document) => recordsOf(document, customerId));

  return {
    readRecords,
    readAtInstitution: async (customerId, institutionId, signal) => {
      const path = institutionAccountsPath(customerId, institutionId);
      return (await read(path, signal, (document) => recordsOf(document, customerId))).map(accountOfRecord);
    },
    readLoginForm: async (address, signal) => read(loginFormPath(address), signal, loginFormOf),
    readAccount: async (address, _hint, signal) => {
      const path = readAccountPath(connection.forms, address);
      const record = await read(path, signal, (document) => recordOf(document, address.customerUid));
      if (record.accountId === address.accountUid) return accountOfRecord(record);
      throw new VostroFailure(
        "provider-changed",
        "Finicity answered with another account than the one asked for. Nothing was read.",
      );
    },
    readCustomer: findCustomer,
    readCustomers: async (page, signal) => {
      const { customers, total, last } = await customerPage(page, customersAtOnce, signal);
      return { customers: customers.map(customerFrom), totalCustomers: total, last };
    },
    readAccounts: async (customerUid, _page, signal) => ({
      accounts: (await readRecords(customerUid, signal)).map(accountOfRecord),
      last: true,
    }),
  };
}
