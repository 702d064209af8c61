import { expect, it } from "vitest";
import type { BatchId, BatchProgress } from "@contract";
import { createProgressTeller } from "../../../src/main/features/batches/progress.ts";

it("tells the time left of a file whose rows are not counted yet, and no number of rows it does not know", () => {
  const told: BatchProgress[] = [];
  let nowMs = 0;
  const progress = createProgressTeller(
    (name, payload) => void (name === "batches.progress" && told.push(payload as BatchProgress)),
    { monotonicMs: () => nowMs },
  );
  for (const rowsDone of [0, 20_000, 40_000]) {
    progress.tell({ id: 1 as BatchId, state: "reading", rowsDone, rowsAbout: 100_000 });
    nowMs += 2000;
  }
  expect(told.at(-1)).toEqual({ id: 1, state: "reading", rowsDone: 40_000, perSecond: 10_000, leftMs: 6000 });
});
