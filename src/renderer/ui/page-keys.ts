import { useEffect, useRef } from "react";
import { isTyping, useSingleKeys } from "./typing.ts";

/** What a key press does on this page; keys are written "Ctrl Enter", "Ctrl Z", "E", "[". */
export type PageKeys = Readonly<Record<string, () => void>>;

function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", key];
  return parts.filter((part) => part !== "").join(" ");
}

/**
 * Keys of the page on screen, before the control in focus gets them (a button would take Ctrl Enter for a press). An open
 * dialog keeps them to itself; single letters never act while typing.
 */
export function usePageKeys(keys: PageKeys): void {
  const singleKeys = useSingleKeys();
  const newest = useRef({ keys, singleKeys });
  useEffect(() => {
    newest.current = { keys, singleKeys };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = pressed(event);
      const act = newest.current.keys[name];
      if (act === undefined || event.shiftKey) return;
      if (document.querySelector(".scrim") !== null) return;
      if (!name.startsWith("Ctrl ") && (isTyping(event) || !newest.current.singleKeys)) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}
