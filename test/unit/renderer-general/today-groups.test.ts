import type { ChangeId, ChangeRow, ChangeState } from "@contract";
import { expect, it } from "vitest";
import { todayGroups } from "../../../src/renderer/features/workspace/today-groups.ts";

const row = (id: number, state: ChangeState) => ({ id: id as ChangeId, state }) as ChangeRow;

const attention: readonly ChangeState[] = ["expired", "approved", "rejected", "refused", "conflict", "outcome-unknown"];

it("puts what needs a person first, each change once, what is held back among them", () => {
  const groups = todayGroups([
    { view: "attention", rows: [...attention.map((state, at) => row(at + 1, state)), row(20, "outcome-unknown")] },
    { view: "waiting", rows: [row(30, "waiting-for-approval"), row(1, "waiting-for-approval")] },
    { view: "drafts", rows: [row(40, "draft"), row(40, "draft")] },
  ]);
  expect(groups.map((group) => [group.state, group.rows.length])).toEqual([
    ["outcome-unknown", 2],
    ["conflict", 1],
    ["refused", 1],
    ["rejected", 1],
    ["expired", 1],
    ["approved", 1],
    ["waiting-for-approval", 1],
    ["draft", 1],
  ]);
});

it("leaves out what goes by itself or needs nobody", () => {
  const groups = todayGroups([
    { view: "sending", rows: [row(1, "approved"), row(2, "sending")] },
    { view: "finished", rows: [row(3, "accepted"), row(4, "withdrawn")] },
  ]);
  expect(groups).toEqual([]);
});
