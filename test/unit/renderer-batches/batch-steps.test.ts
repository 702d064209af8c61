import { describe, expect, it } from "vitest";
import {
  canShow, isPastSteps, landingStep, stepNote, type Step,
} from "../../../src/renderer/features/batches/batch-steps.ts";
import { draftOf, keptDraft, withTarget } from "../../../src/renderer/features/batches/column-draft.ts";
import { batchSample } from "./batch-sample.ts";

describe("the steps from a file to sending", () => {
  it("come back to where a person was, as far as the batch has come", () => {
    expect(landingStep(batchSample({ step: "confirm" }))).toBe("confirm");
    expect(landingStep(batchSample({ state: "columns" }))).toBe("file");
    expect(landingStep(batchSample({ state: "columns", step: "columns" }))).toBe("columns");
    expect(landingStep(batchSample({ state: "reading", step: "columns" }))).toBe("file");
    expect(landingStep(batchSample({ state: "checking" }))).toBe("check");
  });

  it("lead to where the rows are checked again when a check did not come to its end", () => {
    const ended = { state: "columns", message: "Vostro ended while this was being checked." };
    expect(landingStep(batchSample(ended))).toBe("columns");
    expect(landingStep(batchSample({ ...ended, step: "file" }))).toBe("columns");
    expect(landingStep(batchSample({ state: "columns", step: "check" }))).toBe("columns");
    expect(landingStep(batchSample({ state: "columns", step: "file" }))).toBe("file");
  });

  it("show problems first where there are any, else old and new", () => {
    expect(landingStep(batchSample({ counts: { "will-change": 4, blocked: 1 } }))).toBe("check");
    expect(landingStep(batchSample({ counts: { "will-change": 4 } }))).toBe("compare");
  });

  it("have no file and no columns where accounts were chosen in the list", () => {
    const chosen = batchSample({ source: "selection", columns: [] });
    expect(canShow("file", chosen)).toBe(false);
    expect(canShow("columns", chosen)).toBe(false);
    expect(canShow("compare", chosen)).toBe(true);
    expect(landingStep({ ...chosen, counts: { "will-change": 4, blocked: 1 } })).toBe("compare");
  });

  it("lead to Check where rows without a file are not compared yet", () => {
    const ended = { state: "columns", source: "undo", columns: [], message: "Not checked." };
    for (const step of [undefined, "file", "columns", "compare"] as const)
      expect(landingStep(batchSample({ ...ended, step }))).toBe("check");
    expect(["file", "columns", "check", "compare"].filter((step) => canShow(step as Step, batchSample(ended)))).toEqual([
      "check",
    ]);
  });

  it("say what each one found", () => {
    const batch = batchSample();
    expect(stepNote("columns", batch)).toBe("3 matched, 1 ignored");
    expect(stepNote("check", batch)).toBe("3 rows not sent");
    expect(stepNote("check", batchSample({ counts: { "not-found": 1 } }))).toBe("1 row not sent");
    expect(stepNote("compare", batch)).toBe("40 will change");
    expect(stepNote("compare", batchSample({ state: "columns" }))).toBe("old and new");
  });

  it("are not gone on to past columns that changed since the rows were checked", () => {
    const draft = withTarget(draftOf(batchSample(), []), 2, "ignore");
    const changed = keptDraft(batchSample(), draft);
    const batch = batchSample({ step: "confirm", columnDraft: changed });
    expect(["file", "columns"].every((step) => canShow(step as Step, batch, changed))).toBe(true);
    expect(["check", "compare", "confirm"].some((step) => canShow(step as Step, batch, changed))).toBe(false);
    expect(landingStep(batch, changed)).toBe("columns");
    expect(stepNote("columns", batch, changed)).toBe("2 matched, 2 ignored");
    expect(stepNote("check", batch, changed)).toBe("columns changed: check again");
    expect(stepNote("compare", batch, changed)).toBe("after the check");
    expect(stepNote("confirm", batch, changed)).toBe("after the check");
    const putBack = keptDraft(batch, withTarget(draft, 2, "debitExposureLimit"));
    expect(landingStep(batch, putBack)).toBe("confirm");
  });

  it("say that a saved map was used only where all of it was", () => {
    const columns = batchSample().columns.map((column) => ({ ...column, matchedBy: "saved-map" }));
    const mapped = batchSample({ columns, mapName: "Limits" });
    expect(stepNote("columns", mapped)).toBe("skipped, map “Limits”");
    const draft = withTarget(draftOf(mapped, []), 3, "costCenter");
    expect(stepNote("columns", mapped, keptDraft(mapped, draft))).toBe("4 matched, 0 ignored");
    expect(stepNote("columns", batchSample({ columns }))).toBe("3 matched, 1 ignored");
  });

  it("end when the batch is confirmed", () => {
    expect(isPastSteps("making")).toBe(true);
    expect(isPastSteps("paused")).toBe(true);
    expect(isPastSteps("compare")).toBe(false);
    expect(isPastSteps("failed")).toBe(false);
  });
});
