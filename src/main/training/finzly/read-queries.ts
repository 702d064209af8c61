import type { Pagination } from "./answers.ts";
import type { StoredAccount, StoredCustomer } from "./records.ts";

/** A query that is refused, with the sentence that says why. */
export interface QueryRefusal {
  readonly refused: string;
}
export interface Page<T> {
  readonly items: readonly T[];
  readonly pagination: Pagination;
}

type Rule = "text" | "boolean" | "positive" | "page-size" | readonly string[];
type Rules = Readonly<Record<string, Rule>>;

const paging: Rules = { page: "positive", limit: "page-size" };
const accountFilters: Rules = {
  accountType: ["Deposit", "Loan"],
  accountSubType: "text",
  status: ["Active", "Closed", "Suspended"],
  currency: "text",
  wireEnabled: "boolean",
  accountNumber: "text",
  costCenter: "text",
};
const customerFilters: Rules = {
  legalName: "text",
  customerType: "text",
  shortName: "text",
  customerId: "text",
  status: "text",
  taxId: "text",
  achCompanyID: "text",
};
const singleRules: Rules = { includeAccountBalance: "boolean", ...paging };

function ruleFault(name: string, rule: Rule | undefined, value: string): string | undefined {
  if (rule === undefined) return `unknown query parameter ${name.slice(0, 60)}`;
  if (rule === "text") return undefined;
  if (rule === "boolean") return value === "true" || value === "false" ? undefined : `${name} must be true or false`;
  if (rule === "positive") return /^[1-9]\d{0,8}$/.test(value) ? undefined : `${name} must be an integer from 1`;
  if (rule === "page-size") {
    return /^[1-9]\d{0,3}$/.test(value) && Number(value) <= 1000 ? undefined : `${name} must be from 1 to 1000`;
  }
  return rule.includes(value) ? undefined : `${name} must be one of ${rule.join(", ")}`;
}

function queryFault(query: URLSearchParams, rules: Rules, required: readonly string[]): string | undefined {
  const missing = required.find((name) => !query.has(name));
  if (missing !== undefined) return `${missing} is required`;
  for (const [name, value] of query) {
    if (query.getAll(name).length > 1) return `${name} is given twice`;
    const fault = ruleFault(name, Object.hasOwn(rules, name) ? rules[name] : undefined, value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function pageOf<T>(items: readonly T[], query: URLSearchParams): Page<T> {
  const page = Number(query.get("page"));
  const pageSize = Number(query.get("limit"));
  const shown = items.slice((page - 1) * pageSize, page * pageSize);
  const pagination = { totalRecords: items.length, returnedRecords: shown.length, pageReturned: page, pageSize };
  return { items: shown, pagination };
}

function asked(query: URLSearchParams, name: string, value: string): boolean {
  return !query.has(name) || query.get(name) === value;
}

/**
 * Filters and pages a customer's accounts. `page` (from 1) and `limit` (1 to 1000) are required; filters match
 * exactly. Refuses a missing, malformed, repeated or unknown parameter.
 */
export function searchAccounts(
  accounts: readonly StoredAccount[],
  query: URLSearchParams,
): Page<StoredAccount> | QueryRefusal {
  const fault = queryFault(query, { ...paging, ...accountFilters }, ["page", "limit"]);
  if (fault !== undefined) return { refused: fault };
  const found = accounts.filter(
    (account) =>
      asked(query, "accountType", account.accountType) &&
      asked(query, "accountSubType", account.accountSubType) &&
      asked(query, "status", account.status) &&
      asked(query, "currency", account.currency) &&
      asked(query, "wireEnabled", String(account.enableWire === "Yes")) &&
      asked(query, "accountNumber", account.accountNumber) &&
      asked(query, "costCenter", account.costCenter),
  );
  return pageOf(found, query);
}

/** Filters and pages customers: `legalName` by part of the name in any case, the others exactly; paging as above. */
export function searchCustomers(
  customers: readonly StoredCustomer[],
  query: URLSearchParams,
): Page<StoredCustomer> | QueryRefusal {
  const fault = queryFault(query, { ...paging, ...customerFilters }, ["page", "limit"]);
  if (fault !== undefined) return { refused: fault };
  const part = (query.get("legalName") ?? "").toLowerCase();
  const found = customers.filter(
    (customer) =>
      customer.legalName.toLowerCase().includes(part) &&
      asked(query, "customerType", customer.customerType) &&
      asked(query, "shortName", customer.shortName) &&
      asked(query, "customerId", customer.customerId) &&
      asked(query, "status", customer.status) &&
      asked(query, "taxId", customer.taxId) &&
      asked(query, "achCompanyID", customer.achCompanyID),
  );
  return pageOf(found, query);
}

/** Whether a single read asks for balances; `page` and `limit` are tolerated there, as one specification wants them. */
export function wantsBalance(query: URLSearchParams): boolean | QueryRefusal {
  const fault = queryFault(query, singleRules, []);
  return fault === undefined ? query.get("includeAccountBalance") === "true" : { refused: fault };
}

export function isRefused<T>(result: T | QueryRefusal): result is QueryRefusal {
  return typeof result === "object" && result !== null && "refused" in result;
}

/** Refuses any query on a call that takes none. */
export function strayParameter(query: URLSearchParams): string | undefined {
  return queryFault(query, {}, []);
}
