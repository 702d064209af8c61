import { useEffect, useRef, type RefObject } from "react";

/**
 * When a press takes its own button away (another step, another page of the same thing), focus would be lost: it goes
 * to the grid inside the element, or to the element's first pane. Whoever set focus elsewhere meanwhile keeps it.
 */
export function useFocusRescue(element: RefObject<HTMLElement | null>, place: string): void {
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const { current } = element;
    const target =
      current?.querySelector<HTMLElement>("[role='grid'], [role='treegrid']") ??
      current?.querySelector<HTMLElement>("[data-pane]");
    target?.focus();
  }, [element, place]);
}
