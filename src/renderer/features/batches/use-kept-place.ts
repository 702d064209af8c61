import { useEffect, useState } from "react";
import { restBeforeSaveMs } from "../../bridge/autosave.ts";
import { call } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { saveBeforeLeaving, useUnsavedWork } from "../../ui/index.ts";
import { createPlaceKeeper, type Place } from "./place-keeper.ts";

export interface KeptPlace {
  /** The batch's name, for the question asked where it could not be saved. */
  readonly name: string;
  readonly place: Place;
  /** Whether the person did anything here; looking on keeps nothing. */
  readonly isTouched: boolean;
}

/** Main remembers where a person is and what they chose and typed, so that leaving, a lock or a restart loses nothing. */
export function useKeptPlace({ name, place, isTouched }: KeptPlace): void {
  const [keeper] = useState(() =>
    createPlaceKeeper({
      start: place,
      save: (newest) => call("batches.keepPlace", newest),
      delayMs: restBeforeSaveMs,
      nowMs: Date.now,
    }),
  );
  const mayEdit = useMayEdit();
  useEffect(() => {
    if (isTouched && mayEdit) keeper.note(place);
  }, [keeper, place, isTouched, mayEdit]);
  const work = useUnsavedWork();
  useEffect(
    () =>
      work.hold({
        name: `What was chosen for “${name}”`,
        isDirty: () => keeper.isDirty(),
        save: () => keeper.saveNow(),
      }),
    [work, keeper, name],
  );
  useEffect(() => saveBeforeLeaving(() => void keeper.saveNow()), [keeper]);
}
