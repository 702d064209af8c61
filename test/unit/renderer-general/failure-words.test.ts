import { failureCodes } from "@contract/result.ts";
import { expect, it } from "vitest";
import { failureSentence, failureWords, fieldSentences } from "../../../src/renderer/bridge/failure-words.ts";

const failed = (code: (typeof failureCodes)[number], more: object = {}) => ({
  code,
  message: "Finzly did not answer in 30 s.",
  retryable: true,
  correlationId: "c-1",
  ...more,
});

it("has a title of its own for every failure, and keeps main's sentence", () => {
  const titles = failureCodes.map((code) => failureWords(failed(code)).title);
  expect(new Set(titles).size).toBe(failureCodes.length);
  for (const title of titles) expect(title).toMatch(/^[A-Z].*\.$/u);
  for (const code of failureCodes) expect(failureSentence(failed(code))).toContain("Finzly did not answer in 30 s.");
});

it("says what to do where the sentence does not", () => {
  expect(failureSentence(failed("outcome-unknown"))).toContain("Read the account again before you send anything.");
  expect(failureSentence(failed("internal"))).toContain("c-1");
  expect(failureWords(failed("provider-busy", { retryable: false })).advice).toBe("");
});

it("hands each field its sentence", () => {
  const fields = [
    { path: "name", message: "Taken." },
    { path: "next", message: "Too short." },
  ];
  expect([...fieldSentences(failed("input-invalid", { fields }))]).toEqual([
    ["name", "Taken."],
    ["next", "Too short."],
  ]);
  expect(fieldSentences(undefined).size).toBe(0);
});
