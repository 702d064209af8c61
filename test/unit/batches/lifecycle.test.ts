import { batchStates, type BatchState } from "@contract";
import { describe, expect, it } from "vitest";
import { afterBatchEvent, batchEvents, type BatchEvent } from "../../../src/main/features/batches/lifecycle.ts";

const events = Object.keys(batchEvents) as BatchEvent[];
const walk = (state: BatchState, ...given: BatchEvent[]): BatchState | undefined =>
  given.reduce<BatchState | undefined>((now, event) => (now === undefined ? now : afterBatchEvent(now, event)), state);

describe("the life of a batch", () => {
  it("leads from its rows to its last outcome", () => {
    expect(walk("reading", "read", "check", "compare", "confirm", "send", "pause", "resume", "finish")).toBe(
      "finished",
    );
    expect(walk("reading", "read-rows", "compare", "confirm", "wait", "send", "stop")).toBe("stopped");
    expect(walk("compare", "read-again", "keep-compare", "confirm")).toBe("making");
    expect(walk("making", "pause", "resume-making", "send")).toBe("sending");
  });

  it("changes nothing of the plan once it is confirmed", () => {
    for (const state of ["making", "waiting", "sending", "paused", "stopped", "finished"] as const) {
      for (const event of ["read-again", "set-columns", "check", "check-again", "compare", "confirm"] as const) {
        expect(afterBatchEvent(state, event)).toBeUndefined();
      }
    }
  });

  it("never leaves its ends", () => {
    for (const state of ["finished", "stopped", "withdrawn"] as const) {
      expect(events.filter((event) => afterBatchEvent(state, event) !== undefined)).toEqual([]);
    }
  });

  it("reaches every state from reading", () => {
    const reached = new Set<BatchState>(["reading"]);
    for (let round = 0; round < batchStates.length; round += 1) {
      for (const state of Array.from(reached))
        for (const event of events) reached.add(afterBatchEvent(state, event) ?? state);
    }
    expect([...reached].toSorted()).toEqual([...batchStates].toSorted());
  });
});
