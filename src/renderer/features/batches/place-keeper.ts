import type { InputOf, Result } from "@contract";
import { createAutosave, isUnsaved } from "../../bridge/autosave.ts";

export type Place = InputOf<"batches.keepPlace">;

export interface PlaceKeeper {
  /** Where the person is and what they typed, as it is now; saved a moment after it changed. */
  note(place: Place): void;
  isDirty(): boolean;
  /** Saves what is not saved yet; false when it could not be saved. */
  saveNow(): Promise<boolean>;
}

export interface PlaceKeeperParts {
  /** What main holds already. */
  readonly start: Place;
  readonly save: (place: Place) => Promise<Result<unknown>>;
  readonly delayMs: number;
  readonly nowMs: () => number;
}

/** Keeps in main where a person is in a batch, without being asked to. */
export function createPlaceKeeper({ start, save, delayMs, nowMs }: PlaceKeeperParts): PlaceKeeper {
  let newest = start;
  let noted = JSON.stringify(start);
  const autosave = createAutosave({ delayMs, nowMs, save: () => save(newest) });
  return {
    note(place) {
      newest = place;
      const words = JSON.stringify(place);
      if (words === noted) return;
      noted = words;
      autosave.touch();
    },
    isDirty: () => isUnsaved(autosave.state()),
    saveNow: async () => (await autosave.flush()).kind !== "failed",
  };
}
