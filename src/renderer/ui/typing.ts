import { createContext, useContext } from "react";

const fields = "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable]";
const overlays = "[role='dialog'], [role='alertdialog'], [role='listbox'], [role='menu']";

/** Whether a key press belongs to a field or a dialog, so that single letters must stay letters. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  return target.closest(`${fields}, ${overlays}`) !== null;
}

/** Whether keys without Ctrl do something; a person may switch them off. */
export const SingleKeysContext = createContext(true);

export function useSingleKeys(): boolean {
  return useContext(SingleKeysContext);
}
