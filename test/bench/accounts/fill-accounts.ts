import type { ConnectionId, FieldValue, FinzlyFieldName } from "@contract";
import type { Store } from "../../../src/main/database/sql.ts";
import { absorbAccount } from "../../../src/main/features/accounts/absorb.ts";
import type { ProviderAccount } from "../../../src/main/providers/provider.ts";

const firsts = [
  "Bluefin",
  "Cedar",
  "Granite",
  "Harbour",
  "Juniper",
  "Larkspur",
  "Meridian",
  "Northgate",
  "Orchard",
  "Pinecrest",
];
const seconds = [
  "Payroll",
  "Dental Group",
  "Freight",
  "Legal",
  "Outfitters",
  "Robotics",
  "Seafood",
  "Textiles",
  "Trust",
  "Works",
];
const purposes = [
  "Operating",
  "Payroll Clearing",
  "Tax Escrow",
  "Lockbox",
  "Receivables",
  "Vendor Payments",
  "Reserve",
  "Sweep",
];
const rowsAtOnce = 2000;

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? "";

export function customerNameOf(customer: number): string {
  return `${pick(firsts, customer)} ${pick(seconds, Math.floor(customer / firsts.length))} ${customer}`;
}

/** The account with this number among made-up ones: ten to a customer, values spread as in a bank's book. */
function accountAt(index: number): ProviderAccount {
  const customer = Math.floor(index / 10);
  const known: { readonly [F in FinzlyFieldName]?: FieldValue } = {
    accountType: "Deposit",
    accountSubType: "Checking",
    accountNumber: String(7_000_000_000 + index * 37),
    accountName: `${pick(purposes, index)} ${index}`,
    currency: "USD",
    routingNumber: "101206101",
    countryCode: "US",
    isUnderWritten: index % 3 === 0,
    debitExposureLimit: ((index * 7919) % 5000) * 100_00,
    creditExposureLimit: ((index * 104_729) % 9000) * 100_00,
  };
  return {
    customerUid: String(100_000 + customer),
    accountUid: String(5_000_000 + index),
    accountName: `${pick(purposes, index)} ${index}`,
    status: index % 40 === 0 ? "Suspended" : "Active",
    ledgerMinor: ((index * 15_485_863) % 900_000_000) - 50_000_000,
    known,
    facts: [{ name: "bankName", label: "Bank", value: "First Example Bank", kind: "text" }],
    raw: { accountUID: String(5_000_000 + index), status: "Active", bankName: "First Example Bank" },
    last4: String(7_000_000_000 + index * 37).slice(-4),
  };
}

/** Puts `count` accounts into the cache as a read from the provider would. */
export function fillAccounts(store: Store, connectionId: ConnectionId, count: number): void {
  for (let first = 0; first < count; first += rowsAtOnce) {
    store.transaction((writer) => {
      for (let index = first; index < Math.min(count, first + rowsAtOnce); index += 1) {
        const customerName = customerNameOf(Math.floor(index / 10));
        absorbAccount(writer, connectionId, accountAt(index), { atMs: Date.now(), customerName, complete: true });
      }
    });
  }
}
