import { describe, expect, it } from "vitest";
import { undoLines } from "../../../src/renderer/features/batches/follow-ups.tsx";
import { withdrawnWords } from "../../../src/renderer/features/batches/withdrawn-batch.tsx";
import { batchSample } from "./batch-sample.ts";

const none = { reversed: 0, kept: 0, couldNot: 0, refused: 0, unknown: 0, withdrawn: 0, undone: 0 };
const lines = (undo: Partial<typeof none>, toSendAgain = 0) =>
  undoLines(batchSample({ undo: { ...none, ...undo }, toSendAgain })).map(({ count, words }) => `${count} ${words}`);

describe("what became of an undo", () => {
  it("names a refused row as refused, and as one that can be sent again only while it can", () => {
    expect(lines({ reversed: 2, refused: 1 }, 1)).toEqual([
      "2 reversed",
      "0 kept, because they changed since",
      "0 could not be put back",
      "1 refused by the provider, can be sent again",
    ]);
    expect(lines({ reversed: 2, refused: 1 }).at(-1)).toBe("1 refused by the provider");
  });

  it("tells apart what was undone again, what is unclear and what was taken back", () => {
    expect(lines({ undone: 4, unknown: 1, withdrawn: 2 })).toEqual([
      "0 reversed",
      "4 reversed, and undone again since",
      "0 kept, because they changed since",
      "0 could not be put back",
      "1 of unknown outcome",
      "2 withdrawn, not sent",
    ]);
  });
});

it("says who withdrew a batch and when, as far as that is known", () => {
  expect(withdrawnWords(batchSample({ withdrawnBy: "Maya Lindqvist" }))).toBe("Maya Lindqvist");
  expect(withdrawnWords(batchSample({ withdrawnBy: "Maya Lindqvist", finishedAtMs: 1_700_000_000_000 }))).toMatch(
    /^Maya Lindqvist, .*2023/u,
  );
  expect(withdrawnWords(batchSample())).toBe("");
});
