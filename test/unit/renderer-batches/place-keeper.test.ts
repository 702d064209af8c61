import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Result } from "@contract";
import { createPlaceKeeper, type Place } from "../../../src/renderer/features/batches/place-keeper.ts";

const start: Place = { id: 7 as never, step: "columns", reasonCategory: "", reason: "", authorisationRef: "" };

function keeper(answer: () => Result<unknown> = () => ({ ok: true, value: {} })) {
  const saved: Place[] = [];
  const kept = createPlaceKeeper({
    start,
    delayMs: 600,
    nowMs: () => 0,
    save: async (place) => {
      saved.push(place);
      return answer();
    },
  });
  return { kept, saved };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what a person typed on the way to sending", () => {
  it("is saved by itself a moment after they rest, as it is then", async () => {
    const { kept, saved } = keeper();
    kept.note({ ...start, reason: "Quarterly" });
    kept.note({ ...start, reason: "Quarterly review" });
    expect(kept.isDirty()).toBe(true);
    await vi.advanceTimersByTimeAsync(600);
    expect(saved).toEqual([{ ...start, reason: "Quarterly review" }]);
    expect(kept.isDirty()).toBe(false);
  });

  it("is saved at once when they leave, a half-made map too", async () => {
    const { kept, saved } = keeper();
    const columnDraft = { columns: [{ index: 0, target: "customerUID" as const }] };
    kept.note({ ...start, columnDraft });
    expect(await kept.saveNow()).toBe(true);
    expect(saved).toEqual([{ ...start, columnDraft }]);
  });

  it("is not saved where nothing changed, and stays unsaved where main could not take it", async () => {
    const failure = { code: "conflict", message: "No.", correlationId: "c" } as never;
    const { kept, saved } = keeper(() => ({ ok: false, failure }));
    kept.note({ ...start });
    expect(await kept.saveNow()).toBe(true);
    expect(saved).toEqual([]);
    kept.note({ ...start, step: "confirm" });
    expect(await kept.saveNow()).toBe(false);
    expect(kept.isDirty()).toBe(true);
  });
});
