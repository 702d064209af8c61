import { describe, expect, it } from "vitest";
import {
  approvalReason,
  broughtWords,
  confirmFormOf,
  confirmInput,
  confirmLabel,
  confirmProblems,
  effectSentence,
  mustType,
  mustTypeCount,
  notSentWords,
  wholeNumber,
} from "../../../src/renderer/features/batches/confirm-form.ts";
import { batchSample } from "./batch-sample.ts";

const totals = batchSample().totals;
const many = batchSample({ totals: { ...totals, chosen: 1_284 } });
const risky = batchSample({ totals: { ...totals, risk: { high: 1, medium: 0, low: 37 } } });
const form = confirmFormOf(batchSample());
const fieldsOf = (batch: typeof many, part: Partial<typeof form> = {}) =>
  confirmProblems(batch, { ...form, ...part }).map((problem) => problem.field);

describe("confirming a batch", () => {
  it("names verb, count, object and environment", () => {
    expect(confirmLabel(many)).toBe("Send 1,284 changes to Finzly TRAINING");
    expect(confirmLabel(batchSample({ environment: "production", totals: { ...totals, chosen: 1 } }))).toBe(
      "Send 1 change to Finzly PRODUCTION",
    );
  });

  it("says which rows wait for a second person, why, and that the others go", () => {
    const all = { ...many, approvals: 1_284 };
    expect(confirmLabel(all)).toBe("Submit 1,284 changes for approval");
    expect(effectSentence(all)).toContain("Nothing is sent until another person approves it.");
    const some = { ...many, approvals: 37, totals: { ...many.totals, risk: { high: 37, medium: 1_200, low: 47 } } };
    expect(confirmLabel(some)).toBe("Send 1,247 changes to Finzly TRAINING, submit 37 for approval");
    expect(effectSentence(some)).toMatch(/as soon as Finzly accepts it.* 37 changes wait for another person/u);
    expect(approvalReason(some)).toBe("This workspace’s rule asks a second person for High risk.");
    expect(approvalReason({ ...some, approvals: 0 })).toContain("when they were confirmed");
  });

  it("says what the rows that are not sent are", () => {
    expect(notSentWords({ counts: { "will-change": 5 } })).toBe("none");
    expect(notSentWords({ counts: { blocked: 490, "no-change": 1, "duplicate-key": 98 } })).toBe(
      "490 blocked, 98 with a duplicate key, 1 already so",
    );
  });

  it("asks to type the count above 100 rows or for any High risk", () => {
    expect(mustTypeCount(batchSample())).toBe(false);
    expect(mustTypeCount(batchSample({ totals: { ...totals, chosen: 100 } }))).toBe(false);
    expect(mustTypeCount(batchSample({ totals: { ...totals, chosen: 101 } }))).toBe(true);
    expect(mustTypeCount(risky)).toBe(true);
    expect(fieldsOf(many, { typedCount: "1283" })).toEqual(["typedCount"]);
    expect(fieldsOf(many, { typedCount: "1,284" })).toEqual([]);
    expect(confirmInput(many, { ...form, typedCount: "1,284" }).typedCount).toBe(1_284);
  });

  it("wants reason and authorisation of High risk, unless the file brings them", () => {
    expect(fieldsOf(risky, { typedCount: "38" })).toEqual(["reason", "authorisationRef"]);
    expect(fieldsOf(risky, { typedCount: "38", reason: "Review", authorisationRef: "CRM-1" })).toEqual([]);
    const all = { reason: { rows: 0, high: 0 }, authorisationRef: { rows: 1, high: 1 } };
    const own = batchSample({ totals: { ...risky.totals, brings: all } });
    expect(fieldsOf(own, { typedCount: "38", reason: "Review" })).toEqual([]);
  });

  it("asks for what some High-risk row does not bring, though the others do, and says how many bring it", () => {
    const risk = { high: 12, medium: 0, low: 26 };
    const brings = { reason: { rows: 38, high: 12 }, authorisationRef: { rows: 30, high: 9 } };
    const batch = batchSample({ totals: { ...totals, risk, brings } });
    expect(confirmProblems(batch, { ...form, typedCount: "38" })).toEqual([
      {
        field: "authorisationRef",
        message: "High-risk changes need an authorisation reference: 3 rows bring none of their own.",
      },
    ]);
    expect([mustType(batch, "reason"), mustType(batch, "authorisationRef")]).toEqual([false, true]);
    expect(broughtWords(batch, "authorisationRef")).toBe("30 rows bring their own; the other 8 take this one.");
    expect(broughtWords(batch, "reason")).toBe("Every row brings its own; this one is not used.");
    expect(broughtWords(risky, "reason")).toBeUndefined();
  });

  it("sends nothing when no row is chosen", () => {
    expect(fieldsOf(batchSample({ totals: { ...totals, chosen: 0 } }))).toEqual([""]);
  });

  it("stops after some refusals only when a person says so", () => {
    expect(confirmInput(many, form).stopAfterRefusals).toBeUndefined();
    expect(confirmInput(many, { ...form, stops: true, stopAfter: "25" }).stopAfterRefusals).toBe(25);
    expect(fieldsOf(batchSample(), { stops: true, stopAfter: "0" })).toEqual(["stopAfter"]);
    expect([wholeNumber("12"), wholeNumber("1.5"), wholeNumber("-3"), wholeNumber("")]).toEqual([
      12,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("keeps a reason to 255 characters", () => {
    expect(fieldsOf(batchSample(), { reason: "é".repeat(255) })).toEqual([]);
    expect(fieldsOf(batchSample(), { reason: "x".repeat(256) })).toEqual(["reason"]);
  });
});
