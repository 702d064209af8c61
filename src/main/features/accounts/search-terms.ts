import { joinSql, sql, type Sql } from "../../database/sql.ts";

/** What a person typed, cut into words of lower case; masks ("•••• 4444") fall away. */
export interface SearchTerms {
  /** Three letters and more: found anywhere in a searched text. */
  readonly long: readonly string[];
  /** One or two letters: found at the beginning of a searched text. */
  readonly short: readonly string[];
}

const searchedColumns = ["customer_name", "account_name", "last4", "customer_uid", "account_uid", "ach_company_id"];
const afterAll = "\u{10FFFF}";

export function searchTerms(text: string): SearchTerms | undefined {
  const words = text
    .toLowerCase()
    .replace(/[•*\p{Cc}]+/gu, " ")
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (words.length === 0) return undefined;
  const isLong = (word: string): boolean => Array.from(word).length >= 3;
  return { long: words.filter(isLong), short: words.filter((word) => !isLong(word)) };
}

const column = (name: string): Sql => ({ text: name, values: [] });

function beginsWith(name: string, term: string): Sql {
  return sql`(${column(name)} >= ${term} AND ${column(name)} < ${term + afterAll})`;
}

/** A condition on an account's own row, for walking along a sorted column. */
export function rowMatches({ long, short }: SearchTerms): Sql {
  const inside = long.map((term) => sql`instr(search_text, ${term}) > 0`);
  const starts = short.map(
    (term) =>
      sql`(${joinSql(
        searchedColumns.map((name) => beginsWith(name, term)),
        " OR ",
      )})`,
  );
  return joinSql([...inside, ...starts], " AND ");
}

const anyId = -1;

function withLongTerms(long: readonly string[], limit: number): Sql {
  const phrases = long.map((term) => `"${term.replaceAll('"', '""')}"`).join(" AND ");
  return sql`SELECT rowid AS id FROM cache_account_search WHERE cache_account_search MATCH ${phrases} LIMIT ${limit}`;
}

function withShortTerm(term: string, limit: number): Sql {
  const parts = searchedColumns.map(
    (name) => sql`SELECT id FROM (SELECT id FROM cache_accounts WHERE ${beginsWith(name, term)} LIMIT ${limit})`,
  );
  return joinSql(parts, " UNION ");
}

/**
 * A query of the matching accounts' ids from the indexes alone: three-letter index for long terms, the columns' own for
 * short ones; at least `limit` of them when there are that many. Short terms beside long ones are left to `rowMatches`.
 */
export function candidateIds({ long, short }: SearchTerms, limit: number): Sql {
  return long.length > 0 ? withLongTerms(long, limit) : withShortTerm(short[0] ?? "", limit);
}

/** A condition on an account's id alone, for walking along a sorted index without reading the accounts themselves. */
export function idMatches({ long, short }: SearchTerms): Sql {
  const sets = [
    ...(long.length > 0 ? [withLongTerms(long, anyId)] : []),
    ...short.map((term) => withShortTerm(term, anyId)),
  ];
  return joinSql(
    sets.map((ids) => sql`+id IN (${ids})`),
    " AND ",
  );
}
