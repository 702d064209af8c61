import { useCallback, useMemo, useState } from "react";
import { createUnsavedWork, type UnsavedWork } from "../ui/index.ts";

const longestSaveMs = 2_000;

export interface Leaving {
  readonly work: UnsavedWork;
  /** Saves what is typed, then acts; asks first where it could not be saved. */
  readonly leave: (act: () => void) => void;
  /** Saves what can be saved in a moment, then acts in any case. */
  readonly leaveAtOnce: (act: () => void) => void;
  /** What could not be saved, while the question is open. */
  readonly unsaved: readonly string[] | undefined;
  readonly stay: () => void;
  readonly leaveAnyway: () => void;
}

interface Question {
  readonly names: readonly string[];
  readonly act: () => void;
}

/** Nothing typed is lost by going elsewhere, locking or signing out without a person being told. */
export function useLeaving(): Leaving {
  const [work] = useState(createUnsavedWork);
  const [question, setQuestion] = useState<Question>();
  const leave = useCallback(
    (act: () => void) => {
      if (!work.isDirty()) return act();
      void work.saveAll().then((names) => (names.length === 0 ? act() : setQuestion({ names, act })));
    },
    [work],
  );
  const leaveAtOnce = useCallback(
    (act: () => void) => {
      if (!work.isDirty()) return act();
      const inTime = new Promise((resolve) => {
        setTimeout(resolve, longestSaveMs);
      });
      void Promise.race([work.saveAll(), inTime]).then(act);
    },
    [work],
  );
  const stay = useCallback(() => setQuestion(undefined), []);
  return useMemo(
    () => ({
      work,
      leave,
      leaveAtOnce,
      unsaved: question?.names,
      stay,
      leaveAnyway: () => {
        setQuestion(undefined);
        question?.act();
      },
    }),
    [work, leave, leaveAtOnce, question, stay],
  );
}
