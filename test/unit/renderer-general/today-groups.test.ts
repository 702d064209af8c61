import type { ChangeId, ChangeRow, ChangeState } from "@contract";
import { changeStates } from "@contract/change-state.ts";
import { expect, it } from "vitest";
import { todayGroups } from "../../../src/renderer/features/workspace/today-groups.ts";

const row = (id: number, state: ChangeState) => ({ id: id as ChangeId, state }) as ChangeRow;

it("puts what needs a person first, each change once, and leaves out what needs nobody", () => {
  const rows = changeStates.map((state, at) => row(at + 1, state));
  const groups = todayGroups([...rows, row(1, "draft"), row(20, "outcome-unknown")]);
  expect(groups.map((group) => [group.state, group.rows.length])).toEqual([
    ["outcome-unknown", 2],
    ["conflict", 1],
    ["refused", 1],
    ["rejected", 1],
    ["expired", 1],
    ["waiting-for-approval", 1],
    ["draft", 1],
  ]);
});
