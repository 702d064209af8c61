import type { BatchRow } from "@contract";
import type { ChangeCount } from "../changes/change-access.ts";
import type { BatchRecord } from "./batch-record.ts";

type Outcomes = BatchRow["outcomes"];
const none: Outcomes = {
  accepted: 0, reversed: 0, refused: 0, unknown: 0, conflict: 0, sending: 0, left: 0, waiting: 0, withdrawn: 0,
};

function outcomeOf({ state }: ChangeCount): keyof Outcomes {
  switch (state) {
    case "accepted":
      return "accepted";
    case "reversed":
      return "reversed";
    case "refused":
      return "refused";
    case "outcome-unknown":
      return "unknown";
    case "conflict":
    case "draft":
      return "conflict";
    case "sending":
      return "sending";
    case "approved":
      return "left";
    case "waiting-for-approval":
      return "waiting";
    case "withdrawn":
    case "rejected":
    case "expired":
      return "withdrawn";
    default:
      throw new Error(state satisfies never);
  }
}

const ended = new Set<BatchRecord["state"]>(["stopped", "withdrawn"]);

/** Every chosen row once: what its change came to, conflict where none could be made, left or withdrawn where none was. */
export function outcomesOf(
  batch: Pick<BatchRecord, "state" | "chosen" | "made" | "unmade">,
  counts: readonly ChangeCount[],
): Outcomes {
  const outcomes = { ...none };
  for (const count of counts) outcomes[outcomeOf(count)] += count.count;
  outcomes.conflict += batch.unmade;
  outcomes[ended.has(batch.state) ? "withdrawn" : "left"] += batch.chosen - batch.made - batch.unmade;
  return outcomes;
}

/** Rows with an outcome of whatever kind. */
export function doneOf({ accepted, reversed, refused, unknown, conflict, withdrawn }: Outcomes): number {
  return accepted + reversed + refused + unknown + conflict + withdrawn;
}
