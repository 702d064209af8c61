import { accountSortColumns, type AccountQuery, type Connection, type RepairActor } from "@contract";

export interface AccountFilters {
  readonly search: string;
  readonly status: string | undefined;
  readonly fundingBasis: NonNullable<AccountQuery["fundingBasis"]> | undefined;
  readonly connectionId: Connection["id"] | undefined;
  readonly withChange: boolean;
  /** Who must act before the account is fresh again. */
  readonly act: RepairActor | undefined;
}

export type AccountSort = AccountQuery["sort"];

export const noFilters: AccountFilters = {
  search: "",
  status: undefined,
  fundingBasis: undefined,
  connectionId: undefined,
  withChange: false,
  act: undefined,
};

export const firstSort: AccountSort = { column: "customerName", direction: "ascending" };

export const accountsPageSize = 200;

export function isFiltered(filters: AccountFilters): boolean {
  const { search, withChange, status, fundingBasis, connectionId, act } = filters;
  return search.trim() !== "" || withChange || [status, fundingBasis, connectionId, act].some((one) => one !== undefined);
}

/** The bridge's question for rows of this list, from the first or after a cursor. */
export function accountQueryOf(
  filters: AccountFilters,
  sort: AccountSort,
  { cursor, skip, limit }: Pick<AccountQuery, "cursor" | "skip" | "limit">,
): AccountQuery {
  const search = filters.search.trim();
  return {
    ...(search === "" ? {} : { search: search.slice(0, 100) }),
    ...(filters.status === undefined ? {} : { status: filters.status }),
    ...(filters.fundingBasis === undefined ? {} : { fundingBasis: filters.fundingBasis }),
    ...(filters.connectionId === undefined ? {} : { connectionId: filters.connectionId }),
    ...(filters.withChange ? { withChange: true } : {}),
    ...(filters.act === undefined ? {} : { act: filters.act }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(skip === undefined ? {} : { skip }),
    sort,
    limit,
  };
}

/** The sort after a click on a column's header, or the same where the list cannot be sorted by it. */
export function nextSort(sort: AccountSort, columnId: string): AccountSort {
  const column = accountSortColumns.find((name) => name === columnId);
  if (column === undefined) return sort;
  if (sort.column !== column) return { column, direction: "ascending" };
  return { column, direction: sort.direction === "ascending" ? "descending" : "ascending" };
}

/** "No account ends in 4471." for four digits, else what was searched for. */
export function noMatchSentence(filters: AccountFilters): string {
  const search = filters.search.trim();
  if (/^\d{1,4}$/u.test(search)) return `No account ends in ${search}.`;
  if (search !== "") return `No account matches “${search}”.`;
  return "No account matches these filters.";
}
