import type { AccountRow, OutputOf } from "@contract";
import { useEffect, useMemo, useRef, useState } from "react";
import { byPosition, call, useBridgeEvent, useOffsetRows, type OffsetList } from "../../bridge/index.ts";
import { accountQueryOf, accountsPageSize, type AccountFilters, type AccountSort } from "./account-filters.ts";

export type AccountPage = OutputOf<"accounts.page">;

export type AccountsList = OffsetList<AccountRow, AccountPage>;

const reloadEveryMs = 250;
/** The most the bridge leaves out at once. */
const mostSkipped = 200_000;

/** The value once it has rested for `delayMs`. */
export function useRested<T>(value: T, delayMs: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return rested;
}

/** The accounts that pass the filters, by position; read again when main says they changed. */
export function useAccountsList(filters: AccountFilters, sort: AccountSort): AccountsList {
  const fetchPage = useMemo(
    () => byPosition(mostSkipped, (place) => call("accounts.page", accountQueryOf(filters, sort, place))),
    [filters, sort],
  );
  const list = useOffsetRows<AccountRow, AccountPage>(accountsPageSize, fetchPage);
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
