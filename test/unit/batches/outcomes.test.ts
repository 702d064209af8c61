import { changeStates, type BatchRow, type ChangeState } from "@contract";
import { describe, expect, it } from "vitest";
import { outcomesOf } from "../../../src/main/features/batches/outcomes.ts";
import { outcomeOf } from "../../../src/main/features/batches/worker/batch-outcomes.ts";
import { batchSample } from "../renderer-batches/batch-sample.ts";
import { outcomeTabs } from "../../../src/renderer/features/batches/batch-rows.tsx";
import { outcomeShare } from "../../../src/renderer/features/batches/progress-words.ts";

const counted = (state: ChangeState): BatchRow["outcomes"] =>
  outcomesOf({ state: "finished", chosen: 1, made: 1, unmade: 0 }, [{ state, held: false, count: 1 }]);

describe("the outcomes of a batch", () => {
  it.each(changeStates)("count, filter and tab say the same of a change that is %s", (state) => {
    const outcomes = counted(state);
    expect(Object.entries(outcomes).filter(([, count]) => count > 0)).toEqual([[outcomeOf[state], 1]]);
    const shown = outcomeTabs(batchSample({ outcomes })).filter(({ count }) => count === 1);
    expect(shown.map(({ id }) => id)).toEqual(["all", outcomeOf[state]]);
    expect(outcomeShare(outcomes).total).toBe(1);
  });

  it("tell what was accepted and stands apart from what was put back", () => {
    expect(counted("reversed")).toMatchObject({ accepted: 0, reversed: 1 });
  });
});
