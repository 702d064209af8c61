import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../src/main/http/client.ts";
import { readDocument } from "../../../src/main/providers/finicity/outcomes.ts";
import { readRecordsOf } from "../../../src/main/providers/signzy/outcomes.ts";

const answerOf = (status: number, body: unknown): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify(body)),
  elapsedMs: 1,
});
function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
const statuses = [400, 401, 403, 404, 408, 418, 429, 500, 503] as const;

describe("the provider's code of a read that failed, alone in its answer", () => {
  it.each(statuses)("is kept of Finicity's %i", (status) => {
    const answer = answerOf(status, { code: 103 });
    expect(thrownBy(() => readDocument(answer, 0, () => undefined))).toMatchObject({ details: { providerCode: "103" } });
  });

  it.each(statuses)("is kept of Signzy's %i", (status) => {
    const answer = answerOf(status, { error: { code: 103 } });
    expect(thrownBy(() => readRecordsOf(answer, "1", 0))).toMatchObject({ details: { providerCode: "103" } });
  });

  it("is shown", () => {
    const finicity = thrownBy(() => readDocument(answerOf(500, { code: 103 }), 0, () => undefined));
    const signzy = thrownBy(() => readRecordsOf(answerOf(500, { error: { code: 103 } }), "1", 0));
    expect([finicity, signzy].map(String)).toEqual([
      expect.stringContaining("Finicity gives the code 103."),
      expect.stringContaining("Signzy gives the code 103."),
    ]);
  });
});
