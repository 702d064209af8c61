import { changeStates, type ChangeState } from "@contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { after, allows, changeEvents, type ChangeEvent } from "../../../src/main/features/changes/lifecycle.ts";

const events = Object.keys(changeEvents) as ChangeEvent[];
const walk = (from: ChangeState, steps: readonly ChangeEvent[]): ChangeState[] =>
  steps.reduce<ChangeState[]>(
    (path, step) => {
      const here = path.at(-1) ?? from;
      return [...path, after(here, step) ?? here];
    },
    [from],
  );

describe("the life of a change", () => {
  it("reaches Sending from Approved only, so that nothing leaves without approval and intent", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (steps) => {
        const path = walk("draft", steps);
        path.forEach((state, index) => {
          if (state === "sending" && path[index - 1] !== "sending") expect(path[index - 1]).toBe("approved");
        });
      }),
    );
  });

  it("never leaves Sending for a draft or a withdrawal: what may have reached the provider is settled first", () => {
    const fromSending = events.filter((event) => allows("sending", event)).map((event) => changeEvents[event].to);
    expect(fromSending.toSorted()).toEqual(["accepted", "approved", "outcome-unknown", "refused"]);
    expect(allows("outcome-unknown", "withdraw")).toBe(false);
    expect(allows("outcome-unknown", "edit")).toBe(false);
  });

  it("sends an unclear outcome again only by a person's own event", () => {
    const toApproved = events.filter(
      (event) => allows("outcome-unknown", event) && changeEvents[event].to === "approved",
    );
    expect(toApproved).toEqual(["send-again"]);
  });

  it("ends for good in Withdrawn; after Accepted it is only reversed, and that only put back", () => {
    expect(events.filter((event) => allows("withdrawn", event))).toEqual([]);
    expect(events.filter((event) => allows("reversed", event))).toEqual(["reinstate"]);
    expect(events.filter((event) => allows("accepted", event))).toEqual(["reverse"]);
  });

  it("can reach every state", () => {
    const reached = new Set<ChangeState>(["draft"]);
    for (let round = 0; round < changeStates.length; round += 1) {
      for (const state of reached) for (const event of events) reached.add(after(state, event) ?? state);
    }
    expect([...reached].toSorted()).toEqual([...changeStates].toSorted());
  });
});
