import type { AccountId, AccountRow } from "@contract";
import { useCallback, useMemo, useState } from "react";
import { call, failureSentence, type PagedList } from "../../bridge/index.ts";
import { counted, useAnnounce, type GridTicks } from "../../ui/index.ts";
import { accountQueryOf, type AccountFilters, type AccountSort } from "./account-filters.ts";

/** The most accounts one value can be set on at once. */
export const mostSelected = 10_000;

export interface AccountSelection {
  readonly ids: ReadonlySet<AccountId>;
  readonly ticks: GridTicks;
  readonly isGathering: boolean;
  /** Why not all could be selected. */
  readonly problem: string | undefined;
  readonly clear: () => void;
}

type AccountsList = Pick<PagedList<AccountRow, never>, "rowAt" | "loaded">;

/** The ids of every account that passes the filters, in order. */
async function idsOf(filters: AccountFilters, sort: AccountSort): Promise<readonly AccountId[] | string> {
  const ids: AccountId[] = [];
  let cursor: string | undefined;
  do {
    // oxlint-disable-next-line eslint/no-await-in-loop -- each page begins where the one before ended
    const page = await call("accounts.page", accountQueryOf(filters, sort, cursor));
    if (!page.ok) return failureSentence(page.failure);
    ids.push(...page.value.rows.map((row) => row.id));
    cursor = page.value.nextCursor;
    if (page.value.matchingIsLeast === true || page.value.matching > mostSelected) {
      const isLeast = page.value.matchingIsLeast === true;
      const found = `${isLeast ? "More than " : ""}${counted(page.value.matching, "account")}`;
      return `${found} match. At most ${counted(mostSelected, "account")} can be changed at once; narrow the filter.`;
    }
  } while (cursor !== undefined);
  return ids;
}

/** Accounts a person ticked in the list; ticking all takes every account of this filter, not only what is on screen. */
export function useAccountSelection(
  list: AccountsList,
  matching: number,
  filters: AccountFilters,
  sort: AccountSort,
): AccountSelection {
  const [ids, setIds] = useState<ReadonlySet<AccountId>>(new Set());
  const [isGathering, setGathering] = useState(false);
  const [problem, setProblem] = useState<string>();
  const announce = useAnnounce();
  const { rowAt } = list;
  const clear = useCallback(() => {
    setIds(new Set());
    setProblem(undefined);
  }, []);
  const take = useCallback(
    (next: ReadonlySet<AccountId>) => {
      setIds(next);
      setProblem(undefined);
      announce(`${counted(next.size, "account")} selected.`);
    },
    [announce],
  );
  const ticks = useMemo(
    (): GridTicks => ({
      label: "Select",
      stateOfAll: ids.size === 0 ? "none" : ids.size >= matching ? "all" : "some",
      isTicked: (index) => {
        const id = rowAt(index)?.id;
        return id !== undefined && ids.has(id);
      },
      onTick: (first, last, ticked) => {
        const next = new Set(ids);
        for (let index = first; index <= last; index += 1) {
          const id = rowAt(index)?.id;
          if (id === undefined) continue;
          if (ticked) next.add(id);
          else next.delete(id);
        }
        take(next);
      },
      onTickAll: (ticked) => {
        if (!ticked) return take(new Set());
        setGathering(true);
        void idsOf(filters, sort).then((found) => {
          setGathering(false);
          if (typeof found === "string") setProblem(found);
          else take(new Set(found));
        });
      },
    }),
    [ids, matching, rowAt, filters, sort, take],
  );
  return { ids, ticks, isGathering, problem, clear };
}
