import type { Evidence, Law, Violation } from "./evidence.ts";
import { batchesKeepTheirRows } from "./law-batches.ts";
import { foreignChangesStay } from "./law-moved.ts";
import { everyApprovedChangeEnds, outcomesAreTrue } from "./law-outcomes.ts";
import { noSecretInLogs, recordsAreWhole } from "./law-records.ts";
import { olderFilesAreCompared } from "./law-restored.ts";
import {
  noMoreApplicationsThanAttempts,
  noOtherHost,
  noRequestWithoutIntent,
  secondSendsHaveAReason,
} from "./law-sending.ts";

/** The laws of sending, each judged from what the servers saw, the app's file and its logs alone. */
export const laws = {
  L1: everyApprovedChangeEnds,
  L2: outcomesAreTrue,
  L3: noMoreApplicationsThanAttempts,
  L4: secondSendsHaveAReason,
  L5: noRequestWithoutIntent,
  L6: recordsAreWhole,
  L7: noOtherHost,
  L8: noSecretInLogs,
  L9: batchesKeepTheirRows,
  L10: olderFilesAreCompared,
  L11: foreignChangesStay,
} as const satisfies Readonly<Record<string, Law>>;

export type LawName = keyof typeof laws;

/** Every violation of every law, with what replays its run. */
export function checkLaws(evidence: Evidence): Violation[] {
  return Object.entries(laws).flatMap(([law, judge]: [string, Law]) =>
    judge(evidence).map((what) => ({ law, what, ...evidence.replay })),
  );
}
