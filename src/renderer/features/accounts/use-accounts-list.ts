import type { AccountRow, OutputOf } from "@contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, useBridgeEvent, usePagedRows, type PagedList } from "../../bridge/index.ts";
import { accountQueryOf, accountsPageSize, type AccountFilters, type AccountSort } from "./account-filters.ts";

type AccountPage = OutputOf<"accounts.page">;

const reloadEveryMs = 250;

/** The value once it has rested for `delayMs`. */
export function useRested<T>(value: T, delayMs: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return rested;
}

/** The accounts that pass the filters, page by page; read again when main says they changed. */
export function useAccountsList(filters: AccountFilters, sort: AccountSort): PagedList<AccountRow, AccountPage> {
  const fetchPage = useCallback(
    (cursor: string | undefined) => call("accounts.page", accountQueryOf(filters, sort, cursor)),
    [filters, sort],
  );
  const list = usePagedRows<AccountRow, AccountPage>(accountsPageSize, fetchPage);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { reload } = list;
  useEffect(() => () => clearTimeout(timer.current), [reload]);
  useBridgeEvent("workspace.dataChanged", ({ topics }) => {
    if (!topics.includes("accounts") || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      reload();
    }, reloadEveryMs);
  });
  return list;
}
