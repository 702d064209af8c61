import { useEffect } from "react";
import { tinykeys } from "tinykeys";
import { isTyping } from "../ui/index.ts";
import { places } from "./places.ts";

export interface KeyboardMeans {
  readonly go: (path: string) => void;
  readonly openPalette: () => void;
  readonly showShortcuts: () => void;
  readonly readCacheAgain: () => void;
  readonly lock: () => void;
  /** Whether keys without Ctrl do something. */
  readonly singleKeys: boolean;
}

/** Puts focus into the filter of the list on screen; false when there is none. */
export function focusListFilter(): boolean {
  const input = document.querySelector<HTMLInputElement>("[data-list-search] input");
  input?.focus();
  input?.select();
  return input !== null;
}

const grids = "[role='grid'], [role='treegrid']";
const reachable = `${grids}, a[href], button:not([disabled]), input:not([disabled]), [tabindex='0']`;

/** Moves focus to the next pane of the window, or the one before; from a pane inside another to what comes after it. */
export function focusNextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + step + panes.length) % panes.length];
  const target =
    next?.querySelector<HTMLElement>(grids) ?? next?.querySelector<HTMLElement>(reachable) ?? next;
  target?.focus();
}

/** The keys that work on every page. Single letters are off while typing, in dialogs, and when switched off. */
export function useKeyboard({ go, openPalette, showShortcuts, readCacheAgain, lock, singleKeys }: KeyboardMeans): void {
  useEffect(() => {
    const always = (act: () => void) => (event: KeyboardEvent) => {
      event.preventDefault();
      act();
    };
    const alone = (act: () => void) => (event: KeyboardEvent) => {
      if (!singleKeys || isTyping(event)) return;
      event.preventDefault();
      act();
    };
    const letters = Object.fromEntries(
      places.map((place) => [`g ${place.key.toLowerCase()}`, alone(() => go(place.path))]),
    );
    return tinykeys(
      window,
      {
        "$mod+k": always(openPalette),
        "$mod+f": always(() => void focusListFilter()),
        "$mod+r": always(readCacheAgain),
        "$mod+Shift+l": always(lock),
        F5: always(readCacheAgain),
        F1: always(() => go("/help")),
        F6: always(() => focusNextPane(1)),
        "Shift+F6": always(() => focusNextPane(-1)),
        "/": alone(() => void focusListFilter()),
        "[Shift]+?": alone(showShortcuts),
        "g q": alone(() => go("/repair")),
        ...letters,
      },
      { ignore: () => false },
    );
  }, [go, openPalette, showShortcuts, readCacheAgain, lock, singleKeys]);
}
