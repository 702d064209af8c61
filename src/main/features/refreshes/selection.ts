import { mostCustomers, type AccountId, type ConnectionId, type InstitutionLogin, type OutputOf } from "@contract";
import { sql, type Reader } from "../../database/sql.ts";

type Selected = OutputOf<"refreshes.customersOf">;

/** The customers these accounts belong to, by connection; `connections` are those that can refresh. */
export function customersOf(
  reader: Reader,
  accountIds: readonly AccountId[],
  connections: readonly ConnectionId[],
): Selected {
  const rows = reader.all<{ connection_id: ConnectionId; customer_uid: string; name: string; n: number }>(sql`
    SELECT a.connection_id, a.customer_uid, max(a.customer_name) AS name, count(*) AS n
    FROM (SELECT DISTINCT value AS id FROM json_each(${JSON.stringify(accountIds)})) AS picked
      CROSS JOIN cache_accounts AS a USING (id)
    GROUP BY a.connection_id, a.customer_uid ORDER BY a.connection_id, name, a.customer_uid`);
  const groups = connections.flatMap((connectionId) => {
    const all = rows.filter((row) => row.connection_id === connectionId);
    if (all.length === 0) return [];
    const customers = all.slice(0, mostCustomers).map(({ customer_uid: customerId, name, n }) => ({
      customerId,
      customerName: name === "" ? customerId : name,
      accounts: n,
    }));
    return [{ connectionId, customers, total: all.length }];
  });
  const without = rows.filter((row) => !connections.includes(row.connection_id));
  return { groups, withoutRefresh: without.reduce((sum, { n }) => sum + n, 0) };
}

const namesShown = 4;

/** The customer's sign-ins at its banks as last read through the connection. */
export function loginsOf(reader: Reader, connectionId: ConnectionId, customerId: string): InstitutionLogin[] {
  const rows = reader.all<{ login: string; institution: string | null; name: string }>(sql`
    SELECT g.institution_login_id AS login, g.institution_id AS institution, a.account_name AS name
    FROM cache_aggregated AS g CROSS JOIN cache_accounts AS a ON a.id = g.account_id
    WHERE g.customer_uid = ${customerId} AND a.connection_id = ${connectionId} AND g.institution_login_id IS NOT NULL
      AND a.deleted_json IS NULL AND a.missing_since_ms IS NULL
    ORDER BY g.institution_login_id, a.account_name`);
  return [...new Set(rows.map(({ login }) => login))].map((login) => {
    const own = rows.filter((row) => row.login === login);
    const institution = own.find((row) => row.institution !== null)?.institution;
    return {
      institutionLoginId: login,
      accounts: own.length,
      accountNames: own.slice(0, namesShown).map(({ name }) => name),
      ...(institution === undefined || institution === null ? {} : { institutionId: institution }),
    };
  });
}
