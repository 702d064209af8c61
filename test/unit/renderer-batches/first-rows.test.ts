import { expect, it } from "vitest";
import { firstRows } from "@contract";
import { withFirstRows } from "../../../src/renderer/features/batches/progress-words.ts";
import { batchSample } from "./batch-sample.ts";

const first = firstRows.parse(batchSample({ preview: [["100733", "2156", "1,500"]], raggedRows: 1 }));

it("shows the first rows while the file is read, until the batch holds rows of its own", () => {
  const reading = batchSample({ state: "reading", columns: [] });
  expect(withFirstRows(reading, undefined)).toBe(reading);
  expect(withFirstRows(reading, first)).toMatchObject({ preview: first.preview, columns: first.columns, raggedRows: 1 });
  for (const own of [batchSample({ state: "reading" }), batchSample({ state: "failed", columns: [] })]) {
    expect(withFirstRows(own, first)).toBe(own);
  }
});
