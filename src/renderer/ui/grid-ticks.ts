import { useRef } from "react";
import type { TickState } from "./grid-parts.tsx";

/** Tick boxes in front of the rows: Space ticks, Shift with Space or arrows a range, Ctrl A all of the list. */
export interface GridTicks {
  /** What a tick means, for screen readers: "Send", "Select". */
  readonly label: string;
  /** Ticked rows look like the others: nearly all are ticked. */
  readonly quiet?: boolean | undefined;
  readonly stateOfAll: TickState;
  readonly isTicked: (index: number) => boolean;
  /** Ticks or unticks the rows from `first` to `last`. */
  readonly onTick: (first: number, last: number, ticked: boolean) => void;
  readonly onTickAll: (ticked: boolean) => void;
}

interface TickAnchor {
  readonly row: number;
  readonly ticked: boolean;
}

export interface TickKeys {
  /** Ticks or unticks one row; as a range, all from the row ticked last. */
  readonly tick: (row: number, asRange: boolean) => void;
  /** Gives the rows up to `to` the tick of the row where it began; ticks them where none was ticked before. */
  readonly extend: (from: number, to: number) => void;
  readonly tickAll: () => void;
  /** The cursor moved on without ticking: the next extension begins anew, a range still from the row ticked last. */
  readonly moveOn: () => void;
}

/** What keys and clicks do to the tick boxes: single rows, ranges, all. */
export function useTickKeys(ticks: GridTicks | undefined): TickKeys {
  const anchor = useRef<TickAnchor>(undefined);
  const isMovedOn = useRef(false);
  const give = (from: TickAnchor, to: number) => {
    anchor.current = from;
    isMovedOn.current = false;
    ticks?.onTick(Math.min(from.row, to), Math.max(from.row, to), from.ticked);
  };
  return {
    tick: (row, asRange) => {
      if (ticks === undefined || row < 0) return;
      const from = asRange ? anchor.current : undefined;
      give(from ?? { row, ticked: !ticks.isTicked(row) }, row);
    },
    extend: (from, to) => {
      if (ticks === undefined || from < 0 || to < 0) return;
      give((isMovedOn.current ? undefined : anchor.current) ?? { row: from, ticked: true }, to);
    },
    tickAll: () => ticks?.onTickAll(ticks.stateOfAll !== "all"),
    moveOn: () => {
      isMovedOn.current = true;
    },
  };
}
