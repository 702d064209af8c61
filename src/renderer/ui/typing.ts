import { createContext, useContext } from "react";

const typingPlaces = [
  "input:not([type='checkbox'], [type='radio'])",
  ...["textarea", "select", "[contenteditable]"],
  ...["dialog", "alertdialog", "listbox", "menu"].map((role) => `[role='${role}']`),
].join(", ");

/** Whether a key press belongs to a field or a dialog, so that single letters must stay letters. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      typingPlaces,
    ) !== null
  );
}

/** Whether keys without Ctrl do something; a person may switch them off. */
export const SingleKeysContext = createContext(true);

export function useSingleKeys(): boolean {
  return useContext(SingleKeysContext);
}
