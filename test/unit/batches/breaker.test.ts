import type { ChangeId } from "@contract";
import { describe, expect, it } from "vitest";
import { createBreaker } from "../../../src/main/features/batches/breaker.ts";

const id = (value: number) => value as ChangeId;
const unclear = { changeId: id(1), kind: "unknown", message: "No answer.", tries: 0, held: false } as const;
const answered = { ...unclear, kind: "answered" } as const;
const busy = (changeId: number, tries: number, held = false) =>
  ({ changeId: id(changeId), kind: "busy", message: "503.", tries, held }) as const;

describe("the breaker of a batch", () => {
  it("opens after so many unclear answers in a row, and only in a row", () => {
    const breaker = createBreaker(3);
    const said = [unclear, unclear, answered, unclear, unclear].map((answer) => breaker.note(answer));
    expect(said).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(breaker.note(unclear)).toBe("3 changes in a row got no clear answer. The last one: No answer.");
  });

  it("opens when a change used up its tries and nothing else was answered meanwhile", () => {
    const breaker = createBreaker();
    expect([busy(1, 0), busy(2, 0), busy(1, 1)].map((answer) => breaker.note(answer))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(breaker.note(busy(1, 2, true))).toBe("The provider cannot take changes now. 503.");
  });

  it("lets one poor change wait while the others are answered", () => {
    const breaker = createBreaker();
    breaker.note(busy(1, 0));
    breaker.note({ ...answered, changeId: id(2) });
    expect(breaker.note(busy(1, 1, true))).toBeUndefined();
  });

  it("opens at once when the sign-in is refused", () => {
    expect(createBreaker().note({ ...unclear, kind: "sign-in", message: "Not accepted." })).toBe("Not accepted.");
  });
});
