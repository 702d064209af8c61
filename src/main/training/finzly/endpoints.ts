import { emptyAnswer, type Answer } from "../shared/answers.ts";
import { failureAnswer, successAnswer } from "./answers.ts";
import type { AccountPatch, StoredAccount } from "./records.ts";
import { customerShape, listShape, singleShape } from "./read-shapes.ts";
import { isRefused, searchAccounts, searchCustomers, strayParameter, wantsBalance } from "./read-queries.ts";
import type { ApiRoute } from "./routes.ts";
import type { ProviderState } from "./state.ts";
import { judgeUpdate, readUpdate } from "./validate-update.ts";

export interface ApiRequest {
  readonly route: ApiRoute;
  readonly customerUID: string;
  readonly accountUID: string;
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  readonly bodyText: string;
}

/** What an endpoint may touch, and how a fault bends what an update stores. */
export interface Workings {
  readonly state: ProviderState;
  /** False: every read answers 404, like an API that has no read endpoints. */
  readonly readable: boolean;
  /** Turns the checked patch into what is really stored. */
  bend(patch: AccountPatch): AccountPatch;
  /** Told at the moment an update or delete takes effect. */
  applied(): void;
}

const verbs: Readonly<Record<ApiRoute, string>> = {
  "customers.search": "search customers",
  "customers.get": "get the customer",
  "accounts.search": "search accounts",
  "accounts.get": "get an account",
  "accounts.update": "update an account",
  "accounts.delete": "delete an account",
};

/** The provider's refusal sentence: "Failed to update an account: <reason>", with the code of its endpoint family. */
export function refuse(route: ApiRoute, status: number, reason: string, code?: string): Answer {
  const family = route.startsWith("customers.") ? "CUST001" : "ACC001";
  return failureAnswer(status, code ?? family, `Failed to ${verbs[route]}: ${reason}`);
}

function findAccount(request: ApiRequest, state: ProviderState): StoredAccount | Answer {
  const { route, customerUID, accountUID } = request;
  if (!/^[0-9]+$/.test(accountUID)) return refuse(route, 400, "accountUID must match ^[0-9]+$");
  if (state.customer(customerUID) === undefined) return refuse(route, 404, "the customer was not found");
  return state.account(customerUID, accountUID) ?? refuse(route, 404, "the account was not found");
}

function isAnswer(found: StoredAccount | Answer): found is Answer {
  return !("accountUID" in found);
}

function update(request: ApiRequest, workings: Workings): Answer {
  const { route, contentType, bodyText } = request;
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? "")) {
    return refuse(route, 400, "the Content-Type must be application/json");
  }
  const account = findAccount(request, workings.state);
  if (isAnswer(account)) return account;
  const read = readUpdate(bodyText);
  if (!read.ok) return refuse(route, read.refusal.httpStatus, read.refusal.reason);
  const customer = workings.state.customer(account.customerUID);
  if (customer === undefined) return refuse(route, 404, "the customer was not found");
  const judged = judgeUpdate(read.value, account, customer, workings.state);
  if (!judged.ok) return refuse(route, judged.refusal.httpStatus, judged.refusal.reason);
  workings.state.change(account.accountUID, workings.bend(judged.value));
  workings.applied();
  return successAnswer({ accountUID: account.accountUID, externalReferenceId: null });
}

function remove(request: ApiRequest, workings: Workings): Answer {
  const account = findAccount(request, workings.state);
  if (isAnswer(account)) return account;
  workings.state.remove(account.accountUID);
  workings.applied();
  return successAnswer({ accountUID: account.accountUID, externalReferenceId: null });
}

function readAccount(request: ApiRequest, state: ProviderState): Answer {
  const account = findAccount(request, state);
  if (isAnswer(account)) return account;
  const balance = wantsBalance(request.query);
  if (isRefused(balance)) return refuse(request.route, 400, balance.refused);
  return successAnswer(singleShape(account, balance));
}

function listAccounts(request: ApiRequest, state: ProviderState): Answer {
  if (state.customer(request.customerUID) === undefined) {
    return refuse(request.route, 404, "the customer was not found");
  }
  const page = searchAccounts(state.accountsOf(request.customerUID), request.query);
  if (isRefused(page)) return refuse(request.route, 400, page.refused);
  return successAnswer(page.items.map(listShape), page.pagination);
}

function listCustomers(request: ApiRequest, state: ProviderState): Answer {
  const page = searchCustomers(state.customers, request.query);
  if (isRefused(page)) return refuse(request.route, 400, page.refused);
  return successAnswer(page.items.map(customerShape), page.pagination);
}

function readCustomer(request: ApiRequest, state: ProviderState): Answer {
  const customer = state.customer(request.customerUID);
  if (customer === undefined) return refuse(request.route, 404, "the customer was not found");
  return successAnswer(customerShape(customer));
}

/**
 * Answers one signed-in API request, applying it at once where it writes. Refusals carry the documented envelope:
 * 400 for what is wrong by itself, 404 for unknown ids, HTTP 200 with `Failure` for broken rules.
 */
export function answerApi(request: ApiRequest, workings: Workings): Answer {
  const { route, query } = request;
  if (route === "accounts.update" || route === "accounts.delete") {
    const stray = strayParameter(query);
    if (stray !== undefined) return refuse(route, 400, stray);
    return route === "accounts.update" ? update(request, workings) : remove(request, workings);
  }
  if (!workings.readable) return emptyAnswer(404);
  if (route === "customers.search") return listCustomers(request, workings.state);
  if (route === "customers.get") return readCustomer(request, workings.state);
  return route === "accounts.search" ? listAccounts(request, workings.state) : readAccount(request, workings.state);
}
