import { changeStates, changeStateWords } from "@contract/change-state.ts";
import { expect, it } from "vitest";
import { stateLooks } from "../../../src/renderer/ui/status.tsx";

it("shows every state of a change with the word the contract gives it, and no other state", () => {
  expect(Object.keys(stateLooks)).toEqual([...changeStates]);
  for (const state of changeStates) expect(stateLooks[state].word).toBe(changeStateWords[state]);
});
