import type { BatchId, InputOf, PlanRow, Result, RowFilter } from "@contract";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { call, type OffsetList } from "../../bridge/index.ts";
import { counted, useAnnounce, type GridTicks } from "../../ui/index.ts";
import { createTickWishes } from "./tick-wishes.ts";

export interface RowTicksInput {
  readonly id: BatchId;
  readonly list: OffsetList<PlanRow>;
  /** What is on screen: ticking all ticks these. */
  readonly filter: RowFilter;
  /** How many of the rows on screen are chosen; undefined where that is not known. */
  readonly chosen: number | undefined;
  readonly onFailure: (sentence: string) => void;
}

export interface RowTicks extends GridTicks {
  /** Whether a row is ticked once all that was asked for is done. */
  readonly isIn: (row: PlanRow) => boolean;
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

/**
 * The tick boxes of the rows: only they change what is sent. Every press counts from what the presses before it ask for,
 * and goes to main at once and in order, which works on one edit after the other.
 */
export function useRowTicks({ id, list, filter, chosen, onFailure }: RowTicksInput): RowTicks {
  const [wishes] = useState(createTickWishes);
  const version = useSyncExternalStore(wishes.subscribe, wishes.version);
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const announce = useAnnounce();
  const matching = list.matching ?? 0;
  const { held, newest, reload } = list;
  useEffect(() => wishes.settle(held().flatMap(({ rows }) => rows), newest), [wishes, version, held, newest]);

  const include = async (input: InputOf<"batches.include">, end: (isDone: boolean) => void, words: string) => {
    const result = await call("batches.include", input);
    end(result.ok);
    if (!wishes.isBusy()) reload();
    if (!result.ok) return onFailure(result.failure.message);
    announce(`${words} ${counted(result.value.totals.chosen, "row")} chosen.`);
  };

  /** The rows as they stand when the key is pressed, where they are on screen. */
  const rowsOf = (first: number, last: number): readonly PlanRow[] | undefined => {
    const rows = Array.from({ length: last - first + 1 }, (_each, at) => list.rowAt(first + at));
    return rows.every((row) => row !== undefined) ? rows : undefined;
  };

  const tickRows = (rows: readonly number[], included: boolean) => {
    if (rows.length === 0) return;
    const end = wishes.begin(rows, included);
    turn.current = turn.current.then(() => void include({ id, rows: [...rows], included }, end, ""));
  };

  const tickRead = (reading: Promise<Result<readonly PlanRow[]>>, included: boolean) => {
    const isFirst = !wishes.isBusy();
    turn.current = turn.current
      .then(() => reading)
      .then((found) => {
        if (!found.ok) return onFailure(found.failure.message);
        const rows = found.value.filter((row) => !isFirst || row.included !== included).map(({ row }) => row);
        if (rows.length > 0) void include({ id, rows, included }, wishes.begin(rows, included), "");
      });
  };

  const isIn = (row: PlanRow): boolean => wishes.of(row);
  return {
    label: "Send",
    quiet: true,
    stateOfAll: stateOf(chosen, matching, list.rowAt(0)?.included),
    isIn,
    isTicked: (index) => {
      const row = list.rowAt(index);
      return row !== undefined && isIn(row);
    },
    onTick: (first, last, included) => {
      if (last - first >= mostTicked) return onFailure(tooManyWords);
      const rows = rowsOf(first, last);
      if (rows === undefined) return tickRead(list.between(first, last), included);
      return tickRows(
        rows.filter((row) => isIn(row) !== included).map(({ row }) => row),
        included,
      );
    },
    onTickAll: (included) => {
      const end = wishes.begin(undefined, included);
      const words = `${included ? "Ticked" : "Unticked"} the ${counted(matching, "row")} shown.`;
      turn.current = turn.current.then(() => void include({ id, filter, included }, end, words));
    },
  };
}
