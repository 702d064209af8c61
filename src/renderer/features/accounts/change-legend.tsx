import type { AccountRow, ChangeState, OutputOf } from "@contract";
import { changeStates } from "@contract";
import type { PagedList } from "../../bridge/index.ts";
import { countText, StatusWord, stateLooks } from "../../ui/index.ts";

export interface ChangeLegendProps {
  readonly list: PagedList<AccountRow, OutputOf<"accounts.page">>;
}

function countStates(list: ChangeLegendProps["list"]): ReadonlyMap<ChangeState, number> {
  const counts = new Map<ChangeState, number>();
  for (let index = 0; index < list.loaded; index += 1) {
    const state = list.rowAt(index)?.change?.state;
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

/** Every marker of the Change column with its full word and how many rows of the list carry it. */
export function ChangeLegend({ list }: ChangeLegendProps) {
  const counts = countStates(list);
  const present = changeStates.filter((state) => counts.has(state));
  if (present.length === 0) return null;
  return (
    <>
      <span>{list.hasMore ? `Changes in the first ${countText(list.loaded)} rows:` : "Changes:"}</span>
      {present.map((state) => (
        <StatusWord key={state} state={state} text={`${stateLooks[state].word} ${countText(counts.get(state) ?? 0)}`} />
      ))}
    </>
  );
}
