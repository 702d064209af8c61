import type { AccountRow, ChangeState } from "@contract";
import { changeStates } from "@contract";
import { countText, StatusWord, stateLooks } from "../../ui/index.ts";
import type { AccountsList } from "./use-accounts-list.ts";

export interface ChangeLegendProps {
  readonly list: Pick<AccountsList, "held" | "matching">;
}

function countStates(rows: readonly AccountRow[]): ReadonlyMap<ChangeState, number> {
  const counts = new Map<ChangeState, number>();
  for (const row of rows) {
    const state = row.change?.state;
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

/** Every marker of the Change column with its full word and how many of the rows read carry it. */
export function ChangeLegend({ list }: ChangeLegendProps) {
  const rows = list.held().flatMap((part) => part.rows);
  const counts = countStates(rows);
  const isWhole = rows.length >= (list.matching ?? 0);
  const present = changeStates.filter((state) => counts.has(state));
  if (present.length === 0) return null;
  return (
    <>
      <span>{isWhole ? "Changes:" : `Changes in ${countText(rows.length)} rows around these:`}</span>
      {present.map((state) => (
        <StatusWord key={state} state={state} text={`${stateLooks[state].word} ${countText(counts.get(state) ?? 0)}`} />
      ))}
    </>
  );
}
