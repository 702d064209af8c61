import { describe, expect, it } from "vitest";
import { faultFrom, noFault } from "../../../src/renderer/features/training/fault-values.ts";

const kind = (parameters: string[]) => ({ name: "late-apply", label: "Late", sentence: "Applies late.", parameters });
const typed = {
  ...noFault,
  route: "accounts.update",
  kind: "late-apply",
  delayMs: " 1500 ",
  retryAfter: "3",
  field: "currency",
  value: "EUR",
};

describe("a fault as typed", () => {
  it("takes only the parameters its kind knows", () => {
    expect(faultFrom(typed, kind(["delayMs"]))).toEqual({
      ok: true,
      fault: { route: "accounts.update", kind: "late-apply", times: 1, delayMs: 1500 },
    });
    expect(faultFrom({ ...typed, lasts: "always" }, kind(["field", "value"]))).toEqual({
      ok: true,
      fault: { route: "accounts.update", kind: "late-apply", times: 0, field: "currency", value: "EUR" },
    });
  });

  it("says what is missing", () => {
    const sentences = [
      faultFrom({ ...typed, route: undefined }, kind([])),
      faultFrom(typed, undefined),
      faultFrom({ ...typed, delayMs: "soon" }, kind(["delayMs"])),
      faultFrom({ ...typed, delayMs: "600001" }, kind(["delayMs"])),
      faultFrom({ ...typed, field: " " }, kind(["field"])),
    ];
    expect(sentences.map((made) => made.ok)).toEqual([false, false, false, false, false]);
  });
});
