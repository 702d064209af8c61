import type { Aggregator, StoredAccount } from "../aggregator/index.ts";
import { emptyAnswer, type Answer } from "../shared/answers.ts";
import { accountDocument, accountsDocument } from "./account-shapes.ts";
import { searchCustomers } from "./customer-search.ts";
import { badField, badRequest, errorAnswer, refusals, type ProviderError } from "./errors.ts";
import { loginFormDocument } from "./login-form.ts";
import { queryFault } from "./query.ts";
import type { FinicityApi, RouteMatch } from "./routes.ts";
import { documentAnswer, readFlatBody, type FlatBody, type WireDocument, type WireFormat } from "./wire-format.ts";

export interface ApiRequest {
  readonly match: RouteMatch;
  readonly query: URLSearchParams;
  /** The format answers are wanted in. */
  readonly format: WireFormat;
  /** The format the body was sent in; undefined when it has none. */
  readonly sent: WireFormat | undefined;
  readonly bodyText: string;
}

/** What an endpoint may touch, and how a fault bends what a modification stores. */
export interface Workings {
  readonly aggregator: Aggregator;
  readonly api: FinicityApi;
  bend(patch: FlatBody): FlatBody;
  /** Told at the moment a write takes effect. */
  applied(): void;
}

type Outcome = WireDocument | ProviderError | undefined;

function isError(outcome: Outcome | StoredAccount): outcome is ProviderError {
  return outcome !== undefined && "code" in outcome;
}

/** Writes accounts as they stand at this moment. */
export function describeAccounts(aggregator: Aggregator, accounts: readonly StoredAccount[]): WireDocument {
  return accountsDocument(
    accounts.map((account) => accountDocument(account, aggregator.institution(account.institutionId))),
  );
}

function findAccount({ match }: ApiRequest, { aggregator }: Workings): StoredAccount | ProviderError {
  const { customerId = "", accountId = "" } = match.ids;
  if (aggregator.customer(customerId) === undefined) return refusals.customerUnknown;
  return aggregator.account(customerId, accountId) ?? refusals.accountUnknown;
}

function listAccounts(request: ApiRequest, { aggregator, api }: Workings): Outcome {
  const { customerId = "" } = request.match.ids;
  const stray = queryFault(request.query, api === "current" ? ["status", "account_type"] : []);
  if (stray !== undefined) return badField(stray);
  const status = request.query.get("status");
  if (status !== null && status !== "active" && status !== "pending") return refusals.statusFilter;
  if (aggregator.customer(customerId) === undefined) return refusals.customerUnknown;
  const accounts = aggregator.accountsOf(customerId).filter((one) => status === null || one.status === status);
  return describeAccounts(aggregator, accounts);
}

function listByInstitution({ match }: ApiRequest, { aggregator }: Workings): Outcome {
  const { customerId = "", institutionId = "" } = match.ids;
  if (aggregator.customer(customerId) === undefined) return refusals.customerUnknown;
  if (aggregator.institution(institutionId) === undefined) return refusals.institutionUnknown;
  const accounts = aggregator
    .accountsOf(customerId)
    .filter((account) => account.institutionId === institutionId && account.status === "active");
  return accounts.length === 0 ? refusals.noneAtInstitution : describeAccounts(aggregator, accounts);
}

function listByLogin({ match }: ApiRequest, { aggregator }: Workings): Outcome {
  const { customerId = "", loginId = "" } = match.ids;
  if (aggregator.customer(customerId) === undefined) return refusals.customerUnknown;
  const accounts = aggregator.accountsOf(customerId).filter((account) => account.institutionLoginId === loginId);
  return accounts.length === 0 ? refusals.noneAtLogin : describeAccounts(aggregator, accounts);
}

function readAccount(request: ApiRequest, workings: Workings): Outcome {
  const account = findAccount(request, workings);
  if (isError(account)) return account;
  return accountDocument(account, workings.aggregator.institution(account.institutionId));
}

function modify(request: ApiRequest, workings: Workings): Outcome {
  const { sent, bodyText } = request;
  if (sent === undefined) return badRequest("A body is required");
  const fields = readFlatBody(sent, bodyText, "account", ["number", "name"]);
  if (typeof fields === "string") return badRequest(fields);
  const account = findAccount(request, workings);
  if (isError(account)) return account;
  if (account.status === "pending") return badRequest("A pending account cannot be modified");
  const { number, name } = workings.bend(fields);
  const patch = { ...(number === undefined ? {} : { number }), ...(name === undefined ? {} : { name }) };
  if (Object.keys(patch).length > 0) workings.aggregator.modifyAccount(account.id, patch);
  workings.applied();
  return undefined;
}

function remove(request: ApiRequest, workings: Workings): Outcome {
  const account = findAccount(request, workings);
  if (isError(account)) return account;
  workings.aggregator.removeAccount(account.id);
  workings.applied();
  return undefined;
}

function removeLogin({ match }: ApiRequest, workings: Workings): Outcome {
  const { customerId = "", loginId = "" } = match.ids;
  const { aggregator } = workings;
  if (aggregator.customer(customerId) === undefined) return refusals.customerUnknown;
  if (!aggregator.loginsOf(customerId).some(({ id }) => id === loginId)) return refusals.noneAtLogin;
  aggregator.removeLogin(loginId);
  workings.applied();
  return undefined;
}

function readLoginForm(request: ApiRequest, workings: Workings): Outcome {
  const account = findAccount(request, workings);
  if (isError(account)) return account;
  const institution = workings.aggregator.institution(account.institutionId);
  if (institution === undefined) return refusals.institutionUnknown;
  const logins = workings.aggregator.loginsOf(account.customerId);
  const login = logins.find(({ id }) => id === account.institutionLoginId);
  return loginFormDocument(account, institution, login?.username ?? "");
}

function reach(request: ApiRequest, workings: Workings): Outcome {
  const { route } = request.match;
  if (route === "customers.search") return searchCustomers(workings.aggregator.customers, request.query);
  if (route === "accounts.list") return listAccounts(request, workings);
  const stray = queryFault(request.query, []);
  if (stray !== undefined) return badField(stray);
  if (route === "accounts.by-institution") return listByInstitution(request, workings);
  if (route === "accounts.by-login") return listByLogin(request, workings);
  if (route === "accounts.get") return readAccount(request, workings);
  if (route === "accounts.modify") return modify(request, workings);
  if (route === "accounts.delete") return remove(request, workings);
  return route === "logins.delete" ? removeLogin(request, workings) : readLoginForm(request, workings);
}

/**
 * Answers one signed-in request that is no refresh, applying it at once where it writes: 200 with the document, 204
 * after a write, or the provider's error. A modification may replace the number by anything, also by a masked one, and
 * an empty one is accepted, as the provider's documents have it.
 */
export function answerApi(request: ApiRequest, workings: Workings): Answer {
  const outcome = reach(request, workings);
  if (outcome === undefined) return emptyAnswer(204);
  if (isError(outcome)) return errorAnswer(request.format, outcome);
  return documentAnswer(200, request.format, outcome);
}
