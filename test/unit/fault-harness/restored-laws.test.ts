import { describe, expect, it } from "vitest";
import { checkLaws } from "../../support/fault-harness/laws.ts";
import { attempt, type Bent, broken, evidence, type LooseRow, request, sent } from "./sample-evidence.ts";

const approved = sent.slice(0, 1);
const noticed: LooseRow = { action: "workspace.restored", subject: "workspace" };
const lost = { putBackAtMs: 1500, attempts: [{ ...attempt, id: -7 }] };
const asked = { before: { state: "approved" }, personId: 1 };
const found: LooseRow = { action: "change.accept", ...asked, after: { state: "accepted", compared: "applied" } };
const absent: LooseRow = { action: "change.compare", personId: 1, after: { state: "approved", compared: "not-applied" } };
const released: LooseRow = { action: "change.wait", ...asked, after: { state: "approved" } };

const foundThere: Bent = { lost, attempts: [], audit: [...approved, noticed, found] };
const sentLater = [{ ...attempt, startedAtMs: 2000, finishedAtMs: 2050 }];
const requests = [
  { ...request, applied: false },
  { ...request, seq: 2, atMs: 2010, appliedAtMs: 2011 },
];
const sentAfter = (...rows: readonly LooseRow[]): Bent => ({
  lost,
  attempts: sentLater,
  requests,
  audit: [...approved, ...rows, ...sent.slice(1)],
});

describe("the laws, where an older copy of the file was put back", () => {
  it("find nothing in a change that a person's comparison found there", () => {
    expect(checkLaws(evidence(foundThere))).toEqual([]);
  });

  it("find nothing in a change that was compared, was absent and was released", () => {
    expect(checkLaws(evidence(sentAfter(noticed, absent, released)))).toEqual([]);
  });

  it("believe an acceptance without an attempt only when its trail says that a person compared", () => {
    const plain = { ...found, after: { state: "accepted" } };
    const { personId: _nobody, ...byItself } = found;
    expect(broken({ ...foundThere, audit: [...approved, noticed, plain] })).toContain("L2");
    expect(broken({ ...foundThere, audit: [...approved, noticed, byItself] })).toContain("L2");
    expect(broken({ ...foundThere, lost: { ...lost, attempts: [] }, requests: [] })).toContain("L2");
    expect(broken({ ...foundThere, requests: [{ ...request, applied: false }] })).toContain("L2");
  });

  it("see what left without a comparison, without a person's word, or from a file nobody noticed", () => {
    expect(broken(sentAfter(noticed))).toEqual(["L4", "L10"]);
    expect(broken(sentAfter(noticed, absent))).toEqual(["L4", "L10"]);
    expect(broken(sentAfter(noticed, released, absent))).toEqual(["L4", "L10"]);
    expect(broken(sentAfter())).toEqual(["L4", "L10"]);
    expect(broken({ ...sentAfter(noticed), lost: { ...lost, attempts: [] } })).toContain("L10");
  });

  it("still see an update more than both files journalled", () => {
    const twice = [request, { ...request, seq: 2, atMs: 1600, appliedAtMs: 1601 }];
    expect(broken({ ...foundThere, requests: twice })).toEqual(["L3", "L5"]);
  });
});
