import type { StoredCustomer } from "../aggregator/index.ts";
import { badField, type ProviderError } from "./errors.ts";
import { queryFault } from "./query.ts";
import type { WireDocument } from "./wire-format.ts";

const largestLimit = 1000;

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number | undefined {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

function fits(customer: StoredCustomer, query: URLSearchParams): boolean {
  const search = (query.get("search") ?? "").toLowerCase();
  const names = [customer.username, customer.firstName, customer.lastName].map((name) => name.toLowerCase());
  return (
    (query.get("username") ?? customer.username) === customer.username &&
    (query.get("type") ?? customer.type) === customer.type &&
    names.some((name) => name.includes(search))
  );
}

function fieldsOf({ id, username, firstName, lastName, type, createdDateS }: StoredCustomer) {
  return { id, username, firstName, lastName, type, createdDate: String(createdDateS) };
}

/**
 * Finds customers: `username` and `type` exactly, `search` in any name in any case; `start` counts from 1 and `limit`
 * goes to 1000, 25 when absent. XML mirrors the JSON form, since no document shows it.
 */
export function searchCustomers(
  customers: readonly StoredCustomer[],
  query: URLSearchParams,
): WireDocument | ProviderError {
  const stray = queryFault(query, ["username", "type", "search", "start", "limit"]);
  if (stray !== undefined) return badField(stray);
  const start = wholeNumber(query, "start", 1);
  const limit = wholeNumber(query, "limit", 25);
  if (start === undefined) return badField("start must be 1 or more");
  if (limit === undefined || limit > largestLimit) return badField("limit must be from 1 to 1000");
  const found = customers.filter((customer) => fits(customer, query));
  const shown = found.slice(start - 1, start - 1 + limit).map(fieldsOf);
  const counts = {
    found: found.length,
    displaying: shown.length,
    moreAvailable: start - 1 + shown.length < found.length,
  };
  return {
    json: () => ({ ...counts, customers: shown }),
    xml: () => ({
      name: "customers",
      content: [
        ...Object.entries(counts).map(([name, value]) => ({ name, content: String(value) })),
        ...shown.map((customer) => ({
          name: "customer",
          content: Object.entries(customer).map(([name, value]) => ({ name, content: value })),
        })),
      ],
    }),
  };
}
