import type { Reader, Sql } from "../../database/sql.ts";
import { sql } from "../../database/sql.ts";
import { candidateIds, rowMatches, searchTerms } from "./search-terms.ts";

/** Up to so many accounts are gathered first; above, each row asks for its own account. */
const gathered = 2000;

/**
 * A condition on rows of a table that has a column `account_id`: that account matches what a person typed, by name,
 * customer, last four or identifier. Undefined when nothing was typed.
 */
export function ofMatchingAccount(reader: Reader, table: string, text: string): Sql | undefined {
  const terms = searchTerms(text);
  if (terms === undefined) return undefined;
  const candidates = candidateIds(terms, gathered + 1);
  const found = reader.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${candidates})`)?.n ?? 0;
  const column: Sql = { text: `${table}.account_id`, values: [] };
  if (found > gathered) {
    return sql`EXISTS (SELECT 1 FROM cache_accounts WHERE id = ${column} AND ${rowMatches(terms)})`;
  }
  const few = sql`(${candidates}) AS found CROSS JOIN cache_accounts USING (id)`;
  return sql`${column} IN (SELECT id FROM ${few} WHERE ${rowMatches(terms)})`;
}
