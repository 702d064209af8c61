import type { BatchDetail, BatchId, PlanRow, RowFilter } from "@contract";
import { useCommand, type OffsetList } from "../../bridge/index.ts";
import { counted, useAnnounce, type GridTicks } from "../../ui/index.ts";

export interface RowTicksInput {
  readonly id: BatchId;
  readonly list: OffsetList<PlanRow>;
  /** What is on screen: ticking all ticks these. */
  readonly filter: RowFilter;
  /** How many of the rows on screen are chosen; undefined where that is not known. */
  readonly chosen: number | undefined;
  readonly onFailure: (sentence: string) => void;
  readonly onChanged: (batch: BatchDetail) => void;
}

/** The most rows the bridge takes by name. */
const mostTicked = 10_000;
const tooManyWords = `A range can be ${counted(mostTicked, "row")} at most. Filter the rows; Ctrl A ticks all of them.`;

function stateOf(
  chosen: number | undefined,
  matching: number,
  firstIsIn: boolean | undefined,
): GridTicks["stateOfAll"] {
  if (matching === 0) return "none";
  if (chosen === undefined) return firstIsIn === true ? "all" : "none";
  if (chosen === 0) return "none";
  return chosen >= matching ? "all" : "some";
}

/** The tick boxes of the rows: only they change what is sent. */
export function useRowTicks({ id, list, filter, chosen, onFailure, onChanged }: RowTicksInput): GridTicks {
  const { run } = useCommand("batches.include");
  const announce = useAnnounce();
  const matching = list.matching ?? 0;
  const include = async (input: Parameters<typeof run>[0], words: string) => {
    const result = await run(input);
    if (!result.ok) return onFailure(result.failure.message);
    onChanged(result.value);
    list.reload();
    announce(`${words} ${counted(result.value.totals.chosen, "row")} chosen.`);
  };
  return {
    label: "Send",
    quiet: true,
    stateOfAll: stateOf(chosen, matching, list.rowAt(0)?.included),
    isTicked: (index) => list.rowAt(index)?.included ?? false,
    onTick: (first, last, included) => {
      if (last - first >= mostTicked) return onFailure(tooManyWords);
      void list.between(first, last).then((found) => {
        if (!found.ok) return onFailure(found.failure.message);
        const rows = found.value.filter((row) => row.included !== included).map((row) => row.row);
        if (rows.length > 0) void include({ id, rows, included }, "");
      });
    },
    onTickAll: (included) =>
      void include(
        { id, filter, included },
        `${included ? "Ticked" : "Unticked"} the ${counted(matching, "row")} shown.`,
      ),
  };
}
