import { useEffect, useRef } from "react";

/** What a key press does on this page; keys are written "Ctrl Enter", "Ctrl Z", "E", "[". */
export type PageKeys = Readonly<Record<string, () => void>>;

function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", key];
  return parts.filter((part) => part !== "").join(" ");
}

/** Whether keys now go into a text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}

export interface PageKeyOptions {
  /** Whether single letters work; they never do while typing. */
  readonly singleKeys: boolean;
}

/** Keys of the page on screen. An open dialog, menu or list keeps them to itself. */
export function usePageKeys(keys: PageKeys, { singleKeys }: PageKeyOptions): void {
  const newest = useRef({ keys, singleKeys });
  useEffect(() => {
    newest.current = { keys, singleKeys };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = pressed(event);
      const act = newest.current.keys[name];
      if (act === undefined || event.defaultPrevented || event.shiftKey) return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null) return;
      if (!name.startsWith("Ctrl ") && (isTyping(event.target) || !newest.current.singleKeys)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
