import { closeSync, openSync, writeSync } from "node:fs";
import type { ConnectionId } from "@contract";
import { sql, type Store } from "../../../src/main/database/sql.ts";
import { addAccounts, addConnection, usualValues } from "../../integration/batches-staging/cached-accounts.ts";

const perCustomer = 20;
const firstUid = 9_000_000;
/** One row in so many changes its debit limit; all others stand as they are. */
const changesEvery = 10;

const customerUid = (index: number): string => `C${Math.floor(index / perCustomer)}`;

/** Which account a row of the file means. */
export function uidsOf(index: number): { readonly customerUid: string; readonly accountUid: string } {
  return { customerUid: customerUid(index), accountUid: String(firstUid + index) };
}

const fields = [
  "accountType",
  "accountSubType",
  "systemOfRecords",
  "currency",
  "accountName",
  "masterGl",
  "enableOffset",
  "enableWire",
  "defaultOffset",
  "feeAccount",
  "returnAccount",
  "countryCode",
  "routingNumber",
  "bankIdType",
  "enableCallbacks",
  "callbackLimit",
  "costCenter",
  "isUnderWritten",
  "isAchPrefund",
  "debitExposureLimit",
  "creditExposureLimit",
  "accountAnalysis",
  "secCodes",
  "achCompanyId",
  "reason",
] as const;

const cells = fields.map((field) => {
  const value = field === "reason" ? "" : usualValues[field];
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return (value / 100).toFixed(2);
  return Array.isArray(value) ? value.join("|") : String(value ?? "");
});

const debitAt = fields.indexOf("debitExposureLimit");
const nameAt = fields.indexOf("accountName");

/** Writes a file of 27 columns, one row an account; one row in ten raises a limit. Ragged: one row more, of two cells. */
export function writeRows(path: string, rows: number, isRagged = false): void {
  const file = openSync(path, "w");
  writeSync(file, `${["customerUID", "accountUID", ...fields].join(",")}\r\n`);
  for (let from = 0; from < rows; from += 5000) {
    let text = from === 0 && isRagged ? "C0,ragged\r\n" : "";
    for (let index = from; index < Math.min(rows, from + 5000); index += 1) {
      const own = [...cells];
      own[nameAt] = `Operating ${index}`;
      if (index % changesEvery === 0) own[debitAt] = "400000.00";
      text += `${customerUid(index)},${firstUid + index},${own.join(",")}\r\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}

/** Puts the accounts those rows mean into the cache, copied from one that was stored in the usual way. */
export function cacheRows(store: Store, rows: number, connectionId: ConnectionId = addConnection(store)): ConnectionId {
  const [id] = addAccounts(store, connectionId, [
    { customerUid: "template", accountUid: "0", values: { accountName: "@name" } },
  ]);
  store.transaction((writer) => {
    writer.run(sql`DROP TRIGGER cache_accounts_added`);
    writer.run(sql`
      WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < ${rows})
      INSERT INTO cache_accounts (connection_id, customer_uid, customer_name, account_uid, account_name, last4, type,
        status, currency, funding_basis, ledger_minor, debit_limit_minor, credit_limit_minor, ach_company_id,
        sec_codes_json, read_at_ms, known_json, facts_json, raw_json, attempt_json, search_text)
      SELECT connection_id, 'C' || CAST(i / ${perCustomer} AS INTEGER),
        'Customer ' || CAST(i / ${perCustomer} AS INTEGER),
        CAST(CAST(${firstUid} + i AS INTEGER) AS TEXT),
        'Operating ' || i, last4, type, status, currency, funding_basis, ledger_minor, debit_limit_minor,
        credit_limit_minor, ach_company_id, sec_codes_json, read_at_ms,
        replace(known_json, '@name', 'Operating ' || i), facts_json, raw_json, attempt_json, search_text
      FROM numbers, cache_accounts WHERE id = ${id ?? 0}`);
  });
  return connectionId;
}
