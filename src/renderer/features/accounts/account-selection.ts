import type { AccountId } from "@contract";
import { useCallback, useMemo, useState } from "react";
import { call, failureSentence } from "../../bridge/index.ts";
import { counted, useAnnounce, type GridTicks } from "../../ui/index.ts";
import { accountQueryOf, accountsPageSize, type AccountFilters, type AccountSort } from "./account-filters.ts";
import type { AccountsList } from "./use-accounts-list.ts";

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

const limitWords = `At most ${counted(mostSelected, "account")} can be changed at once;`;

/** The ids of every account that passes the filters, in order. */
async function idsOf(filters: AccountFilters, sort: AccountSort): Promise<readonly AccountId[] | string> {
  const ids: AccountId[] = [];
  let cursor: string | undefined;
  do {
    // oxlint-disable-next-line eslint/no-await-in-loop -- each page begins where the one before ended
    const page = await call("accounts.page", accountQueryOf(filters, sort, { cursor, limit: accountsPageSize }));
    if (!page.ok) return failureSentence(page.failure);
    ids.push(...page.value.rows.map((row) => row.id));
    cursor = page.value.nextCursor;
    if (page.value.matchingIsLeast === true || page.value.matching > mostSelected) {
      const isLeast = page.value.matchingIsLeast === true;
      const found = `${isLeast ? "More than " : ""}${counted(page.value.matching, "account")}`;
      return `${found} match. ${limitWords} narrow the filter.`;
    }
  } while (cursor !== undefined);
  return ids;
}

/** Accounts a person ticked in the list; ticking all takes every account of this filter, not only what is on screen. */
export function useAccountSelection(
  list: Pick<AccountsList, "rowAt" | "between">,
  matching: number,
  filters: AccountFilters,
  sort: AccountSort,
): AccountSelection {
  const [ids, setIds] = useState<ReadonlySet<AccountId>>(new Set());
  const [isGathering, setGathering] = useState(false);
  const [problem, setProblem] = useState<string>();
  const announce = useAnnounce();
  const { rowAt, between } = list;
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
        const withThose = (those: readonly AccountId[]) => {
          const next = new Set(ids);
          for (const id of those) {
            if (ticked) next.add(id);
            else next.delete(id);
          }
          take(next);
        };
        const count = last - first + 1;
        const countWords = counted(count, "account");
        if (count > mostSelected) return setProblem(`These are ${countWords}. ${limitWords} select fewer.`);
        const kept = Array.from({ length: count }, (_each, at) => rowAt(first + at)?.id);
        if (kept.every((id) => id !== undefined)) return withThose(kept);
        setGathering(true);
        void between(first, last).then((found) => {
          setGathering(false);
          if (found.ok) withThose(found.value.map((row) => row.id));
          else setProblem(failureSentence(found.failure));
        });
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
    [ids, matching, rowAt, between, filters, sort, take],
  );
  return { ids, ticks, isGathering, problem, clear };
}
