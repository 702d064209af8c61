import { createContext, useContext } from "react";

/** Something a person typed that main may not hold yet. */
export interface Unsaved {
  /** What it is, in words: "The draft of Payroll Clearing". */
  readonly name: string;
  readonly isDirty: () => boolean;
  /** Saves it now; false when it could not be saved. */
  readonly save: () => Promise<boolean>;
}

export interface UnsavedWork {
  /** Keeps watch over it until the function returned is called. */
  hold(unsaved: Unsaved): () => void;
  isDirty(): boolean;
  /** Saves whatever is not saved; the names of what could not be. */
  saveAll(): Promise<readonly string[]>;
}

export function createUnsavedWork(): UnsavedWork {
  const held = new Set<Unsaved>();
  const dirty = () => [...held].filter((unsaved) => unsaved.isDirty());
  return {
    hold(unsaved) {
      held.add(unsaved);
      return () => held.delete(unsaved);
    },
    isDirty: () => dirty().length > 0,
    async saveAll() {
      const outcomes = await Promise.all(
        dirty().map(async (unsaved) => ({ name: unsaved.name, isSaved: await unsaved.save() })),
      );
      return outcomes.filter((outcome) => !outcome.isSaved).map((outcome) => outcome.name);
    },
  };
}

export const UnsavedWorkContext = createContext<UnsavedWork>({
  hold: () => () => undefined,
  isDirty: () => false,
  saveAll: () => Promise.resolve([]),
});

/** What is typed on screen and not saved yet: whoever leaves the page saves it first. */
export function useUnsavedWork(): UnsavedWork {
  return useContext(UnsavedWorkContext);
}

const modifiers: readonly string[] = ["Control", "Alt", "Meta"];

/** Saves on what comes before a window closes: a key held for a shortcut, the pointer off the page, another window. */
export function saveBeforeLeaving(save: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (modifiers.includes(event.key)) save();
  };
  const page = document.documentElement;
  window.addEventListener("pagehide", save);
  window.addEventListener("blur", save);
  window.addEventListener("keydown", onKeyDown, true);
  page.addEventListener("mouseleave", save);
  return () => {
    window.removeEventListener("pagehide", save);
    window.removeEventListener("blur", save);
    window.removeEventListener("keydown", onKeyDown, true);
    page.removeEventListener("mouseleave", save);
    save();
  };
}
