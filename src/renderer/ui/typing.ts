import { createContext, useContext } from "react";

/** Whether a key press belongs to a field or a dialog, so that single letters must stay letters. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  return target.closest("input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable], [role='dialog'], [role='alertdialog'], [role='listbox'], [role='menu']") !== null;
}

/** Whether keys without Ctrl do something; a person may switch them off. */
export const SingleKeysContext = createContext(true);

export function useSingleKeys(): boolean {
  return useContext(SingleKeysContext);
}
