import type { Listeners } from "../../core/listeners.ts";
import {
  acceptedOfBatch,
  closeUnsentOfBatch,
  countsOfBatch,
  madeRowsOfBatch,
  outcomesOfBatch,
  releaseHeldOfBatch,
  setAsideOfBatch,
  unsentRowsOfBatch,
  withdrawLeftOfBatch,
} from "./batch-changes.ts";
import type { ChangeAccess, SendAnswer } from "./change-access.ts";
import { makeSubmitted, type MakingDependencies } from "./make-submitted.ts";
import { countToCompare } from "./restored-store.ts";
import { setGate } from "./store.ts";

/** The side of changes that batches stand on; nothing here sends or judges in another way than a single change does. */
export function createBatchSide(
  deps: MakingDependencies,
  told: { readonly moved: Listeners<void>; readonly answers: Listeners<SendAnswer> },
  wake: () => void,
): ChangeAccess {
  const { audit } = deps;
  return {
    makeSubmitted: (writer, wanted, deed) => makeSubmitted(deps, writer, wanted, deed),
    setGate,
    releaseHeld: releaseHeldOfBatch,
    withdrawLeft: (writer, batchId, reason, limit, deed) =>
      withdrawLeftOfBatch(writer, audit, batchId, { reason, limit }, deed),
    closeUnsent: (writer, batchId, reason, limit, deed) =>
      closeUnsentOfBatch(writer, audit, batchId, { reason, limit }, deed),
    waitsForComparing: countToCompare,
    countsOf: countsOfBatch,
    outcomesOf: outcomesOfBatch,
    madeRows: madeRowsOfBatch,
    acceptedOf: acceptedOfBatch,
    unsentRows: unsentRowsOfBatch,
    setAsideOf: setAsideOfBatch,
    wake,
    onMoved: told.moved.listen,
    onAnswer: told.answers.listen,
  };
}
