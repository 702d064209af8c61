import type { AccountId, AccountQuery } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import { joinSql, sql, type Reader, type Sql } from "../../database/sql.ts";
import { accountRowColumns, type AccountListRow } from "./account-list-row.ts";
import { decodeCursor, encodeCursor, type PageEnd } from "./page-cursor.ts";
import { candidateIds, idMatches, rowMatches, searchTerms, type SearchTerms } from "./search-terms.ts";

export interface AccountPage {
  readonly rows: readonly AccountListRow[];
  readonly nextCursor: string | undefined;
  readonly total: number;
  readonly matching: number;
  /** `matching` is only the least there are: counting on would take too long. */
  readonly matchingIsLeast: boolean;
}

/** Matches of a search are counted up to here; above, only that there are more. */
const counted = 2000;
/** Up to so many matches are gathered and sorted; above, the sorted column's index is walked. */
const gathered = 200;
/** So many of them are looked at to say how many match at least, when there are more. */
const sampled = 500;
/** Up to so many accounts of one actor are gathered and sorted; above, the sorted column's index is walked. */
const sortedAtMost = 20_000;

const sortColumns: Readonly<Record<AccountQuery["sort"]["column"], string>> = {
  customerName: "customer_name",
  accountName: "account_name",
  last4: "last4",
  type: "type",
  status: "status",
  ledgerMinor: "ledger_minor",
  debitLimitMinor: "debit_limit_minor",
  creditLimitMinor: "credit_limit_minor",
  readAtMs: "read_at_ms",
};

const raw = (text: string): Sql => ({ text, values: [] });
const allOf = (conditions: readonly Sql[]): Sql => (conditions.length === 0 ? raw("1") : joinSql(conditions, " AND "));

/** The unary plus keeps the planner from leaving the sorted index for a filter's. */
function filters(query: AccountQuery, withChange: readonly AccountId[] | undefined): Sql[] {
  const conditions: Sql[] = [];
  if (query.connectionId !== undefined) conditions.push(sql`+connection_id = ${query.connectionId}`);
  if (query.status !== undefined) conditions.push(sql`+status = ${query.status} COLLATE NOCASE`);
  if (query.fundingBasis !== undefined) conditions.push(sql`+funding_basis = ${query.fundingBasis}`);
  if (withChange !== undefined) {
    const inList = sql`(SELECT value FROM json_each(${JSON.stringify(withChange)}))`;
    conditions.push(query.withChange === true ? sql`+id IN ${inList}` : sql`+id NOT IN ${inList}`);
  }
  return conditions;
}

/** The account waits for this actor; looked up account by account, so that any order can be walked. */
function actCondition({ act }: AccountQuery): Sql[] {
  if (act === undefined) return [];
  return [sql`EXISTS (SELECT 1 FROM cache_aggregated AS g WHERE g.account_id = cache_accounts.id AND +g.act = ${act})`];
}

/** Those who wait for one actor, found from the queue's own index. */
function planOfActor(reader: Reader, query: AccountQuery, others: readonly Sql[]): Plan {
  const { act = "" } = query;
  const kept = reader.get<{ n: number }>(sql`SELECT n FROM cache_repair_counts WHERE act = ${act}`)?.n ?? 0;
  const queue = sql`(SELECT account_id AS id FROM cache_aggregated WHERE act = ${act}) AS listed
    CROSS JOIN cache_accounts USING (id)`;
  const many = kept > sortedAtMost;
  const found = others.length === 0 ? kept : countRows(reader, queue, others);
  const matchingIsLeast = others.length > 0 && found > counted;
  const size = { matching: matchingIsLeast ? counted : found, matchingIsLeast };
  return many
    ? { from: raw("cache_accounts"), conditions: [...others, ...actCondition(query)], ...size }
    : { from: queue, conditions: others, ...size };
}

/**
 * The rows after `end` in the asked order, cut by (column, id): the ties of the last value first, then what follows;
 * `skip` of them are walked over in the index and not read.
 * Ids are found first, from the sorted index alone where the conditions allow it; only the page's own rows are read.
 */
function walk(
  from: Sql,
  query: AccountQuery,
  conditions: readonly Sql[],
  end: PageEnd | undefined,
  limit: number,
): Sql {
  const { skip = 0 } = query;
  const column = raw(sortColumns[query.sort.column]);
  const up = query.sort.direction === "ascending";
  const [way, after] = up ? [raw("ASC"), raw(">")] : [raw("DESC"), raw("<")];
  const order = sql`ORDER BY ${column} ${way}, id ${way}`;
  const part = (condition: Sql): Sql =>
    sql`SELECT * FROM (SELECT id FROM ${from} WHERE ${condition} AND ${allOf(conditions)} ${order}
      LIMIT ${limit + skip})`;
  const value = end?.value ?? "";
  const ids =
    end === undefined
      ? sql`${part(raw("1"))} LIMIT ${limit} OFFSET ${skip}`
      : sql`${part(sql`${column} = ${value} AND id ${after} ${end.id}`)}
        UNION ALL ${part(sql`${column} ${after} ${value}`)} LIMIT ${limit} OFFSET ${skip}`;
  return sql`SELECT ${accountRowColumns} FROM (${ids}) AS page CROSS JOIN cache_accounts USING (id) ${order}`;
}

/** The value a cursor was too short to carry, from the row itself. */
function completeEnd(reader: Reader, query: AccountQuery, end: PageEnd): PageEnd {
  if (end.value !== undefined) return end;
  const column = raw(sortColumns[query.sort.column]);
  const row = reader.get<{ value: string | number }>(
    sql`SELECT ${column} AS value FROM cache_accounts WHERE id = ${end.id}`,
  );
  if (row === undefined) throw new VostroFailure("input-invalid", "This list moved on. Open it again.");
  return { id: end.id, value: row.value };
}

function countKept(reader: Reader, conditions: readonly Sql[]): number {
  const row = reader.get<{ n: number | null }>(
    sql`SELECT sum(n) AS n FROM cache_account_counts WHERE ${allOf(conditions)}`,
  );
  return row?.n ?? 0;
}

function countRows(reader: Reader, from: Sql, conditions: readonly Sql[]): number {
  const limited = sql`SELECT 1 FROM ${from} WHERE ${allOf(conditions)} LIMIT ${counted + 1}`;
  return reader.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${limited})`)?.n ?? 0;
}

interface Plan {
  readonly from: Sql;
  readonly conditions: readonly Sql[];
  readonly matching: number;
  readonly matchingIsLeast: boolean;
}

function planWithoutSearch(reader: Reader, query: AccountQuery, withChange: readonly AccountId[] | undefined): Plan {
  const table = raw("cache_accounts");
  const plain = filters(query, undefined);
  if (query.act !== undefined) return planOfActor(reader, query, filters(query, withChange));
  const kept = countKept(reader, plain);
  if (withChange === undefined) return { from: table, conditions: plain, matching: kept, matchingIsLeast: false };
  const ids = sql`SELECT value AS id FROM json_each(${JSON.stringify(withChange)})`;
  const few = sql`(${ids}) AS listed CROSS JOIN cache_accounts USING (id)`;
  const listed = reader.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${few} WHERE ${allOf(plain)}`)?.n ?? 0;
  if (query.withChange === true) return { from: few, conditions: plain, matching: listed, matchingIsLeast: false };
  return { from: table, conditions: filters(query, withChange), matching: kept - listed, matchingIsLeast: false };
}

function planSearch(
  reader: Reader,
  terms: SearchTerms,
  others: readonly Sql[],
  sort: AccountQuery["sort"],
): Plan {
  const conditions = [...others, rowMatches(terms)];
  const candidates = candidateIds(terms, counted + 1);
  const found = reader.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${candidates})`)?.n ?? 0;
  const exact = others.length === 0 && terms.long.length + terms.short.length === 1;
  const listed = (ids: Sql): Sql => sql`(${ids}) AS found CROSS JOIN cache_accounts USING (id)`;
  const isLeast = found > counted;
  const from = listed(isLeast ? candidateIds(terms, sampled) : candidates);
  const matching = exact ? Math.min(found, counted) : countRows(reader, from, conditions);
  if (found <= gathered) return { from, conditions, matching, matchingIsLeast: false };
  const index = raw(`cache_accounts INDEXED BY cache_accounts_${sortColumns[sort.column]}`);
  return { from: index, conditions: [...others, idMatches(terms)], matching, matchingIsLeast: isLeast };
}

function plan(reader: Reader, query: AccountQuery, withChange: readonly AccountId[] | undefined): Plan {
  const terms = query.search === undefined ? undefined : searchTerms(query.search);
  if (terms === undefined) return planWithoutSearch(reader, query, withChange);
  return planSearch(reader, terms, [...filters(query, withChange), ...actCondition(query)], query.sort);
}

/**
 * One page of the accounts list in any order, from any row on, without counting or skipping what comes before. Walking
 * the pages with the cursors gives every matching account exactly once as long as the list does not change.
 * `withChange` lists the accounts with an open change, where the query asks for it.
 */
export function accountPage(
  reader: Reader,
  query: AccountQuery,
  withChange: readonly AccountId[] | undefined,
): AccountPage {
  const { from, conditions, matching, matchingIsLeast } = plan(reader, query, withChange);
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.sort, query.cursor);
  const end = cursor === undefined ? undefined : completeEnd(reader, query, cursor);
  const found = reader.all<AccountListRow>(walk(from, query, conditions, end, query.limit + 1));
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  const more = found.length > rows.length && last !== undefined;
  const complete = cursor === undefined && query.skip === undefined && !more;
  return {
    rows,
    nextCursor: more ? encodeCursor(query.sort, { id: last.id, value: sortValue(last, query.sort.column) }) : undefined,
    total: countKept(reader, []),
    matching: complete ? rows.length : matching,
    matchingIsLeast: matchingIsLeast && !complete,
  };
}

function sortValue(row: AccountListRow, column: AccountQuery["sort"]["column"]): string | number {
  const value: unknown = Object.entries(row).find(([name]) => name === sortColumns[column])?.[1];
  return typeof value === "number" ? value : String(value);
}
