import type { SendAnswer } from "../changes/change-access.ts";

/**
 * Says when a batch should no longer go on by itself: the provider gave `unclearInARow` unclear answers one after the
 * other, or a change used up its tries while nothing else was answered either. Says why in a sentence.
 */
export interface Breaker {
  readonly note: (answer: Pick<SendAnswer, "changeId" | "kind" | "message" | "tries" | "held">) => string | undefined;
}

export function createBreaker(unclearInARow = 5): Breaker {
  let unclear = 0;
  let answered = 0;
  /** How many answers had come when a change was first turned away. */
  const firstTurnedAway = new Map<number, number>();
  return {
    note: ({ changeId, kind, message, tries, held }) => {
      switch (kind) {
        case "answered":
          unclear = 0;
          answered += 1;
          firstTurnedAway.delete(changeId);
          return undefined;
        case "unknown":
          unclear += 1;
          return unclear >= unclearInARow
            ? `${unclear} changes in a row got no clear answer. The last one: ${message}`
            : undefined;
        case "busy": {
          if (tries === 0 || !firstTurnedAway.has(changeId)) firstTurnedAway.set(changeId, answered);
          const nothingSince = firstTurnedAway.get(changeId) === answered;
          if (held) firstTurnedAway.delete(changeId);
          return held && nothingSince ? `The provider cannot take changes now. ${message}` : undefined;
        }
        case "sign-in":
          return message;
        default:
          throw new Error(kind satisfies never);
      }
    },
  };
}
