import { expect, it } from "vitest";
import { failureSentence } from "../../../src/renderer/bridge/failure-words.ts";

const correlationId = "3848a6ad-a434-4946-9cc8-3f081b599de7";

it("names the place in the log once", () => {
  const failure = { code: "internal", retryable: false, correlationId } as const;
  const named = failureSentence({ ...failure, message: "This was not done. The log has the details under 3848a6ad." });
  expect(named).toBe("This was not done. The log has the details under 3848a6ad.");
  expect(failureSentence({ ...failure, message: "This was not done." })).toBe(`This was not done. The log has it under ${correlationId}.`);
});
