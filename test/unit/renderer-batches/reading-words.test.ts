import { describe, expect, it } from "vitest";
import type { BatchDetail } from "@contract";
import { whatGoes } from "../../../src/renderer/features/batches/reading-words.ts";
import { batchSample } from "./batch-sample.ts";

const none = { corrected: 0, unticked: 0 };
const reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };
const chosen = (): BatchDetail => {
  const batch = batchSample({ reading });
  return { ...batch, columns: batch.columns.map((column) => ({ ...column, matchedBy: "person" })) };
};

describe("what goes when a file is read again", () => {
  it("is nothing before a person did anything", () => {
    expect(whatGoes(none, batchSample({ reading }), { header: true })).toEqual([]);
  });

  it("is every corrected and unticked row, by number", () => {
    const goes = (corrected: number, unticked: number) =>
      whatGoes({ corrected, unticked }, batchSample({ reading }), { header: true })[0];
    expect(goes(1, 1)).toBe("1 corrected row and 1 unticked row go: every row is as in the file again, and ticked.");
    expect(goes(1, 0)).toBe("1 corrected row goes: every row is as in the file again, and ticked.");
    expect(goes(0, 1284)).toBe("1,284 unticked rows go: every row is as in the file again, and ticked.");
    expect(whatGoes(undefined, batchSample({ reading }), { header: true })).toEqual([
      "Corrected and unticked rows go, if there are any.",
    ]);
  });

  it("is the columns somebody chose, unless the headings stay", () => {
    expect(whatGoes(none, chosen(), { header: true })).toEqual([
      "The columns you chose stay if the headings stay the same; otherwise they go.",
    ]);
    expect(whatGoes(none, chosen(), { header: false })).toEqual(["The columns you chose go."]);
    const headless = { ...chosen(), reading: { ...reading, header: false } as BatchDetail["reading"] };
    expect(whatGoes(none, headless, { header: true })).toEqual(["The columns you chose go."]);
  });
});
